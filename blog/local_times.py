"""Moments as editors give them, by the site's clock: it skips an hour one night and repeats one another."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince, timeuntil

SKIPPED = "Clocks go forward that night: there is no %(time)s on %(day)s in %(zone)s. Choose %(instead)s."
EARLIEST, LATEST = 1900, 2200
# What a field's moment does, before it has come and after.
VERBS = {
    "published_at": ("Goes live", "Dated"),
    "goes_live_at": ("Changes go live", "Changes went live"),
    "expires_at": ("Expires", "Expired"),
}
# What ends only after it began.
BEGINNINGS = {"expires_at": "published_at"}


def is_skipped(local: datetime, zone: tzinfo) -> bool:
    """Whether that clock never shows this, which is naive."""
    return _instead(local, zone) != local


def is_twice(local: datetime, zone: tzinfo) -> bool:
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and not is_skipped(local, zone)


def _instead(local: datetime, zone: tzinfo) -> datetime:
    """What the clock shows at the moment which would be this, had it not gone forward."""
    shown = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return shown.replace(tzinfo=None, fold=0)


def in_words(moment: datetime, *, now: datetime) -> str:
    """``in 3 hours, 09:00 Asia/Kolkata``; with the day where it is another one."""
    local = timezone.localtime(moment)
    ahead = moment > now
    distance = f"in {timeuntil(moment, now, depth=1)}" if ahead else f"{timesince(moment, now, depth=1)} ago"
    is_today = local.date() == timezone.localtime(now).date()
    day = "" if is_today else f"{date_format(local, 'D j M Y')}, "
    return f"{distance}, {day}{local:%H:%M} {_zone()}{_which_of_two(local)}".replace("\xa0", " ")


def told(moments: dict[str, datetime | None], *, now: datetime) -> dict[str, str]:
    """The same as sentences, with what the field of each name does then; nothing of those not chosen."""
    return {
        name: f"{VERBS[name][moment <= now]} {in_words(moment, now=now)}."
        for name, moment in moments.items()
        if moment is not None
    }


def _which_of_two(local: datetime) -> str:
    if not is_twice(local.replace(tzinfo=None, fold=0), timezone.get_current_timezone()):
        return ""
    return f", the {'second' if local.fold else 'first'} {local:%H:%M} of that night"


def _zone() -> str:
    return str(timezone.get_current_timezone())


def _plausible(moment: datetime) -> datetime:
    """No slip of the finger, and nothing near the ends of what can be counted."""
    if not EARLIEST <= moment.year <= LATEST:
        raise ValidationError(f"The year {moment.year} cannot be meant.", code="year")
    return moment


class LocalDateTimeInput(forms.DateTimeInput):
    """One control with one label, where the stock admin has two controls and none.

    ``speaks_of`` names the moment: moments.js says below the control what comes of it, as somebody chooses,
    and whether it comes too soon, for what must not end before it begins.
    """

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None, *, speaks_of: str = "") -> None:
        super().__init__({"class": "desk-datetime", **(attrs or {})}, format="%Y-%m-%dT%H:%M")
        self.speaks_of = speaks_of

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        ahead, after = VERBS.get(self.speaks_of, ("", ""))
        said = {"data-ahead": ahead, "data-after": after, "data-zone": _zone()} if ahead else {}
        if self.speaks_of in BEGINNINGS:
            said["data-not-before"] = f"id_{BEGINNINGS[self.speaks_of]}"
        return super().get_context(name, value, {**(attrs or {}), **said})


class LocalDateTimeField(forms.DateTimeField):
    """Of a time that comes twice the first is meant; one that does not come is explained."""

    widget = LocalDateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except ValidationError as problem:
            if problem.code != "ambiguous_timezone" or not problem.params:
                raise
            moment = self._settled(_plausible(problem.params["datetime"]))
        return moment and _plausible(moment)

    def _settled(self, local: datetime) -> datetime:
        zone = timezone.get_current_timezone()
        if not is_skipped(local, zone):
            # In UTC, since Python finds no such local time equal to anything of another zone.
            return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
        said = {
            "time": f"{local:%H:%M}",
            "day": date_format(local, "j F Y"),
            "zone": _zone(),
            "instead": f"{_instead(local, zone):%H:%M}",
        }
        raise ValidationError(SKIPPED, code="skipped", params=said)
