"""The hand-written data files, and how one is read: what it says of a row, and where."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careers.dates import partial_date

from .faults import DataError
from .nouns import Data

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, Any]


@dataclass(frozen=True)
class DataFile:
    """One file: which noun its entries are, and how one of them is put into the catalogue's own terms."""

    name: str
    noun: str
    translate: Callable[[Row], Data]
    is_needed: bool = True


def rows_of(folder: Path, file: DataFile) -> list[Row]:
    path = folder / f"{file.name}.json"
    if not file.is_needed and not path.exists():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
        raise DataError(f"{path.name} must be a list of entries, each with an id.")
    return rows


def place(file: DataFile, row: Row) -> str:
    return f"{file.name}.json, entry “{row['id']}”"


def same(row: Row, *names: str, **renamed: str) -> Data:
    """What a file calls as the catalogue does, and what it calls otherwise: ``ours="theirs"``."""
    pairs = [*((name, name) for name in names), *renamed.items()]
    return {ours: row[theirs] for ours, theirs in pairs if theirs in row}


def day(row: Row, theirs: str, ours: str) -> Data:
    """A date of which perhaps only the month or the quarter is known."""
    found, precision = partial_date(row.get(theirs))
    return {} if found is None else {ours: found.isoformat(), f"{ours}_precision": str(precision)}


def numbered(rows: Iterable[Data]) -> list[Data]:
    return [{**row, "order": number} for number, row in enumerate(rows)]
