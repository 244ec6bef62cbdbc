"""A saved Microsoft Learn catalogue: certifications and exams as proposals to one provider's credentials."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careers.models import Credential, ExamVersion, Provider, System

from .credentials import Told, Writing, provider_named
from .faults import FileFault, Refusal, RowFault
from .matching import folded_url
from .proposing import Proposals
from .reading import Reading
from .running import Importer, Origin, Wish
from .shapes import Node, as_list, objects, string, strings
from .values import clean, day, language, quoted, whole, without_markup

Level = Credential.Level
BY_TYPE = {"fundamentals": Level.FOUNDATIONAL, "specialty": Level.SPECIALTY}
BY_LEVEL = {"beginner": Level.FOUNDATIONAL, "intermediate": Level.ASSOCIATE, "advanced": Level.EXPERT}
CERTIFICATIONS = ("certifications", "mergedCertifications")
DAYS_IN_MONTH = 365 / 12
SLACK = 5  # days by which a period in days may miss whole months


@dataclass(frozen=True)
class Exam:
    place: str
    uid: str
    code: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Certification:
    told: Told
    exams: tuple[str, ...]
    minutes: int | None
    languages: tuple[str, ...]
    months: int | None
    retires_on: date | None


@dataclass
class Facts:
    provider: Provider
    exams: dict[str, Exam]
    certifications: list[Certification]
    release: str
    notes: Sequence[str] = ()
    scopes: set[str] | None = field(default=None)


# --- Reading ------------------------------------------------------------------


def read(reading: Reading, wish: Wish) -> Facts:
    if len(reading.files.openers) != 1:
        raise FileFault("The catalogue is one JSON file, as it was saved.")
    name = next(iter(reading.files.openers))
    catalogue = reading.json(name)
    sections = [*CERTIFICATIONS, "exams"]
    if not isinstance(catalogue, Mapping) or not any(isinstance(catalogue.get(s), list) for s in sections):
        raise FileFault(f"{name} holds none of the lists {', '.join(sections)}.")
    provider = provider_named(wish.provider or "microsoft")
    reader = Reader(reading, name)
    exams = {exam.uid: exam for exam in reader.exams(catalogue.get("exams"))}
    certifications = list(reader.certifications(catalogue, exams))
    return Facts(provider, exams, certifications, reader.newest)


@dataclass
class Reader:
    reading: Reading
    name: str
    newest: str = ""

    def exams(self, section: Any) -> Iterator[Exam]:
        for number, node in objects(section):
            place = f"{self.name}, exams {number}"
            try:
                yield exam(node, place, self.languages(node, place))
            except RowFault as fault:
                self.reading.refuse(Refusal(place, str(fault)))

    def certifications(self, catalogue: Node, exams: Mapping[str, Exam]) -> Iterator[Certification]:
        for place, node in self.merged(catalogue):
            try:
                yield certification(node, place, exams, self.languages(node, place))
                changed = day(node.get("last_modified"), column="last_modified")
                self.newest = max(self.newest, changed.isoformat() if changed else "")
            except RowFault as fault:
                self.reading.refuse(Refusal(place, str(fault)))

    def merged(self, catalogue: Node) -> Iterator[tuple[str, Node]]:
        """A certification may stand in both lists, each telling what the other does not."""
        found: dict[str, tuple[str, dict[str, Any]]] = {}
        for section in CERTIFICATIONS:
            for number, node in objects(catalogue.get(section)):
                place = f"{self.name}, {section} {number}"
                key = self.key(node, place)
                if key in found and f" {section} " in found[key][0]:
                    self.reading.refuse(Refusal(place, f"It repeats {found[key][0]}."))
                elif key:
                    place, before = found.get(key, (place, {}))
                    told = {name: value for name, value in node.items() if value or name not in before}
                    found[key] = (place, {**told, **{name: v for name, v in before.items() if v}})
        yield from found.values()

    def key(self, node: Node, place: str) -> str:
        try:
            return folded_url(string(node, "url")) or string(node, "uid")
        except RowFault as fault:
            self.reading.refuse(Refusal(place, str(fault)))
            return ""

    def languages(self, node: Node, place: str) -> tuple[str, ...]:
        """Those that can be understood; the others are told of."""
        found = []
        for tag in as_list(node.get("locales")):
            try:
                found.append(language(tag))
            except RowFault as fault:
                self.reading.refuse(Refusal(place, str(fault)))
        return tuple(dict.fromkeys(found))


def uid_of(node: Node) -> str:
    uid = clean(string(node, "uid"), column="uid", longest=150)
    if not uid:
        raise RowFault("It has no uid.")
    return uid


def exam(node: Node, place: str, languages: tuple[str, ...]) -> Exam:
    uid = uid_of(node)
    code = clean(string(node, "display_name"), column="display_name", longest=40)
    return Exam(place, uid, (code or uid.removeprefix("exam.")).upper()[:40], languages)


def certification(
    node: Node, place: str, exams: Mapping[str, Exam], languages: tuple[str, ...]
) -> Certification:
    levels = strings(node, "levels")
    name = without_markup(string(node, "title"), column="title", longest=200)
    if not name:
        raise RowFault("It has no title.")
    listed = [uid for uid in strings(node, "exams") if uid in exams]
    summary = without_markup(
        string(node, "summary") or string(node, "subtitle"), column="summary", longest=2000
    )
    told = Told(
        place=place,
        external_id=uid_of(node),
        name=name,
        url=page(string(node, "url")),
        values={"level": level(string(node, "certification_type"), levels), **audience(levels)},
        initial={"summary": summary},
        codes=tuple(exams[uid].code for uid in listed),
        remark="Several exams: say by hand which are alternatives." if len(listed) > 1 else "",
    )
    return Certification(
        told=told,
        exams=tuple(listed),
        minutes=amount(node.get("exam_duration_in_minutes"), 1440, column="exam_duration_in_minutes"),
        languages=languages,
        months=months(
            amount(node.get("renewal_frequency_in_days"), 9999, column="renewal_frequency_in_days")
        ),
        retires_on=day(node.get("retirement_date"), column="retirement_date"),
    )


def page(url: str) -> str:
    """Without what only counts the visitor."""
    found = clean(url, column="url", longest=300).partition("?")[0]
    if found and not found.startswith("https://"):
        raise RowFault(f"url {quoted(found)} does not begin with https://.")
    return found


def level(kind: str, levels: Sequence[str]) -> str:
    if kind in BY_TYPE:
        return BY_TYPE[kind]
    known = [BY_LEVEL[name] for name in levels if name in BY_LEVEL]
    if not known:
        raise RowFault(f"Neither its type {quoted(kind)} nor its levels tell a level.")
    return known[-1]


def audience(levels: Sequence[str]) -> dict[str, str]:
    return {"audience_level": levels[0]} if len(levels) == 1 and levels[0] in BY_LEVEL else {}


def amount(value: Any, highest: int, *, column: str) -> int | None:
    """Zero and nothing both mean not known: certifications renewed every year carry a zero too."""
    if value is None or isinstance(value, bool) or not str(value).strip():
        return None
    return whole(str(value), 0, highest, column=column) or None


def months(days: int | None) -> int | None:
    if days is None:
        return None
    found = round(days / DAYS_IN_MONTH)
    if not found or abs(days - found * DAYS_IN_MONTH) > SLACK:
        raise RowFault(f"renewal_frequency_in_days {days} is no number of whole months.")
    return found


# --- Proposing ----------------------------------------------------------------


def propose(facts: Facts, proposals: Proposals, wish: Wish) -> None:
    writing = Writing(proposals)
    for found in facts.certifications:
        credential = writing.credential(found.told, facts.provider)
        if credential is not None:
            put_exams(writing, credential, found, facts, wish)


def put_exams(
    writing: Writing, credential: Credential, found: Certification, facts: Facts, wish: Wish
) -> None:
    exams = [facts.exams[uid] for uid in found.exams]
    # Length, validity and end are told of the certification: with several exams nobody knows of which.
    is_only = len(exams) == 1
    versions = [put_exam(writing, credential, exam, found, wish, is_only=is_only) for exam in exams]
    if not exams and (found.minutes or found.months or found.languages):
        versions = [put_unnamed(writing, credential, found)]
    if found.retires_on:
        writing.last_day(
            credential,
            versions[0] if len(versions) == 1 else None,
            found.retires_on,
            place=found.told.place,
            external_id=f"{found.told.external_id} last exam",
            on=wish.on,
        )


def put_exam(
    writing: Writing, credential: Credential, exam: Exam, found: Certification, wish: Wish, *, is_only: bool
) -> ExamVersion | None:
    status = ExamVersion.Status
    ends = found.retires_on
    stands = (
        status.ACTIVE if ends is None else status.RETIREMENT_ANNOUNCED if ends >= wish.on else status.RETIRED
    )
    values = {"validity_months": found.months, "last_exam_on": ends} if is_only else {}
    version = writing.version(
        credential,
        place=exam.place,
        external_id=exam.uid,
        code=exam.code,
        values={name: value for name, value in values.items() if value},
        initial={"status": stands},
    )
    if version is not None:
        ways = {"languages": list(exam.languages or found.languages)}
        if is_only:
            ways["minutes"] = found.minutes  # type: ignore[assignment]
        put_delivery(writing, version, exam.place, exam.uid, ways)
    return version


def put_unnamed(writing: Writing, credential: Credential, found: Certification) -> ExamVersion | None:
    """The list of merged certifications names no exams: the one that we know is meant."""
    place, uid = found.told.place, found.told.external_id
    known = credential.versions.exclude(status=ExamVersion.Status.RETIRED).count()
    if known != 1:
        reason = f"It tells of an exam without its code, and we know {known} exams that can be sat."
        writing.refuse(place, reason, uid, str(credential))
        return None
    values = {"validity_months": found.months, "last_exam_on": found.retires_on}
    version = writing.version(
        credential,
        place=place,
        external_id=f"{uid} exam",
        code="",
        values={name: value for name, value in values.items() if value},
        initial={},
    )
    if version is not None:
        ways = {"languages": list(found.languages), "minutes": found.minutes}
        put_delivery(writing, version, place, uid, ways)
    return version


def put_delivery(
    writing: Writing, version: ExamVersion, place: str, uid: str, ways: Mapping[str, Any]
) -> None:
    known = {name: value for name, value in ways.items() if value}
    writing.delivery(version, place=place, external_id=f"{uid} delivery", values=known)


def origin(release: str) -> Origin:
    return Origin(
        key="microsoft-learn-catalogue",
        title=f"Microsoft Learn catalogue{f', {release}' if release else ''}",
        publisher="Microsoft",
        url="https://learn.microsoft.com/api/catalog/",
        licence="Microsoft Learn catalog API, under the Microsoft APIs Terms of Use.",
        terms="Microsoft APIs Terms of Use",
    )


MICROSOFT_LEARN = Importer(System.MICROSOFT_LEARN, read, propose, origin)
