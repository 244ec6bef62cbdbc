"""How a credential reads as one line of a list: what can be sat, at which price, checked when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import get_text_list

from careers.dates import partial_date_text
from careers.lifecycle import BEST_FIRST, OPEN, Status, closing_day, exam_status, status_of
from careers.models import Credential, ExamVersion, Fee, Precision, Recommendation, Role
from careers.succession import Heirs, heirs

LEVELS = dict(Credential.Level.choices)


@dataclass(frozen=True)
class Price:
    """A sum in words, and whether anybody read it at the source."""

    text: str
    is_verified: bool
    note: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Exam:
    """One version as it stands on the day."""

    version: ExamVersion
    code: str
    status: ExamVersion.Status
    price: Price | None


@dataclass(frozen=True)
class Entry:
    """One credential in a list. ``exams`` are the open ones, or the best there are."""

    name: str
    url: str
    slug: str
    provider: str
    provider_slug: str
    level: str
    level_key: str
    status: ExamVersion.Status | None
    exams: tuple[Exam, ...]
    checked_on: date | None
    checked_on_precision: str

    @property
    def codes(self) -> str:
        return ", ".join(exam.code for exam in self.exams if exam.code)

    @property
    def prices(self) -> tuple[Price, ...]:
        return tuple(exam.price for exam in self.exams if exam.price)

    @property
    def is_retired(self) -> bool:
        return self.status == Status.RETIRED

    @property
    def is_open(self) -> bool:
        """Whether somebody can sit it now."""
        return self.status in OPEN

    @property
    def name_and_end(self) -> str:
        """“MLS, retired 31 March 2026”, for what takes its place."""
        ends = [end for exam in self.exams if (end := closing_day(exam.version))]
        known = f", retired {partial_date_text(max(ends), Precision.DAY)}" if ends else ", now retired"
        return f"{self.name}{known}"


@dataclass(frozen=True)
class Advice:
    """A credential recommended for a role, and why. The note tells of a retired one whose place it takes."""

    entry: Entry
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Tier:
    """One step of the ladder, with what stands on it."""

    key: str
    label: str
    advice: tuple[Advice, ...]


def money(amount: Decimal, currency: str) -> str:
    if amount == 0:
        return "free"
    digits = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"{currency} {digits}"


def price_of(version: ExamVersion) -> Price | None:
    """The fee for sitting the exam; in a beta its beta fee comes first."""
    wanted = [Fee.Kind.EXAM, Fee.Kind.BETA_EXAM]
    if version.status == Status.BETA:
        wanted.reverse()
    fees = {fee.kind: fee for fee in reversed(version.fees.all())}
    fee = next((fees[kind] for kind in wanted if kind in fees), None)
    return fee_price(fee) if fee else None


def fee_price(fee: Fee) -> Price:
    words = ["from" if fee.is_from_price else "", money(fee.amount, fee.currency)]
    beta = "(beta)" if fee.kind == Fee.Kind.BETA_EXAM else ""
    text = " ".join(filter(None, [*words, beta]))
    is_verified = fee.source is None or fee.source.is_verified
    return Price(text, is_verified, fee.note, fee.amount, fee.currency)


def exam(version: ExamVersion, *, on: date) -> Exam:
    return Exam(version, version.exam_code or "", exam_status(version, on=on), price_of(version))


def exams(credential: Credential, *, on: date) -> list[Exam]:
    """Every version, what can be sat first."""
    found = [exam(version, on=on) for version in credential.versions.all()]
    return sorted(found, key=lambda exam: BEST_FIRST.index(exam.status))


def entry(credential: Credential, *, on: date) -> Entry:
    """Needs what ``Credential.objects.with_exams()`` brings."""
    every = exams(credential, on=on)
    best = status_of((exam.version.part, exam.status) for exam in every)
    shown = [exam for exam in every if exam.status in OPEN] or [e for e in every if e.status == best]
    provider = credential.shown_provider
    return Entry(
        name=credential.name,
        url=credential.get_absolute_url(),
        slug=credential.slug,
        provider=(provider.short_name or provider.name) if provider else "",
        provider_slug=provider.slug if provider else "",
        level=str(LEVELS.get(credential.level, credential.level)),
        level_key=credential.level,
        status=best,
        exams=tuple(shown),
        checked_on=credential.checked_on,
        checked_on_precision=credential.checked_on_precision,
    )


def entries(credentials: Iterable[Credential], *, on: date) -> list[Entry]:
    return [entry(credential, on=on) for credential in credentials]


def tiers(recommendations: Iterable[Recommendation], instead: Heirs, *, on: date) -> tuple[Tier, ...]:
    """What is recommended and can still be earned, step by step; a step with nothing on it is left out.

    The successors of a retired one stand in its place, with a note; one that is recommended anyway keeps
    its own place and reason. A retired one without successors is left out, and the desk is told.
    """
    shown = [row for row in recommendations if row.credential.is_public]
    found = {row.credential_id: entry(row.credential, on=on) for row in shown}
    notes = replacement_notes(found, instead)
    steps: dict[str, list[Advice]] = {key: [] for key in Recommendation.Tier.values}
    for row in shown:
        if not found[row.credential_id].is_retired:
            own = Advice(found[row.credential_id], row.reason, notes.pop(row.credential_id, ""))
            steps[row.tier].append(own)
            continue
        for heir in instead.get(row.credential_id, ()):
            if heir.pk in notes and not stands_for_itself(heir, found):
                steps[row.tier].append(Advice(entry(heir, on=on), row.reason, notes.pop(heir.pk)))
    return grouped(steps, dict(Recommendation.Tier.choices))


def ladders(roles: Iterable[Role], *, on: date) -> list[tuple[Tier, ...]]:
    """The tiers of each role that ``with_profile()`` brought."""
    advised = [list(role.recommendations.all()) for role in roles]
    found = heirs((row.credential for rows in advised for row in rows), on=on)
    return [tiers(rows, found, on=on) for rows in advised]


def stands_for_itself(credential: Credential, found: Mapping[int, Entry]) -> bool:
    return credential.pk in found and not found[credential.pk].is_retired


def replacement_notes(found: Mapping[int, Entry], instead: Heirs) -> dict[int, str]:
    """For each heir, by its pk, what it replaces."""
    replaced: dict[int, list[str]] = {}
    for pk, gone in found.items():
        for heir in instead.get(pk, ()) if gone.is_retired else ():
            replaced.setdefault(heir.pk, []).append(gone.name_and_end)
    return {pk: f"Replaces {get_text_list(names, 'and')}." for pk, names in replaced.items()}


@dataclass(frozen=True)
class Step:
    """One tier with what it holds for each of several roles."""

    label: str
    cells: tuple[tuple[Advice, ...], ...]


def ladder(columns: Sequence[tuple[Tier, ...]]) -> list[Step]:
    """The tiers of several roles side by side, without the steps on which none has anything."""
    found = [{tier.key: tier.advice for tier in column} for column in columns]
    steps = [
        Step(str(label), tuple(column.get(key, ()) for column in found))
        for key, label in Recommendation.Tier.choices
    ]
    return [step for step in steps if any(step.cells)]


def levels(credentials: Iterable[Credential], instead: Heirs | None = None, *, on: date) -> tuple[Tier, ...]:
    """What can still be earned, by level. The successors of a retired one come in, each at its own level."""
    shown = {row.pk: row for row in credentials if row.is_public}
    found = {pk: entry(row, on=on) for pk, row in shown.items()}
    notes = replacement_notes(found, instead or {})
    heirs = {heir.pk: heir for pk in found for heir in (instead or {}).get(pk, ()) if heir.pk in notes}
    steps: dict[str, list[Advice]] = {level: [] for level in Credential.Level.values}
    for pk, row in (heirs | shown).items():
        line = found.get(pk) or entry(row, on=on)
        if not line.is_retired:
            steps[row.level].append(Advice(line, reason="", note=notes.get(pk, "")))
    return grouped(steps, dict(Credential.Level.choices))


def grouped(steps: dict[str, list[Advice]], labels: Mapping[Any, Any]) -> tuple[Tier, ...]:
    return tuple(Tier(key, str(labels[key]), tuple(advice)) for key, advice in steps.items() if advice)


def named(tiers: Iterable[Tier]) -> list[tuple[str, str]]:
    """Name and address of all that stands on them, in order."""
    return [(advice.entry.name, advice.entry.url) for tier in tiers for advice in tier.advice]


def oldest_check(entries: Sequence[Entry]) -> Entry | None:
    """The entry whose facts were read longest ago: the list is as fresh as that."""
    checked = [entry for entry in entries if entry.checked_on]
    return min(checked, key=lambda entry: entry.checked_on or date.max, default=None)
