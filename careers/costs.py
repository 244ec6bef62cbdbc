"""What holding a credential costs over some years: the exams, and what keeps it valid. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careers.lifecycle import BEST_FIRST, OPEN, Status, exam_status
from careers.models import Credential, ExamVersion, Fee, Renewal

YEARS = 3
Kind = Fee.Kind


@dataclass(frozen=True)
class Part:
    """One item of the bill; an amount that is not known is None, and said to be so."""

    label: str
    amount: Decimal | None
    currency: str = ""
    is_verified: bool = True
    is_from: bool = False


@dataclass(frozen=True)
class Cost:
    """``total`` is the sum of what is known, in the currency of the first part; None where nothing is."""

    years: int
    parts: tuple[Part, ...]

    @property
    def currency(self) -> str:
        return next((part.currency for part in self.parts if part.amount is not None), "")

    @property
    def counted(self) -> tuple[Part, ...]:
        known = (part for part in self.parts if part.amount is not None)
        return tuple(part for part in known if part.currency == self.currency)

    @property
    def total(self) -> Decimal | None:
        return sum((part.amount or Decimal(0) for part in self.counted), Decimal(0)) if self.counted else None

    @property
    def is_at_least(self) -> bool:
        """Whether a part is missing from the sum, or is the least that a provider asks."""
        return len(self.counted) < len(self.parts) or any(part.is_from for part in self.counted)

    @property
    def is_verified(self) -> bool:
        return all(part.is_verified for part in self.counted)


def total_cost(credential: Credential, *, years: int = YEARS, on: date) -> Cost:
    """Needs ``with_exams()``, the fees of the credential and its renewals."""
    versions = versions_to_sit(credential, on=on)
    parts = [exam_part(version, is_one_of_many=len(versions) > 1) for version in versions]
    return Cost(years, (*parts, *yearly(credential, years), *renewals(credential, versions, years)))


def versions_to_sit(credential: Credential, *, on: date) -> list[ExamVersion]:
    """Of each part the version that is best to sit; none where nothing is open."""
    best: dict[int, tuple[int, ExamVersion]] = {}
    for version in credential.versions.all():
        status = exam_status(version, on=on)
        rank = BEST_FIRST.index(status)
        if status in OPEN and (version.part not in best or rank < best[version.part][0]):
            best[version.part] = (rank, version)
    return [best[part][1] for part in sorted(best)]


def fee_of(fees: list[Fee], *kinds: str) -> Fee | None:
    """The first of the kinds that has a price; one that holds anywhere before one of a region."""
    rows = sorted(fees, key=lambda fee: (bool(fee.region), fee.pk))
    return next((fee for kind in kinds for fee in rows if fee.kind == kind), None)


def part(label: str, fee: Fee | None, times: int = 1) -> Part:
    if fee is None:
        return Part(label, None)
    verified = fee.source is None or fee.source.is_verified
    return Part(label, fee.amount * times, fee.currency, verified, fee.is_from_price)


def exam_part(version: ExamVersion, *, is_one_of_many: bool) -> Part:
    fees = list(version.fees.all())
    kinds = (Kind.BETA_EXAM, Kind.EXAM) if version.status == Status.BETA else (Kind.EXAM,)
    fee = fee_of(fees, *kinds)
    label = "Exam (beta)" if fee and fee.kind == Kind.BETA_EXAM else "Exam"
    return part(f"{label} {version}" if is_one_of_many else label, fee)


def yearly(credential: Credential, years: int) -> Iterator[Part]:
    """What is charged besides, where it is known to be."""
    fees = list(credential.fees.all())
    if fee := fee_of(fees, Kind.APPLICATION):
        yield part("Application", fee)
    if fee := fee_of(fees, Kind.ANNUAL):
        yield part(f"Annual fee, {years} times", fee, years)


def renewals(credential: Credential, versions: list[ExamVersion], years: int) -> Iterator[Part]:
    """As often as the credential ends within the years; on their last day it need not be renewed."""
    for version in versions[:1]:
        times = renewals_within(version, years)
        if times is None:
            yield Part("Renewal: how long it is valid is not known", None)
        elif times:
            yield part(
                f"Renewal, {times} times" if times > 1 else "Renewal", renewal_fee(credential, version), times
            )


def renewals_within(version: ExamVersion, years: int) -> int | None:
    if version.no_expiry:
        return 0
    if not version.validity_months:
        return None
    return max(0, -(-years * 12 // version.validity_months) - 1)


def renewal_fee(credential: Credential, version: ExamVersion) -> Fee | None:
    """Its own price; or that of the exam where renewing is known to mean sitting it again."""
    fees = [*credential.fees.all(), *version.fees.all()]
    methods = {renewal.method for renewal in credential.renewals.all()}
    again = (Kind.RETAKE, Kind.EXAM) if methods == {Renewal.Method.RETAKE} else ()
    return fee_of(fees, Kind.RENEWAL, *again)
