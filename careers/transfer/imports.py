"""An export back into the catalogue: what each entry would change, and the change itself with its history.

What a file does not tell of stays: no entry, exam, check or former slug is ever taken away. Other rows within
an entry follow the file, and those that go are listed.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import models, transaction

from careers import journal
from careers.models import FieldCheck, LifecycleEvent

from .differences import lines
from .documents import read
from .nouns import FORMER, NOUNS, Data, Entry, Noun, Part
from .reading import Catalogue
from .writing import write

Tell = Callable[[str], None]


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Proposal:
    """What one entry of the file means here."""

    entry: Entry
    verdict: Verdict
    lines: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.entry.noun.key_of(self.entry.data) or str(self.entry.data.get("value", ""))


@dataclass(frozen=True)
class Report:
    proposals: list[Proposal]
    only_here: dict[str, int]  # by noun: what the catalogue has and the file does not tell of

    def count(self, verdict: Verdict) -> int:
        return sum(proposal.verdict == verdict for proposal in self.proposals)


def bring_in(path: Path, *, commit: bool, by: Any, at: datetime, tell: Tell = lambda message: None) -> Report:
    """Everything is written in one transaction, and taken back again unless it is to stay."""
    told = read(path)
    tell(f"{len(told)} entries read.")
    with transaction.atomic():
        now = Catalogue()
        proposals = compare(told, now)
        changes = [proposal.entry for proposal in proposals if proposal.verdict != Verdict.UNCHANGED]
        before = seen(entry.row for entry in changes if entry.row is not None)
        rows = write(changes, now, tell)
        record(rows, before, by=by, at=at, note=f"Imported from {path.name}")
        transaction.set_rollback(not commit)
    return Report(proposals, dict(only_here(told, proposals, now)))


# --- History ----------------------------------------------------------------

Snapshots = dict[models.Model, journal.Snapshot]


def seen(rows: Iterable[Any]) -> Snapshots:
    """The facts as they are, in a number of queries that grows with the kinds only."""
    found: dict[Any, dict[int, models.Model]] = defaultdict(dict)
    for row in rows:
        if fact := fact_of(row):
            found[type(fact)][fact.pk] = fact
    return {
        facts[pk]: snapshot
        for model, facts in found.items()
        for pk, snapshot in journal.snapshots(model, facts).items()
    }


def fact_of(row: Any) -> models.Model | None:
    """Whose history tells of the row. A check is evidence by itself."""
    if isinstance(row, FieldCheck):
        return None
    return row.credential if isinstance(row, LifecycleEvent) else row


def record(rows: Iterable[Any], before: Snapshots, *, by: Any, at: datetime, note: str) -> None:
    for fact, after in seen(rows).items():
        # Of a new fact only that it came: its rows all came with it.
        told = after if fact in before else dict([next(iter(after.items()))])
        journal.record(fact, before.get(fact, {}), told, by=by, at=at, note=note)


# --- Comparing --------------------------------------------------------------


def compare(told: Iterable[Entry], now: Catalogue) -> list[Proposal]:
    here = {noun.name: Here(noun, now) for noun in NOUNS}
    return [here[entry.noun.name].proposal(entry) for entry in told]


class Here:
    """The entries of one noun as they are."""

    def __init__(self, noun: Noun, now: Catalogue) -> None:
        entries = now.entries(noun)
        self.noun = noun
        self.by_key = {noun.key_of(data): (row, data) for row, data in entries} if noun.key else {}
        self.former = dict(self.former_names(entries)) if noun.is_fact else {}
        self.unnamed = Counter(as_text(data) for _, data in entries) if not noun.key else Counter[str]()

    def former_names(self, entries: Iterable[tuple[Any, Data]]) -> Iterator[tuple[str, tuple[Any, Data]]]:
        for row, data in entries:
            for slug in data.get(FORMER, []):
                yield slug, (row, data)

    def proposal(self, entry: Entry) -> Proposal:
        if not self.noun.key:
            return self.of_unnamed(entry)
        row, before = self.find(entry.data)
        if row is None:
            return Proposal(entry, Verdict.NEW)
        wanted = with_what_stays(entry.data, before)
        before = as_far_as_told(before, wanted, self.noun.parts)
        changes = tuple(lines(before, wanted, self.noun.parts))
        verdict = Verdict.UNCHANGED if before == wanted else Verdict.CHANGED
        return Proposal(replace(entry, data=wanted, row=row), verdict, changes)

    def find(self, data: Data) -> tuple[Any, Data]:
        """By the key it has, or by one that it had, here or there."""
        keys = [self.noun.key_of(data), *data.get(FORMER, [])]
        found = self.by_key.get(keys[0]) or self.former.get(keys[0])
        return found or next((self.by_key[key] for key in keys[1:] if key in self.by_key), (None, {}))

    def of_unnamed(self, entry: Entry) -> Proposal:
        """A check is its content: it is here, or it is new."""
        content = as_text(entry.data)
        self.unnamed[content] -= 1
        return Proposal(entry, Verdict.UNCHANGED if self.unnamed[content] >= 0 else Verdict.NEW)


def as_text(data: Data) -> str:
    return json.dumps(data, sort_keys=True)


def with_what_stays(wanted: Data, before: Data) -> Data:
    """Former slugs are only ever added, and a slug given up here becomes one."""
    slugs = {*wanted.get(FORMER, []), *before.get(FORMER, []), before.get("slug")} - {
        wanted.get("slug"),
        None,
    }
    return {**wanted, FORMER: sorted(slugs)} if slugs else wanted


def as_far_as_told(before: Data, wanted: Data, parts: tuple[Part, ...]) -> Data:
    """Rows that stay though the file does not name them are no difference, nor is the order of those."""
    told = dict(before)
    for part in parts:
        if part.is_kept and part.name in before:
            rows = {row[part.key]: row for row in before[part.name]}
            named = [rows[row[part.key]] for row in wanted.get(part.name, []) if row.get(part.key) in rows]
            told = {name: value for name, value in told.items() if name != part.name or named}
            told |= {part.name: named} if named else {}
    return told


def only_here(
    told: Iterable[Entry], proposals: Iterable[Proposal], now: Catalogue
) -> Iterator[tuple[str, int]]:
    named = Counter(entry.noun.name for entry in told)
    known = Counter(p.entry.noun.name for p in proposals if p.verdict != Verdict.NEW)
    for noun in NOUNS:
        here = len(now.rows[noun.model])
        if named[noun.name] and here > known[noun.name]:
            yield noun.name, here - known[noun.name]
