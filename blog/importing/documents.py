"""HTML of pages and of Word, in the elements that it only paints: bold spans, lists of paragraphs, a title.

Nothing here makes HTML safe: ``sanitising.clean`` comes after.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final

from blog.sanitising import FOLDED_TAGS, STORED_TAGS, balanced

# Everything in them is for a browser or a visitor, nothing for a reader: dropped, or told of as skipped.
_DROPPED: Final = frozenset(
    ["script", "style", "noscript", "template", "iframe", "object", "button", "select", "textarea"]
)
_SKIPPED: Final = frozenset({"nav", "footer"})
_READ: Final = frozenset({"title", "meta", "span"})
_ATTRIBUTES: Final = {
    "*": frozenset({"style", "class"}),
    **{
        tag: frozenset(names.split())
        for tag, names in {
            "a": "href",
            "img": "src alt width height",
            "th": "colspan rowspan",
            "td": "colspan rowspan",
            "ol": "start",
            "meta": "name property content",
            "figure": "data-picture",
            "careers-block": "data-kind data-by data-ref data-heading",
            "careers-fact": "data-ref data-field",
            "careers-link": "data-ref",
        }.items()
    },
}
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_MARKS: Final = [
    ("strong", re.compile(r"font-weight:\s*(?:bold|[6-9]00)")),
    ("em", re.compile(r"font-style:\s*italic")),
    ("s", re.compile(r"text-decoration[^;]{0,60}line-through")),
    ("sup", re.compile(r"vertical-align:\s*super")),
    ("sub", re.compile(r"vertical-align:\s*sub(?!t)")),
]
_LEVEL: Final = re.compile(r"mso-list:[^;]{0,40}level(\d)")
ITEM: Final = "\ufdd0"  # in front of a paragraph that is an item of a list, and the digit of its level
_META: Final = {
    "author": "author",
    "article:author": "author",
    "article:published_time": "published",
    "date": "published",
    "description": "summary",
    "keywords": "hashtags",
    "article:section": "category",
}


@dataclass
class Document:
    html: str
    details: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


def read_document(source: str) -> Document:
    """May raise BodyTooComplex."""
    tags = STORED_TAGS | FOLDED_TAGS | _READ
    reader = _Reader()
    reader.feed(balanced(source, tags=tags, attributes=_ATTRIBUTES, without=_DROPPED))
    reader.close()
    return reader.document()


class _Reader(HTMLParser):
    """Writes the same elements again, as what they were meant; never recurses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.closers: list[tuple[str, str]] = []  # the open tags, and what ends each
        self.skipping = ""  # the element being left out, and how many of its kind are open
        self.depth = 0
        self.skipped: list[str] = []
        self.details: dict[str, str] = {}
        self.is_title = False

    def document(self) -> Document:
        details = {name: text.strip() for name, text in self.details.items() if text.strip()}
        return Document("".join(self.out), details, self.skipped)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.skipping or tag in _SKIPPED or (tag == "header" and self.is_outside()):
            self.skip(tag)
        elif tag == "title":
            self.is_title = True
        elif tag == "meta":
            self.keep_meta(given)
        elif tag in _VOID:
            self.out.append(_opening(tag, given))
        else:
            self.open(tag, given)

    def is_outside(self) -> bool:
        return not any(name in ("article", "main") for name, _ in self.closers)

    def skip(self, tag: str) -> None:
        if not self.skipping:
            self.skipping = tag
            self.skipped.append(tag)
        self.depth += tag == self.skipping

    def keep_meta(self, given: dict[str, str]) -> None:
        name = (given.get("name") or given.get("property", "")).lower()
        if name in _META:
            self.details.setdefault(_META[name], given.get("content", "")[:1_000])

    def open(self, tag: str, given: dict[str, str]) -> None:
        style, written = given.get("style", "").lower(), tag
        if tag == "p" and given.get("class") == "MsoTitle":
            written = "h1"
        elif tag in ("b", "strong") and re.search(r"font-weight:\s*(?:normal|400)", style):
            written = "span"  # Google Docs puts all of a document into one
        elif tag == "td" and any(name == "thead" for name, _ in self.closers[-3:]):
            written = "th"
        marks = [mark for mark, pattern in _MARKS if tag == "span" and pattern.search(style)]
        start = _opening(written, given) + "".join(f"<{mark}>" for mark in marks)
        self.out.append(start + _item(tag, style, given.get("class", "")))
        self.closers.append((tag, "".join(f"</{mark}>" for mark in reversed(marks)) + f"</{written}>"))

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self.depth -= tag == self.skipping
            self.skipping = self.skipping if self.depth else ""
        elif tag == "title":
            self.is_title = False
        elif self.closers and self.closers[-1][0] == tag:
            self.out.append(self.closers.pop()[1])

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.is_title:
            self.details["title"] = self.details.get("title", "") + data
        else:
            self.out.append(escape(data, quote=False))


def _item(tag: str, style: str, kind: str) -> str:
    """Word writes the items of its lists as paragraphs, their bullets as text."""
    if tag != "p" or not ("mso-list:" in style or kind.startswith("MsoListParagraph")):
        return ""
    found = _LEVEL.search(style)
    return ITEM + (found[1] if found else "1")


def _opening(tag: str, given: dict[str, str]) -> str:
    kept = {
        name: value for name, value in given.items() if name != "style" and (name != "class" or tag == "code")
    }
    return f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in kept.items()) + ">"
