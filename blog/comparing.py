"""Two versions of an article by meaning: words within a paragraph, hashtags that came and went, blocks moved.

``compare`` takes snapshots (``blog.snapshots``) and knows the names of rows only as they are given to it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from .canonical import Block, read
from .snapshots import Snapshot

LABELS = {
    "title": "Title",
    "slug": "Address",
    "summary": "Summary",
    "body": "Body",
    "authors": "Authors",
    "category": "Category",
    "hashtags": "Hashtags",
    "roles": "About roles",
    "credentials": "About certifications",
    "cover": "Cover",
    "cover_alt": "Cover description",
    "seo_title": "Search title",
    "seo_description": "Search description",
    "canonical_url": "Canonical address",
    "is_featured": "Featured",
    "published_at": "Publication date",
    "expires_at": "Expires at",
}
_WORDS = re.compile(r"\s+|[^\s]+")
_WHAT = {"h2": "Heading", "h3": "Heading", "h4": "Heading", "li": "List item", "pre": "Code"}
Names = Mapping[str, Mapping[Any, str]]  # by field, what a key is called


@dataclass(frozen=True)
class Piece:
    """Some words: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True)
class Passage:
    """One block of a text, or the whole of a short one, with what became of its words."""

    what: str
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        kinds = {piece.kind for piece in self.pieces}
        return kinds.pop() if len(kinds) == 1 else "changed"


@dataclass(frozen=True)
class Difference:
    """One field. Of a body, ``passages`` leaves out what stayed; ``unchanged`` counts that."""

    name: str
    label: str
    passages: tuple[Passage, ...]
    unchanged: int = 0


def compare(before: Snapshot, after: Snapshot, names: Names) -> list[Difference]:
    found = []
    for name, label in LABELS.items():
        old, new = before.get(name), after.get(name)
        if old != new:
            found.append(_difference(name, label, old, new, names.get(name, {})))
    return found


def _difference(name: str, label: str, old: Any, new: Any, called: Mapping[Any, str]) -> Difference:
    if name == "body":
        passages = list(bodies(old or "", new or ""))
        changed = tuple(passage for passage in passages if passage.kind != "same")
        return Difference(name, label, changed, unchanged=len(passages) - len(changed))
    if isinstance(new, list):
        return Difference(name, label, tuple(_lists(_called(old, called), _called(new, called))))
    if isinstance(new, str) and name not in ("published_at", "expires_at"):
        return Difference(name, label, (Passage("", words(old or "", new)),))
    return Difference(name, label, tuple(_lists(_shown(old, called), _shown(new, called))))


# --- Words ------------------------------------------------------------------


def words(old: str, new: str) -> tuple[Piece, ...]:
    """What became of each word; white space goes with what stands before it."""
    return tuple(_joined(_opcodes(_WORDS.findall(old), _WORDS.findall(new))))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        yield Piece("removed", "".join(old[a:b]))
        yield Piece("added", "".join(new[c:d]))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


# --- Lists and single values --------------------------------------------------


def _lists(old: list[str], new: list[str]) -> Iterator[Passage]:
    """What went, what came; where nothing did, the order changed."""
    if sorted(old) == sorted(new):
        yield Passage("Order", (Piece("removed", ", ".join(old)), Piece("added", ", ".join(new))))
        return
    yield from (Passage("", (Piece("removed", value),)) for value in old if value not in new)
    yield from (Passage("", (Piece("added", value),)) for value in new if value not in old)


def _called(keys: Sequence[Any] | None, called: Mapping[Any, str]) -> list[str]:
    return [called.get(key, str(key)) for key in keys or []]


def _shown(value: Any, called: Mapping[Any, str]) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["Yes" if value else "No"]
    return [called.get(value, str(value))]


# --- Bodies -------------------------------------------------------------------


def bodies(old: str, new: str) -> Iterator[Passage]:
    """Every block of both, in order: what stayed, went, came, and what changed within."""
    before, after = list(_flat(read(old))), list(_flat(read(new)))
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Passage(what, (Piece("same", text),)) for what, text in before[a:b])
        else:
            yield from _changed(before[a:b], after[c:d])


def _changed(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Passage]:
    """Blocks of one kind at one place are one block whose words changed."""
    for before, after in zip_longest(old, new):
        if before and after and before[0] == after[0]:
            yield Passage(after[0], words(before[1], after[1]))
            continue
        if before:
            yield Passage(before[0], (Piece("removed", before[1]),))
        if after:
            yield Passage(after[0], (Piece("added", after[1]),))


def _flat(blocks: Iterable[Block], what: str = "") -> Iterator[tuple[str, str]]:
    """Each block that can be read by itself: what it is, and its text."""
    for block in blocks:
        if block.tag == "tr":
            yield "Table row", " | ".join(_text(cell) for cell in block.children)
        elif block.tag in ("figure", "careers-block", "hr"):
            yield _leaf(block)
        elif block.children:
            yield from _flat(block.children, _WHAT.get(block.tag, what))
        else:
            yield _WHAT.get(block.tag, what or "Paragraph"), block.text


def _text(block: Block) -> str:
    return block.text if block.runs else " ".join(map(_text, block.children))


def _leaf(block: Block) -> tuple[str, str]:
    given = block.attributes
    if block.tag == "figure":
        return "Picture", " – ".join(filter(None, [given.get("alt", ""), block.text])) or "A picture"
    if block.tag == "hr":
        return "Line", "———"
    told = [given.get("data-heading", ""), given.get("data-by", ""), given.get("data-ref", "")]
    return f"Live {given.get('data-kind', 'block')}", " · ".join(filter(None, told))
