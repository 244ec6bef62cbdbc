"""A text as it was handed in, read into the parts of an article."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from blog.artefacts import without_artefacts
from blog.canonical import Block, canonical, read, write
from blog.sanitising import BodyTooComplex, clean

from . import details, documents, headings, markdown, plain_lines, tables
from .blocks import HEADINGS, change_text, every, words
from .dates import read_date
from .furniture import is_furniture
from .headings import Guess
from .kinds import Kind, Unreadable, kind_of, plain
from .names import Roles, roles_in
from .tables import Comparison
from .word_lists import with_lists

LONGEST_TITLE: Final = 200
LONGEST_SUMMARY: Final = 400
_TITLE: Final = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_PARTS: Final = {
    "nav": "the navigation of the page",
    "header": "the head of the page",
    "footer": "the foot of the page",
}
_NONCHARACTERS: Final = re.compile("[\ufdd0-\ufdef]")


@dataclass(frozen=True)
class Choices:
    """What a person said about what could only be guessed; by number, in the order of the text."""

    levels: Mapping[int, int] = field(default_factory=dict)
    live: frozenset[int] = frozenset()  # comparisons to be shown live
    kept: frozenset[int] = frozenset()  # lines of a site that belong to the text after all


@dataclass(frozen=True)
class Removed:
    """Something that was taken out, and why. One with a number can be put back."""

    why: str
    text: str
    number: int | None = None


@dataclass
class Manuscript:
    kind: Kind
    body: str = ""
    title: str = ""
    summary: str = ""
    authors: list[str] = field(default_factory=list)
    published: date | None = None
    published_text: str = ""  # as it was written
    category: str = ""
    hashtags: str = ""
    roles: list[str] = field(default_factory=list)  # slugs, of the roles in the title
    guesses: list[Guess] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    tables: int = 0
    empty_sections: list[str] = field(default_factory=list)
    cleaned: list[Removed] = field(default_factory=list)


def read_manuscript(
    text: str, *, name: str = "", roles: Roles | None = None, choices: Choices = Choices()
) -> Manuscript:
    """``text`` as a draft. ``roles``: of the catalogue. May raise Unreadable."""
    text = _NONCHARACTERS.sub("", plain(text))
    if not text.strip():
        raise Unreadable("There is no text in it.")
    try:
        return _read(text, kind_of(text, name=name), roles or {}, choices)
    except BodyTooComplex as refusal:
        raise Unreadable(str(refusal)) from refusal


def _read(text: str, kind: Kind, roles: Roles, choices: Choices) -> Manuscript:
    made = Manuscript(kind)
    html, said = _as_html(text, made)
    html, title = _without_title(html)
    blocks = with_lists(read(clean(html)))
    blocks = _without_artefacts(blocks, made)
    blocks = _without_furniture(blocks, made, choices)
    blocks, box, lifted = details.lift(blocks)
    made.cleaned += [Removed("lifted into the fields", text) for text in lifted]
    _fill(made, said | box)
    made.title, blocks = _take_title(
        blocks, _scrubbed(title, made), box.get("title", ""), said.get("title", "")
    )
    made.summary = made.summary or _proposed_summary(blocks)
    made.guesses = headings.guess(blocks, choices.levels)
    if headings.settle(blocks):
        made.cleaned.append(Removed("heading levels put in order", ""))
    made.roles = roles_in(made.title, roles)
    blocks = _with_tables(blocks, made, roles, choices)
    made.empty_sections = list(headings.empty_sections(blocks))
    made.body = canonical(clean(write(blocks)))
    if not made.body and not made.title:
        raise Unreadable("There is no text in it.")
    return made


# --- To HTML --------------------------------------------------------------


def _as_html(text: str, made: Manuscript) -> tuple[str, details.Details]:
    if made.kind in ("HTML", "Word"):
        document = documents.read_document(text)
        parts = dict.fromkeys(_PARTS[tag] for tag in document.skipped)
        made.cleaned += [Removed(f"left out: {part}", "") for part in parts]
        _tell_of_pictures(document.html, made)
        return document.html, document.details
    is_plain = made.kind == "plain text"
    text, said = details.lift_front_matter(text)
    html = markdown.to_html(plain_lines.marked(text, is_plain=is_plain), is_plain=is_plain)
    _tell_of_pictures(html, made)
    return html, said


def _tell_of_pictures(html: str, made: Manuscript) -> None:
    for image in re.findall(r"<img\b[^>]{0,2000}>", html)[:50]:
        alt = re.search(r'\balt="([^"]{1,200})"', image)
        made.cleaned.append(Removed("picture from elsewhere: please upload it", alt[1] if alt else ""))


def _without_title(html: str) -> tuple[str, str]:
    """The first heading of the first level is the title; where more follow, they are its sections."""
    found = _TITLE.search(html)
    if not found:
        return html, ""
    html = html[: found.start()] + html[found.end() :]
    if _TITLE.search(html):
        html = re.sub(r"(</?h)([1-3])\b", lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html, flags=re.IGNORECASE)
    return html, " ".join(words(block) for block in read(clean(found[1])))


# --- What does not belong there -------------------------------------------


def _scrubbed(text: str, made: Manuscript) -> str:
    text, found = without_artefacts(text)
    made.cleaned += [removed for one in found if (removed := Removed(one.kind, one.text)) not in made.cleaned]
    return re.sub(r"[ \t]?[(\[]\s*[)\]]", "", text) if found else text


def _without_artefacts(blocks: list[Block], made: Manuscript) -> list[Block]:
    for block in every(blocks):
        change_text(block, lambda text: _scrubbed(text, made))
    return [block for block in blocks if block.tag not in ("p", *HEADINGS) or block.runs]


def _without_furniture(blocks: list[Block], made: Manuscript, choices: Choices) -> list[Block]:
    kept: list[Block] = []
    number = 0
    for block in blocks:
        if block.tag in ("p", "ul", *HEADINGS) and is_furniture(text := words(block)):
            made.cleaned.append(Removed("line of the site it was copied from", text, number))
            kept += [block] if number in choices.kept else []
            number += 1
        else:
            kept.append(block)
    return kept


# --- What goes where ------------------------------------------------------


def _fill(made: Manuscript, said: details.Details) -> None:
    made.authors = [
        name
        for part in re.split(r"\s*(?:,|;|&|\band\b)\s*", said.get("author", ""))
        if (name := part.strip())
    ]
    made.published_text = said.get("published", "")
    made.published = read_date(made.published_text)
    made.category = said.get("category", "")
    made.hashtags = said.get("hashtags", "")
    made.summary = said.get("summary", "")


def _take_title(blocks: list[Block], *candidates: str) -> tuple[str, list[Block]]:
    """The best one there is. A first line that is or repeats it goes out of the body."""
    first = blocks[0] if blocks and blocks[0].tag in ("p", *HEADINGS) and "\n" not in blocks[0].text else None
    line = words(first) if first else ""
    title = next((" ".join(text.split()) for text in candidates if text.strip()), "")
    if first is None or not line or len(line) > LONGEST_TITLE or title not in ("", line):
        return title, blocks
    return (line, blocks[1:]) if title or len(blocks) > 1 else ("", blocks)


def _with_tables(blocks: list[Block], made: Manuscript, roles: Roles, choices: Choices) -> list[Block]:
    for block in every(blocks):
        if block.tag == "table":
            tables.settle(block)
            made.tables += 1
    shown: list[Block] = []
    for block in blocks:
        found = tables.comparison(len(made.comparisons), block, roles) if block.tag == "table" else None
        made.comparisons += [found] if found else []
        shown.append(tables.live_block(found) if found and found.number in choices.live else block)
    return shown


def _proposed_summary(blocks: list[Block]) -> str:
    """The first paragraph, where it is a sentence and as short as a summary."""
    first = next((block for block in blocks if block.tag == "p"), None)
    text = words(first) if first else ""
    return text if 40 <= len(text) <= LONGEST_SUMMARY and text.endswith((".", "!", "?")) else ""
