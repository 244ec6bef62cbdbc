"""What a text says about itself: the box with author, date, category and hashtags, a byline, front matter."""

import re
from collections.abc import Iterator
from typing import Final

from blog.canonical import Block

from .blocks import lines_of, words

Details = dict[str, str]

_LABELS: Final[dict[str, str]] = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("author", "authors", "by", "written by", "posted by"), "author"),
    **dict.fromkeys(
        (
            "published",
            "published on",
            "published at",
            "date",
            "posted",
            "posted on",
            "publication date",
            "pubdate",
        ),
        "published",
    ),
    **dict.fromkeys(("category", "categories", "section"), "category"),
    **dict.fromkeys(("hashtags", "hash tags", "hashtag", "tags", "keywords"), "hashtags"),
    **dict.fromkeys(("summary", "description", "excerpt", "meta description"), "summary"),
    **dict.fromkeys(("updated", "last updated", "modified", "reading time", "read time"), "other"),
}
NEAR: Final = 6  # paragraphs from the start or the end: further in, "Date: …" is part of the text
_LINE: Final = re.compile(r"\s*([A-Za-z][A-Za-z ]{1,20}?)\s*:\s*(\S.*)")
_BYLINE: Final = re.compile(
    r"(?:written |posted )?by ((?:[^\W\d_][\w.'’-]*)(?: [^\W\d_][\w.'’-]*){0,4})", re.IGNORECASE
)
_ONLY_HASHTAGS: Final = re.compile(r"(?:#[^\W_][^\s#]{0,59}[\s,]*){2,}")
_FRONT: Final = re.compile(r"---[ \t]*\n(.{0,4000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)


def lift_front_matter(text: str) -> tuple[str, Details]:
    """The lines between two rules at the top of a Markdown file. Lists in brackets or below become commas."""
    found = _FRONT.match(text)
    if not found or not _LINE.search(found[1]):
        return text, {}
    details: Details = {}
    field = ""
    for line in found[1].split("\n"):
        item = re.match(r"\s*- +(.+)", line)
        label, _, value = line.partition(":")
        if item and field:
            details[field] = ", ".join(filter(None, [details.get(field, ""), _unquoted(item[1])]))
        elif field := _LABELS.get(label.strip().lower(), ""):
            inner = value.strip().removeprefix("[").removesuffix("]")
            details[field] = (
                ", ".join(_unquoted(part) for part in inner.split(",")) if "[" in value else _unquoted(value)
            )
    return text[found.end() :], details


def _unquoted(text: str) -> str:
    return text.strip().strip("\"'")


def lift(blocks: list[Block]) -> tuple[list[Block], Details, list[str]]:
    """The blocks without what is about the text, the fields it fills, and the words that were lifted."""
    details: Details = {}
    lifted: list[str] = []
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        is_near = number < NEAR or number >= len(blocks) - NEAR
        said = dict(_said(block)) if is_near or block.tag == "table" else {}
        if said:
            details |= said
            lifted.append(words(block))
        else:
            kept.append(block)
    return kept, details, lifted


def _said(block: Block) -> Iterator[tuple[str, str]]:
    """Fields and their values, when the block holds nothing else."""
    if block.tag == "table":
        yield from _in_rows(block)
    elif block.tag in ("p", "ul"):
        lines = [line for part in block.children for line in [words(part)]] or lines_of(block)
        pairs = [pair for line in lines for pair in [_in_line(line)] if pair]
        if pairs and len(pairs) == len(lines):
            yield from pairs


def _in_rows(table: Block) -> Iterator[tuple[str, str]]:
    rows = [row for part in table.children for row in part.children]
    texts = [[text for cell in row.children if (text := words(cell))] for row in rows]
    pairs = [(_field(cells[0]), " ".join(cells[1:])) for cells in texts if cells]
    if pairs and all(field for field, _ in pairs) and max(map(len, texts)) <= 2:
        yield from ((field, value) for field, value in pairs if value)


def _in_line(line: str) -> tuple[str, str] | None:
    if _ONLY_HASHTAGS.fullmatch(line.strip()[:2_000]):
        return "hashtags", line.strip()
    if (found := _LINE.fullmatch(line[:2_000])) and (field := _field(found[1])):
        return field, found[2].strip()
    if found := _BYLINE.fullmatch(line.strip()[:120]):
        return ("author", found[1]) if found[1][:1].isupper() else None
    return None


def _field(label: str) -> str:
    return _LABELS.get(" ".join(label.lower().replace(":", " ").split()), "")
