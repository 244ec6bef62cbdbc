"""Tables and JSON, read row by row: headers, never positions; a bad row is set aside with its reason."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import IO, Any, TypeVar

from .faults import FileFault, Refusal, RowFault
from .opening import Files

LONGEST_LINE = 200_000
MOST_REFUSALS = 1_000  # after so many it is the wrong file
DEEPEST_JSON = 40
LARGEST_JSON = 200 * 1024**2
PROGRESS_EVERY = 10_000
TOO_LONG = "\0"
Found = TypeVar("Found")
# Our name for a column → the names it has had in the releases.
Columns = Mapping[str, tuple[str, ...]]
NO_COLUMNS: Columns = MappingProxyType({})
Tell = Callable[[str], None]


def silence(text: str) -> None:
    """For whoever asked for no progress."""


@dataclass(frozen=True)
class Row:
    """One row of a table, by our names of its columns; a column the file lacks is empty."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def place(self) -> str:
        return place(self.file, self.line)


def place(file: str, line: int) -> str:
    return f"{file}, line {line}"


@dataclass
class Reading:
    """The files while they are read, and what had to be left out of them."""

    files: Files
    tell: Tell = silence
    refused: list[Refusal] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def refuse(self, refusal: Refusal) -> None:
        self.refused.append(refusal)
        if len(self.refused) > MOST_REFUSALS:
            reason = f"The last: {refusal.place}: {refusal.reason}"
            raise FileFault(f"More than {MOST_REFUSALS} rows cannot be used: are these the files? {reason}")

    def tabs(
        self,
        name: str,
        columns: Columns,
        parse: Callable[[Row], Found | None],
        *,
        optional: Columns = NO_COLUMNS,
    ) -> Iterator[Found]:
        return self.table(name, tab_separated, columns, optional, parse)

    def commas(
        self,
        name: str,
        columns: Columns,
        parse: Callable[[Row], Found | None],
        *,
        optional: Columns = NO_COLUMNS,
    ) -> Iterator[Found]:
        return self.table(name, comma_separated, columns, optional, parse)

    def table(
        self,
        name: str,
        split: "Split",
        columns: Columns,
        optional: Columns,
        parse: Callable[[Row], Found | None],
    ) -> Iterator[Found]:
        """What ``parse`` makes of each row; nothing where it returns nothing."""
        self.read.append(name)
        with self.files.reading(name) as file:
            rows = split(numbered_lines(file))
            header = [] if (first := next(rows, None)) is None else first[1]
            positions = find_columns(name, header, columns, optional)
            for line, cells in rows:
                found = self.parsed(name, line, cells, positions, len(header), parse)
                if found is not None:
                    yield found

    def parsed(
        self,
        name: str,
        line: int,
        cells: list[str],
        positions: Mapping[str, int],
        width: int,
        parse: Callable[[Row], Found | None],
    ) -> Found | None:
        if line % PROGRESS_EVERY == 0:
            self.tell(f"{name}: {line:,} lines read")
        try:
            if len(cells) != width:
                raise RowFault(width_fault(cells, width))
            return parse(Row(name, line, {key: cells[position] for key, position in positions.items()}))
        except RowFault as fault:
            self.refuse(Refusal(place(name, line), str(fault)))
            return None

    def json(self, name: str) -> Any:
        self.read.append(name)
        with self.files.reading(name) as file:
            raw = file.read(LARGEST_JSON + 1)
        if len(raw) > LARGEST_JSON:
            raise FileFault(f"{name} is larger than {LARGEST_JSON // 1024**2} MB.")
        too_deep = FileFault(f"{name} is nested too deeply to be what it should be.")
        try:
            found = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=refuse_constant)
        except RecursionError:
            raise too_deep from None
        except (ValueError, ArithmeticError) as error:
            raise FileFault(f"{name} is no JSON: {error}.") from error
        if is_deeper(found, DEEPEST_JSON):
            raise too_deep
        return found


def is_deeper(value: Any, depth: int) -> bool:
    """Level by level: what is too deep must not be walked by calls within calls."""
    level = [value]
    for _ in range(depth):
        inner = [list(item.values()) if isinstance(item, dict) else item for item in level]
        level = [item for part in inner if isinstance(part, list) for item in part]
    return bool(level)


def refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number in JSON")


def width_fault(cells: list[str], width: int) -> str:
    if any(TOO_LONG in cell for cell in cells):
        return f"This line is longer than {LONGEST_LINE:,} bytes or holds a NUL."
    if len(cells) == 1 and cells[0].startswith(UNREADABLE_CSV):
        return cells[0]
    return f"There are {len(cells)} columns here and {width} in the header."


# --- Lines and cells ----------------------------------------------------------

Lines = Iterator[tuple[int, str]]
Split = Callable[[Lines], Iterator[tuple[int, list[str]]]]
UNREADABLE_CSV = "The quotes of this row do not end where they should: "


def numbered_lines(file: IO[bytes]) -> Lines:
    """Bytes that are no UTF-8 come out as lone surrogates, which every check of text refuses."""
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, f"{TOO_LONG}\n"
            continue
        encoding = "utf-8-sig" if number == 1 else "utf-8"
        yield number, raw.decode(encoding, "surrogateescape")


def tab_separated(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """Tabs part the cells, and nothing is quoted."""
    for number, line in lines:
        text = line.rstrip("\r\n")
        if text:
            yield number, text.split("\t")


def comma_separated(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """A quoted cell may run over several lines; the row is known by its last."""
    rows = csv.reader((line for _, line in lines), strict=True)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            cells = [f"{UNREADABLE_CSV}{error}."]
        if cells:
            yield rows.line_num, cells


def find_columns(
    name: str, header: Iterable[str], columns: Columns, optional: Columns = NO_COLUMNS
) -> dict[str, int]:
    """Where each column stands. A file without one that is needed is refused as a whole."""
    titles = [title.strip() for title in header]
    positions = {}
    for key, known in {**columns, **optional}.items():
        found = [position for position, title in enumerate(titles) if title in known]
        if len(found) > 1:
            raise FileFault(f"{name} has the column “{titles[found[0]]}” twice.")
        if found:
            positions[key] = found[0]
        elif key in columns:
            raise FileFault(f"{name} lacks the column “{'” or “'.join(known)}”. Nothing was done.")
    return positions
