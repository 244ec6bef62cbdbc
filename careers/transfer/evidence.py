"""Which source said which value on which day, as far as the data files tell it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from careers.checklist import subjects
from careers.dates import partial_date
from careers.models import Credential, ExamVersion, FieldCheck, Source
from careers.sayings import value_now

from .credentials import price_source
from .files import Row
from .nouns import BY_NAME, Data, Entry

Field = FieldCheck.Field
Sources = Mapping[str, Row]

# What the file says of an exam is read where the exam is.
OF_AN_EXAM = {
    Field.LANGUAGES: ("languages", "language_ends"),
    Field.MINUTES: ("minutes",),
    Field.ITEMS: ("items", "items_min", "items_max"),
    Field.PASS_MARK: ("pass_mark",),
    Field.AVAILABLE_FROM: ("available_from",),
    Field.LAST_EXAM: ("last_exam_date",),
    Field.SUCCESSOR: ("successor",),
}


def checks(rows: Mapping[str, tuple[Row, str]], sources: Sources) -> list[Entry]:
    """Of these credentials just loaded, by slug: what the file found confirmed or contradicted."""
    if not rows:
        return []
    credentials = subjects("credential").filter(slug__in=rows)
    return [
        Entry(BY_NAME["checks"], data, rows[credential.slug][1])
        for credential in sorted(credentials, key=lambda found: found.pk)
        if isinstance(credential, Credential)
        for data in of_credential(credential, rows[credential.slug][0], sources)
    ]


def of_credential(credential: Credential, row: Row, sources: Sources) -> Iterator[Data]:
    versions = sorted(credential.versions.all(), key=lambda version: version.pk)
    exams = list(zip(versions, row.get("versions", []), strict=True))
    for subject, field, source in [*found_of(credential, row), *found_of_exams(exams, row, sources)]:
        yield from confirmed(subject, field, source, row, sources)
    by_code = {version.exam_code: version for version in versions}
    for said in row.get("checks", []):
        yield contradicted(by_code[said["exam"]] if "exam" in said else credential, said)


Found = tuple[Credential | ExamVersion, Field, str | None]


def found_of(credential: Credential, row: Row) -> Iterator[Found]:
    read_at = next(iter(row.get("source", [])), None)
    told = {
        Field.LEVEL: (row.get("level_label"), read_at),
        Field.ACCESS: (row.get("access", "open") != "open", read_at),
        Field.PREREQUISITES: (prerequisites_source(row, read_at), prerequisites_source(row, read_at)),
        Field.RENEWAL: (row.get("renewal"), row.get("renewal_source")),
        Field.SUCCESSOR: (row.get("replaced_by"), read_at),
    }
    yield from ((credential, field, source) for field, (value, source) in told.items() if value)


def prerequisites_source(row: Row, read_at: str | None) -> str | None:
    named = row.get("requires_source") or row.get("recommends_source")
    return named or (read_at if row.get("without_prerequisites") else None)


def found_of_exams(exams: Iterable[tuple[ExamVersion, Row]], row: Row, sources: Sources) -> Iterator[Found]:
    for version, said in exams:
        read_at = where_read(row, said)
        yield version, Field.STATUS, status_source(row, read_at, sources)
        for field, names in OF_AN_EXAM.items():
            if any(name in said for name in names):
                yield version, field, read_at
        if "price_usd" in said:
            yield version, Field.PRICE, said.get("price_source") or read_at
        yield version, Field.VALIDITY, read_at if "validity_months" in said else row.get("validity_source")


def where_read(row: Row, said: Row) -> str | None:
    """Of several sources the one that the whole entry comes from, or the first."""
    named = said.get("source", [])
    return next((key for key in row.get("source", []) if key in named), price_source({"source": named}))


def status_source(row: Row, read_at: str | None, sources: Sources) -> str | None:
    """A source that never speaks of a status has not confirmed one."""
    named = [read_at, *row.get("source", [])]
    return next((key for key in named if key and "status" not in sources[key].get("silent_on", [])), None)


def confirmed(
    subject: Credential | ExamVersion, field: Field, key: str | None, row: Row, sources: Sources
) -> Iterator[Data]:
    source = sources[key] if key else {}
    value = value_now(subject, field)
    day, _ = partial_date(source.get("read_on") or row.get("as_of"))
    if value and day and source.get("kind", Source.Kind.GENERAL) != Source.Kind.GENERAL:
        yield {
            **about(subject),
            "field": str(field),
            "value": value,
            "source": key,
            "checked_on": day.isoformat(),
        }


def contradicted(subject: Credential | ExamVersion, said: Row) -> Data:
    told = {name: said[name] for name in ("field", "value", "source", "note") if name in said}
    return {**about(subject), **told, "verdict": "contradicts", "checked_on": said["on"]}


def about(subject: Any) -> Data:
    if isinstance(subject, ExamVersion):
        return {"version": subject.key}
    return {"credential": subject.slug}
