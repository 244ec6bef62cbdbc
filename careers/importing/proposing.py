"""What a file says of a fact, against what stands there: written, kept for an editor's sake, or refused."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from careers import journal
from careers.models import ExternalRecord, ImportRow, Source

from .faults import Refusal, RowFault
from .values import is_empty, plain, printable, same

Verdict = ImportRow.Verdict
LONGEST_ID = 200
LOCKED_BY_HAND = "locked by an editor"
CHANGED_SINCE = "an editor changed it since the last import"
OWN_VALUE = "the desk's own value"


@dataclass(frozen=True)
class Proposal:
    """One row of a file, in our words. ``initial`` counts only where the fact does not exist yet."""

    place: str
    external_id: str
    model: type[Model]
    label: str
    values: Mapping[str, Any]
    initial: Mapping[str, Any] = field(default_factory=dict)
    row: Any = None  # the fact it is, where no earlier import tells
    root: Any = None  # whose history it belongs to; its own without one
    is_whole: bool = False  # its fields stand or fall together
    remark: str = ""


# --- Judging: plain values ----------------------------------------------------


@dataclass(frozen=True)
class Judgement:
    writes: Mapping[str, Any]
    kept: Mapping[str, str]


def judge(
    present: Mapping[str, Any],
    proposed: Mapping[str, Any],
    *,
    written: Mapping[str, Any],
    locked: Iterable[str] = (),
    is_whole: bool = False,
) -> Judgement:
    """An import fills what is empty and renews what it wrote itself; all else is the editors'."""
    differing = {name: value for name, value in proposed.items() if not same(present[name], value)}
    reasons = {name: reason_to_keep(name, present, written, locked) for name in proposed}
    kept = {name: reasons[name] for name in differing if reasons[name]}
    if is_whole and any(reasons.values()):
        why = next(reason for reason in [*kept.values(), *reasons.values()] if reason)
        return Judgement({}, {name: kept.get(name, why) for name in differing})
    return Judgement({name: value for name, value in differing.items() if name not in kept}, kept)


def reason_to_keep(
    name: str, present: Mapping[str, Any], written: Mapping[str, Any], locked: Iterable[str]
) -> str:
    if name in locked:
        return LOCKED_BY_HAND
    if name in written:
        return "" if same(present[name], written[name]) else CHANGED_SINCE
    return "" if is_empty(present[name]) else OWN_VALUE


def account(place: str, verdict: str, *, external_id: str, label: str, reason: str) -> ImportRow:
    """A line of the account, cut to its column and free of what a file may hold to harm a terminal."""
    return ImportRow(
        place=printable(place)[:200],
        external_id=printable(external_id)[:LONGEST_ID],
        label=printable(label)[:300],
        verdict=verdict,
        reason=printable(reason)[:500],
    )


# --- Writing ------------------------------------------------------------------


