"""One import from beginning to end: read, judge, write all or nothing, and leave an account of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction

from careers.models import ImportRow, ImportRun, Source

from .faults import FileFault, Refusal
from .opening import opened
from .proposing import Proposal, Proposals
from .reading import Reading, silence
from .shrinking import TOLERATED, loss
from .values import printable

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """What whoever runs an import asks for."""

    on: date
    roles: Sequence[str] = ()
    provider: str = ""
    release: str = ""
    accept_shrink: bool = False


@dataclass(frozen=True)
class Origin:
    """Whose data it is: for the account of the run, and for readers under Sources."""

    key: str
    title: str
    publisher: str
    url: str
    licence: str
    terms: str  # the licence in a word or two
    wording: str = ""


class Facts(Protocol):
    """What was read from the files: plain values, not yet compared with anything."""

    @property
    def release(self) -> str: ...

    @property
    def notes(self) -> Sequence[str]:
        """Sentences for whoever runs the import, such as which role a code fills."""
        ...

    @property
    def scopes(self) -> set[str] | None:
        """The beginnings of the identifiers this import speaks of; ``None`` for all."""
        ...


@dataclass(frozen=True)
class Importer:
    system: str
    read: Callable[[Reading, Wish], Any]
    propose: Callable[[Any, Proposals, Wish], None]
    origin: Callable[[str], Origin]


@dataclass
class Outcome:
    run: ImportRun
    rows: list[ImportRow]
    notes: Sequence[str] = field(default_factory=list)
    gone: Sequence[str] = field(default_factory=list)


def run(
    importer: Importer,
    path: Path,
    *,
    wish: Wish,
    commit: bool = False,
    by: Any = None,
    now: Callable[[], datetime],
    tell: Tell = silence,
) -> Outcome:
    started = now()
    with opened(path) as files:
        reading = Reading(files, tell)
        facts: Facts = importer.read(reading, wish)
        file_hash = files.hash()
    release = printable(wish.release or facts.release)
    origin = importer.origin(release)
    account = ImportRun(
        system=importer.system,
        file_name=printable(path.name)[:300],
        file_hash=file_hash,
        release=release[:80],
        licence=origin.licence[:200],
        is_dry_run=not commit,
        started_at=started,
        run_by=by,
    )
    with transaction.atomic():
        outcome = write(importer, facts, reading.refused, account, origin, wish)
        finish(outcome, now()) if commit else transaction.set_rollback(True)
    if not commit:
        keep_dry_run(outcome, now())
    return outcome


def write(
    importer: Importer,
    facts: Facts,
    refused: Sequence[Refusal],
    account: ImportRun,
    origin: Origin,
    wish: Wish,
) -> Outcome:
    proposals = Proposals(
        system=importer.system,
        by=account.run_by,
        at=account.started_at,
        note=f"import {account.get_system_display().removesuffix(' database')} {account.release}".strip(),
    )
    proposals.source = source_of(origin, proposals)
    for refusal in refused:
        proposals.refuse(refusal)
    importer.propose(facts, proposals, wish)
    gone = what_is_gone(proposals, scopes(facts, account), wish)
    proposals.close()
    account.counts = {**proposals.counts(), "gone": len(gone)}
    if account.is_dry_run:
        forget_created(proposals)
    return Outcome(account, proposals.rows, facts.notes, gone)


def source_of(origin: Origin, proposals: Proposals) -> Source | None:
    """The licence asks to be named wherever the data is shown: pages name their sources."""
    values = {"title": origin.title, "publisher": origin.publisher, "url": origin.url}
    found: Source | None = proposals.put(
        Proposal(
            place="The source",
            external_id=origin.key,
            model=Source,
            label=origin.title,
            values={**values, "licence": origin.terms, "note": origin.wording},
            initial={"key": origin.key, "kind": Source.Kind.DATASET},
            row=Source.objects.filter(key=origin.key).first(),
        )
    )
    return found


def scopes(facts: Facts, account: ImportRun) -> set[str] | None:
    """A file of a name known from the last time is compared with all of the last time."""
    last = ImportRun.objects.filter(system=account.system, is_dry_run=False).first()
    if facts.scopes is not None and not any(scope.startswith("#") for scope in facts.scopes):
        return None if last and last.file_name == account.file_name else facts.scopes
    return facts.scopes


def what_is_gone(proposals: Proposals, within: set[str] | None, wish: Wish) -> tuple[str, ...]:
    """What the last committed import had and this one has not. It stays; a great loss has to be meant."""
    records = [
        (record.external_id, record.seen_at)
        for record in proposals.records.values()
        if record.pk and record.fact_model != Source._meta.label
    ]
    lost = loss(records, {identifier for _, identifier in proposals.seen}, within)
    if lost.is_too_much and not wish.accept_shrink:
        raise FileFault(
            f"{len(lost.gone)} of {lost.had} rows of the last import are gone, such as “{lost.gone[0]}”: "
            f"more than {TOLERATED:.0%}. Nothing was done. Is the file complete? If it is, add "
            "--accept-shrink; what is gone from the file stays in the catalogue."
        )
    return lost.gone


def forget_created(proposals: Proposals) -> None:
    """What a dry run made is gone with its transaction; its number may soon be another's."""
    made = {(fact._meta.label, fact.pk) for fact in proposals.created}
    for row in proposals.rows:
        if (row.fact_model, row.fact_id) in made:
            row.fact_id = None


def finish(outcome: Outcome, at: datetime) -> None:
    outcome.run.finished_at = at
    outcome.run.save()
    for row in outcome.rows:
        row.run = outcome.run
    ImportRow.objects.bulk_create(outcome.rows, batch_size=500)


def keep_dry_run(outcome: Outcome, at: datetime) -> None:
    """To be looked through in the admin; the one before it tells nothing any more."""
    with transaction.atomic():
        before = ImportRun.objects.filter(system=outcome.run.system, is_dry_run=True)
        ImportRun.objects.filter(pk__in=list(before.values_list("pk", flat=True))).delete()
        finish(outcome, at)
