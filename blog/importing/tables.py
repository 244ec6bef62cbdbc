"""Tables that forgot which cells are headings, and comparisons that the catalogue can make itself."""

from dataclasses import dataclass

from blog.canonical import Block

from .blocks import every, is_marked_whole, unmark, words
from .names import Roles, role_named


@dataclass(frozen=True)
class Comparison:
    """A table whose columns are roles of the catalogue: it can become a live block."""

    number: int
    roles: tuple[str, ...]  # their slugs
    rows: tuple[str, ...]  # what it compares


def rows_of(table: Block) -> list[Block]:
    return [row for part in table.children if part.tag != "caption" for row in part.children]


def settle(table: Block) -> None:
    """Header cells where bold ones stood for them; no column without a single word."""
    rows = rows_of(table)
    _drop_empty_columns(rows)
    if not any(cell.tag == "th" for row in rows for cell in row.children):
        _head(rows[0])
    for cell in (cell for row in rows for cell in row.children if cell.tag == "th"):
        for block in every([cell]):
            unmark(block, "strong")


def _head(row: Block) -> None:
    if all(is_bold(cell) for cell in row.children):
        for cell in row.children:
            cell.tag = "th"


def is_bold(cell: Block) -> bool:
    return bool(cell.children) and all(is_marked_whole(block, "strong") for block in cell.children)


def _drop_empty_columns(rows: list[Block]) -> None:
    widths = {len(row.children) for row in rows}
    if len(widths) > 1 or any(cell.attributes for row in rows for cell in row.children):
        return
    for column in reversed(range(widths.pop() if widths else 0)):
        if len(rows[0].children) > 1 and not any(words(row.children[column]) for row in rows):
            for row in rows:
                del row.children[column]


def comparison(number: int, table: Block, roles: Roles) -> Comparison | None:
    """Two to four known roles in the head, one thing compared in each row."""
    head, *rows = rows_of(table)
    slugs = [role_named(words(cell), roles) for cell in head.children[1:]]
    if not rows or not 2 <= len(slugs) <= 4 or not all(slugs) or len(set(slugs)) < len(slugs):
        return None
    labels = tuple(words(row.children[0]) for row in rows if row.children)
    return Comparison(number, tuple(filter(None, slugs)), labels)


def live_block(found: Comparison) -> Block:
    return Block("careers-block", {"data-kind": "comparison", "data-ref": ",".join(found.roles)})
