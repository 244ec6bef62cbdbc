"""What came along with a paste: pieces of the page it was copied from, and the box of author and date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from django.utils.text import get_text_list

from blog import hashtag_names
from blog.canonical import Block

from .findings import Fix, Known, Note, Place, shortened
from .stories import Story, leaves, masked

MAX_CHROME_WORDS: Final = 60
_CHROME: Final = re.compile(
    r"^(?:skip to (?:main )?content|table of contents|on this page|related (?:posts|articles|reading)"
    r"|(?:previous|next) (?:post|article)|leave a (?:comment|reply)|\d+ comments?|share (?:this|on)\b.{0,60}"
    r"|back to top|read more|all rights reserved\.?|home\s*[>›»/]\s*.{1,120}|\d+ min(?:ute)?s? read"
    r"|©.{0,120}|posted (?:on|by|in)\b.{0,80}|filed under\b.{0,80}|advertisement"
    r"|(?:tweet|share|pin|like)(?:\s*[|·•]?\s*(?:tweet|share|pin|like|email|print))+)$",
    re.IGNORECASE,
)
_INVITATIONS: Final = re.compile(
    r"\bread this .{1,80}? (?:article|post)\b|\bexplore more .{1,40}?(?:categories|articles|posts)\b"
    r"|\b(?:return|go back) to the .{1,60}?\bhome\b|\bsearch related topics\b"
    r"|\bsubscribe to (?:our|the) newsletter\b|\bfollow us on\b|\bsign up for our newsletter\b"
    r"|\b(?:we use|this (?:site|website) uses) cookies\b|\bclick here to (?:read|learn|view)\b",
    re.IGNORECASE,
)
_LABELS: Final = {
    "author": re.compile(r"(?:authors?|written by|posted by|by)", re.IGNORECASE),
    "date": re.compile(r"(?:published(?: on)?|date|posted(?: on)?|(?:last )?updated(?: on)?)", re.IGNORECASE),
    "category": re.compile(r"(?:categor(?:y|ies)|section|filed under)", re.IGNORECASE),
    "hashtags": re.compile(r"(?:hash ?tags?|tags?|keywords?)", re.IGNORECASE),
}
_LINE: Final = re.compile(
    r"[|\s]*(?P<label>[A-Za-z][A-Za-z ]{0,20}?)\s*(?::|\|)[\s:|]*(?P<value>[^\n]{0,600})"
)
_ONLY_HASHTAGS: Final = re.compile(r"(?:#[^\s#,;|]{1,60}[\s,;|]*){3,60}")
_DATE_FORMS: Final = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%d.%m.%Y")


@dataclass
class Details:
    """What a pasted box says of the article."""

    authors: list[str] = field(default_factory=list)
    category: str = ""
    date: str = ""
    hashtags: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def add(self, kind: str, value: str) -> None:
        self.kinds.add(kind)
        if kind == "author":
            self.authors += [name for part in re.split(r",|;| and ", value) if (name := part.strip(" |:"))]
        elif kind == "hashtags":
            self.hashtags += hashtag_names.parse(value)
        elif kind == "category":
            self.category = self.category or value.split(",")[0].strip(" |:")
        else:
            self.date = self.date or value.strip(" |:")


def page_pieces(story: Story, known: Known) -> Iterator[Note]:
    """Navigation, share buttons, invitations to read on: parts of a page, not of the text."""
    for number, block in enumerate(story.blocks):
        if _is_chrome(block):
            place = Place("body", number, excerpt=shortened(block.text))
            message = "This looks like a piece of the page it was copied from."
            yield Note(place, message, _without(place.excerpt))


def details_box(story: Story, known: Known) -> Iterator[Note]:
    """Author, date, category or hashtags in the text, where only their fields are read."""
    details, places = _boxes(story.blocks)
    if not places:
        return
    words = " ".join(leaf.text for leaf in leaves([story.blocks[places[0]]]))
    names = get_text_list([kind for kind in _LABELS if kind in details.kinds], "and").capitalize()
    message = f"{names} in the text: there are fields for that.{_asks(details)}"
    yield Note(
        Place("body", places[0], excerpt=shortened(words)), message, Fix("Lift into the fields", lifted)
    )


def places_of_boxes(story: Story) -> set[int]:
    """Blocks that go once they are lifted: nothing in them needs mending."""
    return set(_boxes(story.blocks)[1])


# --- Pieces of a page -------------------------------------------------------


def _is_chrome(block: Block) -> bool:
    if block.tag != "p":
        return False
    text = " ".join(masked(block).split())
    if not text or len(text) > 1000 or len(text.split()) > MAX_CHROME_WORDS:
        return False
    return bool(_CHROME.match(text) or _INVITATIONS.search(text))


def _without(excerpt: str) -> Fix:
    def change(blocks: list[Block]) -> list[Block]:
        return [block for block in blocks if shortened(block.text) != excerpt or not _is_chrome(block)]

    return Fix("Remove it", lambda story: story.rewritten(change))


# --- Boxes of details -------------------------------------------------------


def _boxes(blocks: list[Block]) -> tuple[Details, list[int]]:
    """What all of them say together, and which blocks they are."""
    details = Details()
    places: list[int] = []
    for start, end in _stretches(blocks):
        found = Details()
        for number in range(start, end):
            for kind, value in _labelled(blocks[number]) or []:
                found.add(kind, value)
        if len(found.kinds) >= 2 or len(found.hashtags) >= 3:
            places += range(start, end)
            for kind, value in (pair for n in range(start, end) for pair in _labelled(blocks[n]) or []):
                details.add(kind, value)
    return details, places


def _stretches(blocks: list[Block]) -> Iterator[tuple[int, int]]:
    """Neighbouring blocks that hold nothing but labelled lines."""
    start = None
    for number, block in enumerate([*blocks, Block("hr")]):
        is_labelled = _labelled(block) is not None
        if is_labelled and start is None:
            start = number
        elif not is_labelled and start is not None:
            yield start, number
            start = None


def _labelled(block: Block) -> list[tuple[str, str]] | None:
    """The labels of a block and what stands beside them; None where it holds anything else."""
    found: list[tuple[str, str]] = []
    for line in _lines_of(block):
        pair = _pair(line)
        if pair is None:
            return None
        found.append(pair)
    return found or None


def _lines_of(block: Block) -> list[str]:
    if block.tag == "p":
        return [line for line in masked(block).split("\n") if line.strip(" |")]
    if block.tag != "table":
        return []
    rows = [row for part in block.children if part.tag != "caption" for row in part.children]
    # A box may have got a header; of two rows, one of them above, it is more likely a table of columns.
    fewest = 3 if any(part.tag == "thead" for part in block.children) else 1
    if not fewest <= len(rows) <= 8:
        return []
    return [_row_text(row) for row in rows]


def _row_text(row: Block) -> str:
    cells = [" ".join(masked(leaf) for leaf in leaves(cell.children)).strip() for cell in row.children]
    label, *values = cells or [""]
    return f"{label.rstrip(': ')} | {' '.join(filter(None, values))}"


def _pair(line: str) -> tuple[str, str] | None:
    if len(line) > 1000:
        return None
    if _ONLY_HASHTAGS.fullmatch(line.strip(" |")):
        return "hashtags", line
    found = _LINE.fullmatch(line)
    if not found:
        return None
    kinds = (kind for kind, label in _LABELS.items() if label.fullmatch(found["label"]))
    kind = next(kinds, None)
    return (kind, found["value"]) if kind else None


def _asks(details: Details) -> str:
    if not details.date or as_date(details.date):
        return ""
    return f" “{shortened(details.date)}” is no date: set the date of publishing by hand."


def as_date(text: str) -> date | None:
    """A day that is written out; “2 weeks ago” is none."""
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(text.split()))
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def lifted(story: Story) -> Story:
    """What the boxes say, in the fields that are empty; hashtags are added to those there are."""
    details, places = _boxes(story.blocks)
    if not places:
        return story
    gone = set(places)
    kept = story.rewritten(lambda blocks: [b for number, b in enumerate(blocks) if number not in gone])
    names = [*story.hashtags, *details.hashtags]
    return replace(
        kept,
        category=story.category or details.category,
        authors=story.authors or tuple(dict.fromkeys(details.authors)),
        hashtags=tuple(hashtag_names.first_spellings(names).values()),
        told=(*story.told, *_not_carried(story, details)),
    )


def _not_carried(story: Story, details: Details) -> Iterator[str]:
    """What an editor must still decide: nothing that was in the text goes without a word."""
    if details.category and story.category and details.category.casefold() != story.category.casefold():
        yield f"The text gave the category “{details.category}”; “{story.category}” was kept."
    names = {name.casefold() for name in story.authors}
    if story.authors and (others := [name for name in details.authors if name.casefold() not in names]):
        yield f"The text named {', '.join(others)} as author; the authors chosen were kept."
    if details.date:
        yield f"The text gave “{details.date}” as its date. Set the date of publishing by hand."
