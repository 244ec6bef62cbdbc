"""The filter ``date`` says what Django's says, also where it does not ask Django."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template, defaultfilters
from django.test import override_settings
from django.utils import timezone

from website.templatetags import frequent_dates

MOMENTS = [
    datetime(2026, 11, 8, 23, 30, tzinfo=UTC),
    datetime(2026, 7, 1, 23, 30, 5, 7, tzinfo=UTC),  # the next day in London
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # an hour that comes twice
    date(2026, 2, 3),
    date(987, 12, 31),
    datetime(2026, 3, 4, 5, 6),
]


def shown(value, form):
    return Template(f"{{{{ value|date:'{form}' }}}}").render(Context({"value": value}))


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata"])
@pytest.mark.parametrize("form", [*frequent_dates.FORMS, "F Y", "DATE_FORMAT"])
@pytest.mark.parametrize("value", [*MOMENTS, None, "", "text", 7, time(1, 2)], ids=str)
def test_it_says_what_django_says(value, form, zone, monkeypatch):
    with timezone.override(zone):
        ours = shown(value, form)
        monkeypatch.setattr(frequent_dates, "FORMS", {})
        assert ours == shown(value, form)


def test_without_a_form_it_has_the_site_s():
    assert frequent_dates.date(date(2026, 2, 3)) == defaultfilters.date(date(2026, 2, 3))


def test_frequent_forms_are_not_read_by_django(monkeypatch):
    def read(value, form):
        raise AssertionError("Django was asked.")

    monkeypatch.setattr(frequent_dates, "as_django_has_it", read)

    assert shown(date(2026, 2, 3), "j F Y") == "3 February 2026"
    with pytest.raises(AssertionError, match="asked"):
        shown(date(2026, 2, 3), "F")


@override_settings(TIME_ZONE="Europe/London")
def test_a_moment_is_told_by_the_clock_of_the_site():
    assert shown(MOMENTS[1], "j F Y") == "2 July 2026"
