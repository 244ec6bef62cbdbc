"""Tables that a screen reader can read out: with headers, whole rows and a caption."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from blog.canonical import Block

from .findings import Fix, Known, Note, Place, shortened
from .pasted import places_of_boxes
from .stories import CODE, Story, everywhere, leaves, masked


def tables_without_header(story: Story, known: Known) -> Iterator[Note]:
    for number, table in _tables(story):
        if not _has_headers(table):
            message = "A table without headers: nobody can tell what its columns are."
            yield Note(_place(number, table), message, _with_header(_first_row(table)))


def blank_headers(story: Story, known: Known) -> Iterator[Note]:
    """The corner above row headers may be empty."""
    for number, table in _tables(story):
        head, *_ = _rows(table)
        blank = [at for at, cell in enumerate(head.children) if cell.tag == "th" and not _words(cell)]
        if blank and not (blank == [0] and _rows_have_headers(table)):
            column = blank[-1] + 1
            yield Note(_place(number, table), f"Column {column} of a table has no header.")


def ragged_rows(story: Story, known: Known) -> Iterator[Note]:
    for number, table in _tables(story):
        widths = _widths(_rows(table))
        usual = Counter(widths).most_common(1)[0][0]
        if odd := [(row, width) for row, width in enumerate(widths, 1) if width != usual][:1]:
            (row, width), place = odd[0], _place(number, table)
            yield Note(place, f"Row {row} of a table has {_cells(width)}, the others have {_cells(usual)}.")


def tables_without_caption(story: Story, known: Known) -> Iterator[Note]:
    for number, table in _tables(story):
        if not any(part.tag == "caption" for part in table.children):
            yield Note(_place(number, table), "A table without a caption: say in a line what it shows.")


# --- Reading a table --------------------------------------------------------


def _tables(story: Story) -> Iterator[tuple[int, Block]]:
    """All but boxes of details, which are to be lifted into the fields and not made accessible."""
    tables = [
        (number, inner)
        for number, block in enumerate(story.blocks)
        for inner in everywhere([block])
        if inner.tag == "table"
    ]
    boxes = places_of_boxes(story) if tables else set()
    yield from (table for table in tables if table[0] not in boxes)


def _rows(table: Block) -> list[Block]:
    return [row for part in table.children if part.tag != "caption" for row in part.children]


def _words(block: Block) -> str:
    return " ".join(masked(leaf) for leaf in leaves([block])).strip()


def _place(number: int, table: Block) -> Place:
    return Place("body", number, excerpt=_first_row(table))


def _first_row(table: Block) -> str:
    return shortened(_words(_rows(table)[0]).replace(CODE, ""))


def _has_headers(table: Block) -> bool:
    return any(part.tag == "thead" for part in table.children) or _rows_have_headers(table)


def _rows_have_headers(table: Block) -> bool:
    bodies = [row for part in table.children if part.tag == "tbody" for row in part.children]
    return bool(bodies) and all(row.children[0].tag == "th" for row in bodies)


def _widths(rows: list[Block]) -> list[int]:
    """Of each row, with the cells that reach into it from above."""
    hanging: list[tuple[int, int]] = []  # rows still to come, columns
    widths = []
    for row in rows:
        width = sum(columns for _, columns in hanging)
        hanging = [(left - 1, columns) for left, columns in hanging if left > 1]
        for cell in row.children:
            columns, down = (int(cell.attributes.get(name, 1)) for name in ("colspan", "rowspan"))
            width += columns
            hanging += [(down - 1, columns)] if down > 1 else []
        widths.append(width)
    return widths


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


# --- Mending ----------------------------------------------------------------


def _with_header(words: str) -> Fix:
    def change(blocks: list[Block]) -> list[Block]:
        for table in everywhere(blocks):
            if table.tag == "table" and not _has_headers(table) and _first_row(table) == words:
                for cell in _rows(table)[0].children:
                    cell.tag = "th"
                    _unbold(cell)
        return blocks

    return Fix("Make the first row the header", lambda story: story.rewritten(change))


def _unbold(cell: Block) -> None:
    """A header is bold already."""
    for leaf in leaves([cell]):
        leaf.runs = [
            replace(run, marks=tuple(mark for mark in run.marks if mark[0] != "strong")) for run in leaf.runs
        ]