@dataclass
class Proposals:
    """One import while it is judged and written, inside a transaction of its caller."""

    system: str
    by: Any
    at: datetime
    note: str
    source: Source | None = None
    rows: list[ImportRow] = field(default_factory=list)
    created: list[Model] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = ExternalRecord.objects.filter(system=self.system)
        self.records = {(record.fact_model, record.external_id): record for record in found}
        self.owners = {
            (record.fact_model, record.fact_id): record.external_id for record in self.records.values()
        }
        self.seen: dict[tuple[str, str], str] = {}
        self.facts: dict[type[Model], dict[int, Any]] = {}
        self.before: dict[tuple[str, int], tuple[Model, journal.Snapshot]] = {}
        self.changed: set[tuple[str, str]] = set()

    def put(self, proposal: Proposal) -> Any:
        """The fact it is of, or nothing where there is none to go on with."""
        try:
            return self.judged(proposal)
        except ValidationError as error:
            self.say(proposal, Verdict.REJECTED, " ".join(error.messages))
        except RowFault as fault:
            self.say(proposal, Verdict.REJECTED, str(fault))
        return None

    def judged(self, proposal: Proposal) -> Any:
        key = self.new_key(proposal)
        record = self.records.get(key)
        row = self.fact(proposal.model, record.fact_id) if record else proposal.row
        if record and row is None:
            self.say(proposal, Verdict.LOCKED, "An editor deleted it; imports do not bring it back.")
            return None
        if row is None:
            return self.create(proposal, key)
        owner = self.owners.setdefault((key[0], row.pk), proposal.external_id)
        if owner != proposal.external_id:
            raise RowFault(f"“{row}” is already “{owner}” of the same source.")
        if record is None:
            record = self.remember(key, row)
        self.update(proposal, row, record)
        return row

    def new_key(self, proposal: Proposal) -> tuple[str, str]:
        if len(proposal.external_id) > LONGEST_ID:
            raise RowFault(f"Its identifier is longer than {LONGEST_ID} characters.")
        key = (proposal.model._meta.label, proposal.external_id)
        if key in self.seen:
            raise RowFault(f"It repeats {self.seen[key]}.")
        self.seen[key] = proposal.place
        return key

    def known(self, model: type[Model], external_id: str) -> Any:
        """What an earlier import took it for."""
        record = self.records.get((model._meta.label, external_id))
        return self.fact(model, record.fact_id) if record else None

    def fact(self, model: type[Model], pk: int) -> Any:
        """Those of earlier imports are read all at once."""
        if model not in self.facts:
            label = model._meta.label
            keys = [record.fact_id for record in self.records.values() if record.fact_model == label]
            self.facts[model] = dict(model._default_manager.in_bulk(keys))
        return self.facts[model].get(pk)

    def create(self, proposal: Proposal, key: tuple[str, str]) -> Any:
        row = proposal.model(**proposal.initial, **proposal.values)
        row.full_clean()
        if proposal.root is not None:
            self.watch(proposal.root)
        with transaction.atomic():
            row.save()
        if proposal.root is None:
            self.before[(proposal.model._meta.label, row.pk)] = (row, {})
        self.created.append(row)
        self.owners[(key[0], row.pk)] = proposal.external_id
        self.remember(key, row).values = {name: plain(value) for name, value in proposal.values.items()}
        differences = {name: ["", plain(value)] for name, value in proposal.values.items()}
        self.say(proposal, Verdict.CREATED, proposal.remark, row=row, changes=differences)
        return row

    def update(self, proposal: Proposal, row: Any, record: ExternalRecord) -> None:
        present = {name: getattr(row, name) for name in proposal.values}
        told = judge(
            present,
            proposal.values,
            written=record.values,
            locked=record.locked_fields,
            is_whole=proposal.is_whole,
        )
        shown = {
            name: [plain(present[name]), plain(proposal.values[name])] for name in (*told.writes, *told.kept)
        }
        if told.writes:
            self.write(proposal, row, record, told.writes)
            changes = {name: shown[name] for name in told.writes}
            self.say(proposal, Verdict.UPDATED, proposal.remark, row=row, changes=changes)
        if told.kept:
            kept = "; ".join(f"{name}: {reason}" for name, reason in told.kept.items())
            changes = {name: shown[name] for name in told.kept}
            self.say(proposal, Verdict.LOCKED, f"Kept {kept}.", row=row, changes=changes)
        if not told.writes and not told.kept:
            self.say(proposal, Verdict.UNCHANGED, proposal.remark, row=row)

    def write(self, proposal: Proposal, row: Any, record: ExternalRecord, writes: Mapping[str, Any]) -> None:
        self.watch(proposal.root or row)
        before = {name: getattr(row, name) for name in writes}
        for name, value in writes.items():
            setattr(row, name, value)
        try:
            row.full_clean()
        except ValidationError:
            for name, value in before.items():
                setattr(row, name, value)
            raise
        stamps = [f.name for f in row._meta.fields if getattr(f, "auto_now", False)]
        with transaction.atomic():
            row.save(update_fields=[*writes, *stamps])
        record.values |= {name: plain(value) for name, value in writes.items()}
        self.changed.add((record.fact_model, record.external_id))

    # --- Keeping account ---

    def remember(self, key: tuple[str, str], row: Model) -> ExternalRecord:
        record = ExternalRecord(
            system=self.system, fact_model=key[0], external_id=key[1], fact_id=row.pk, seen_at=self.at
        )
        self.records[key] = record
        return record

    def watch(self, fact: Model) -> None:
        """Before the first change: what its history will be compared with."""
        root = journal.root_of(fact)
        key = (root._meta.label, root.pk)
        if key not in self.before:
            self.before[key] = (root, journal.snapshot(root))

    def refuse(self, refusal: Refusal) -> None:
        told = {"external_id": refusal.external_id, "label": refusal.label, "reason": refusal.reason}
        self.rows.append(account(refusal.place, Verdict.REJECTED, **told))

    def say(
        self, proposal: Proposal, verdict: str, reason: str = "", *, row: Any = None, changes: Any = None
    ) -> None:
        told = {"external_id": proposal.external_id, "label": proposal.label, "reason": reason}
        line = account(proposal.place, verdict, **told)
        line.fact_model, line.fact_id = proposal.model._meta.label, row.pk if row else None
        line.changes = changes or {}
        self.rows.append(line)

    def counts(self) -> dict[str, int]:
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in Verdict.values}

    def watched(self) -> Iterator[list[tuple[Any, journal.Snapshot]]]:
        """Of one kind each, and few enough for one question to the database."""

        def kind(watched: tuple[Model, journal.Snapshot]) -> str:
            return watched[0]._meta.label

        for _, alike in groupby(sorted(self.before.values(), key=kind), key=kind):
            while facts := list(islice(alike, 200)):
                yield facts

    def record(self, facts: list[tuple[Any, journal.Snapshot]]) -> None:
        for fact, _ in facts:
            if self.source and hasattr(fact, "sources"):
                fact.sources.add(self.source)
        after = journal.snapshots(type(facts[0][0]), [fact.pk for fact, _ in facts])
        for fact, before in facts:
            journal.record(fact, before, after.get(fact.pk, {}), by=self.by, at=self.at, note=self.note)

    def close(self) -> None:
        """The histories, and what the next import must know of this one."""
        for facts in self.watched():
            self.record(facts)
        present = [self.records[key] for key in self.seen if key in self.records]
        ExternalRecord.objects.bulk_create([r for r in present if r.pk is None], batch_size=500)
        old = [r for r in present if r.seen_at != self.at]
        for record in old:
            record.seen_at = self.at
        ExternalRecord.objects.bulk_update(old, ["seen_at", "values"], batch_size=200)
