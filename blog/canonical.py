"""One spelling for one body: cleaned HTML becomes a tree of blocks, written one block a line.

The editor, a paste and an import spell the same text differently. Stored in one way only, a change of one
word is a change of one line. Reading it back and writing it again gives the same characters.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final

from .inline_text import PLACE, Live, Mark, Run, in_order, inline, tidy
from .sanitising import MAX_DEPTH, is_own_file, too_deep

_MARKS: Final = {
    **{tag: tag for tag in ("a", "strong", "em", "s", "sub", "sup", "code")},
    "b": "strong",
    "i": "em",
    "del": "s",
    "strike": "s",
    "tt": "code",
    "kbd": "code",
    "samp": "code",
}
_TEXT_BLOCKS: Final = {
    **{tag: tag for tag in ("p", "h2", "h3", "h4", "pre", "caption", "figcaption")},
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "dt": "p",
    "dd": "p",
    "summary": "p",
}
_CONTAINERS: Final = {
    **{tag: tag for tag in ("ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "figure")},
    "thead": "rows",
    "tbody": "rows",
    "tfoot": "rows",
    "menu": "ul",
}
_VOID: Final = {"br", "hr", "img"}
_LIVE: Final = {"careers-fact": ("data-ref", "data-field"), "careers-link": ("data-ref",)}
_KEPT_ATTRIBUTES: Final = {
    "ol": ["start"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan"],
    "careers-block": ["data-kind", "data-by", "data-ref", "data-heading"],
    "figure": ["data-picture"],
    "img": ["src", "alt", "width", "height"],
}


@dataclass
class Block:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Block"] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def canonical(cleaned: str) -> str:
    return write(read(cleaned))


def read(cleaned: str) -> list[Block]:
    """The blocks of ``cleaned``, which must come from ``sanitising.clean``."""
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return _settled_flow(reader.root.children)


# --- Reading --------------------------------------------------------------


class _Reader(HTMLParser):
    """Sorts text and blocks into the containers they stand in; never recurses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Block("root")
        self.containers = [self.root]
        self.kinds = ["p"]  # what text becomes here, by the innermost block around it
        self.text_block: Block | None = None
        self.marks: list[Mark] = []
        self.open: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self.add_void(tag, attributes)
            return
        self.open.append(tag)
        if len(self.open) > MAX_DEPTH:
            raise too_deep()
        if tag in _MARKS:
            self.open_mark(tag, attributes)
        elif tag in _LIVE:
            self.add_live(tag, attributes)
        else:
            self.text_block = None
            self.open_block(tag, attributes)

    def open_mark(self, tag: str, attributes: dict[str, str]) -> None:
        self.marks.append((_MARKS[tag], attributes.get("href", "").strip() if tag == "a" else ""))
        if tag == "code" and self.kinds[-1] == "pre":
            self.language = attributes.get("class", "")
            if self.text_block and self.language:
                self.text_block.attributes.setdefault("class", self.language)

    def open_block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _TEXT_BLOCKS:
            self.kinds.append(_TEXT_BLOCKS[tag])
            self.language = ""
        elif tag in _CONTAINERS:
            block = Block(_CONTAINERS[tag], attributes)
            self.containers[-1].children.append(block)
            self.containers.append(block)
            self.kinds.append("p")
        elif tag == "careers-block":
            self.containers[-1].children.append(Block(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:  # never so in cleaned HTML
            return
        self.open.pop()
        if tag in _MARKS:
            self.marks.pop()
        if tag in _MARKS or tag in _LIVE:
            return
        self.text_block = None
        if tag in _TEXT_BLOCKS or tag in _CONTAINERS:
            self.kinds.pop()
        if tag in _CONTAINERS:
            self.containers.pop()

    def add_void(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self.add_text("\n")
            return
        self.text_block = None
        self.containers[-1].children.append(Block(tag, attributes))

    def add_live(self, tag: str, attributes: dict[str, str]) -> None:
        """Complete, and where text can have formatting; a link is none inside another."""
        given = tuple((name, attributes[name]) for name in _LIVE[tag] if attributes.get(name))
        if len(given) < len(_LIVE[tag]) or self.kinds[-1] == "pre":
            return
        marks = [mark for mark in self.marks if not (tag == "careers-link" and mark[0] == "a")]
        self.add_text(PLACE, marks=marks, live=Live(tag, given))

    def handle_data(self, data: str) -> None:
        if self.kinds[-1] == "pre":
            fresh = self.text_block is None and self.open[-1] == "pre"
            self.add_text(data.removeprefix("\n") if fresh else data)
        elif self.text_block is not None or data.strip(" \n\t\f"):
            self.add_text(re.sub(r"[ \n\t\f]+", " ", data))

    def add_text(self, text: str, *, marks: list[Mark] | None = None, live: Live | None = None) -> None:
        if self.text_block is None:
            self.text_block = Block(self.kinds[-1])
            if self.kinds[-1] == "pre" and self.language:
                self.text_block.attributes["class"] = self.language
            self.containers[-1].children.append(self.text_block)
        self.text_block.runs.append(Run(text, in_order(self.marks if marks is None else marks), live))


# --- Text -----------------------------------------------------------------


def _settled_text(block: Block) -> list[Block]:
    if block.tag == "pre":
        text = block.text.replace("\xa0", " ").rstrip()
        block.runs = [Run(text)]
        return [block] if text else []
    one_line = block.tag != "p" and block.tag != "figcaption"
    block.runs = tidy(block.runs, one_line=one_line, plain=block.tag == "caption")
    return [block] if block.text.strip("\n ") else []


# --- Structure ------------------------------------------------------------


def _settled_flow(blocks: list[Block]) -> list[Block]:
    """Blocks as they may stand in the body, a quote, a list item or a cell."""
    settled: list[Block] = []
    for block in blocks:
        settled += _settled(block)
    return settled


def _settled(block: Block) -> list[Block]:
    if settle := _SETTLERS.get(block.tag):
        return settle(block)
    if block.tag in ("caption", "figcaption"):  # outside their table or figure
        block.tag = "p"
    return _settled_text(block)


def _settled_quote(block: Block) -> list[Block]:
    quote = Block("blockquote", children=_settled_flow(block.children))
    return [quote] if quote.children else []


def _settled_leaf(block: Block) -> list[Block]:
    block.attributes = _kept(block)
    if block.tag == "hr":
        return [block]
    if block.attributes.get("data-kind") != "certifications":
        block.attributes.pop("data-by", None)
    needed = {"data-kind", "data-ref"}
    if block.attributes.get("data-kind") == "certifications":
        needed.add("data-by")
    return [block] if needed <= block.attributes.keys() else []


def _kept(block: Block) -> dict[str, str]:
    given = block.attributes
    return {name: given[name] for name in _KEPT_ATTRIBUTES.get(block.tag, []) if name in given}


def _settled_list(block: Block) -> list[Block]:
    items: list[Block] = []
    for child in block.children:
        settled = _settled_flow(child.children if child.tag == "li" else [child])
        if child.tag == "li" or not items:
            items.append(Block("li", children=settled))
        else:  # a list straight inside a list belongs to the item above it
            items[-1].children += settled
    attributes = {name: value for name, value in _kept(block).items() if value != "1"}
    items = [item for item in items if item.children]
    return [Block(block.tag, attributes, items)] if items else []


def _settled_table(table: Block) -> list[Block]:
    captions, rows, others = _sorted_parts(table)
    caption = Block("caption", runs=[run for part in captions for run in [*part.runs, Run(" ")]])
    captions = _settled_text(caption)
    rows = [row for row in map(_settled_row, rows) if row.children]
    if not rows:
        return [Block("p", runs=part.runs) for part in captions] + _settled_flow(others)
    return [Block("table", children=captions + _with_head(rows)), *_settled_flow(others)]


def _sorted_parts(table: Block) -> tuple[list[Block], list[Block], list[Block]]:
    """Captions, rows, and whatever else someone put between them."""
    captions: list[Block] = []
    rows: list[Block] = []
    others: list[Block] = []
    parts = [
        part for child in table.children for part in (child.children if child.tag == "rows" else [child])
    ]
    for part in parts:
        {"caption": captions, "tr": rows}.get(part.tag, others).append(part)
    return captions, rows, others


def _settled_row(row: Block) -> Block:
    cells = []
    for cell in row.children:
        if cell.tag in ("td", "th"):
            spans = {name: value for name, value in _kept(cell).items() if value != "1"}
            cells.append(Block(cell.tag, spans, _settled_flow(cell.children)))
        elif settled := _settled(cell):
            cells.append(Block("td", children=settled))
    return Block("tr", children=cells)


def _with_head(rows: list[Block]) -> list[Block]:
    is_head = [all(cell.tag == "th" for cell in row.children) for row in rows]
    heads = 1 if all(is_head) else is_head.index(False)
    head, body = rows[:heads], rows[heads:]
    return [Block(tag, children=part) for tag, part in (("thead", head), ("tbody", body)) if part]


def _settled_figure(figure: Block) -> list[Block]:
    """A picture with its caption; what cannot belong to it follows it."""
    parts = [figure] if figure.tag == "img" else figure.children
    pictures = [part for part in parts if part.tag == "img" and is_own_file(part.attributes.get("src", ""))]
    others = [part for part in parts if part.tag != "img"]
    if not pictures:
        return _settled_flow(others)
    texts = [part for part in others if part.tag in ("p", "figcaption")]
    rest = [part for part in others if part not in texts]
    runs = tidy([run for part in texts for run in [*part.runs, Run("\n")]])
    first, *more = [Block("figure", _kept(part)) for part in pictures]
    first.attributes |= _kept(figure) if figure.tag == "figure" else {}
    first.runs = runs
    return [first, *more, *_settled_flow(rest)]


def _dissolved(block: Block) -> list[Block]:
    return _settled_flow(block.children)


_SETTLERS: Final[dict[str, Callable[[Block], list[Block]]]] = {
    **dict.fromkeys(("ul", "ol"), _settled_list),
    "li": lambda item: _settled_list(Block("ul", children=[item])),
    "blockquote": _settled_quote,
    "table": _settled_table,
    **dict.fromkeys(("rows", "tr", "td", "th"), _dissolved),  # outside a table
    **dict.fromkeys(("figure", "img"), _settled_figure),
    **dict.fromkeys(("hr", "careers-block"), _settled_leaf),
}


# --- Writing --------------------------------------------------------------


def write(blocks: list[Block]) -> str:
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> list[str]:
    match block.tag:
        case "hr":
            return ["<hr>"]
        case "careers-block":
            return [f"{opening(block.tag, block.attributes)}</careers-block>"]
        case "figure":
            return [_figure(block)]
        case "pre":
            return [f"<pre>{opening('code', block.attributes)}{escape(block.text, quote=False)}</code></pre>"]
        case "li" | "td" | "th":
            return _cell_lines(block)
    start, end = opening(block.tag, block.attributes), f"</{block.tag}>"
    if block.children:
        return [start, *(line for child in block.children for line in _lines(child)), end]
    return [f"{start}{inline(block.runs)}{end}"]


def _cell_lines(cell: Block) -> list[str]:
    start, end = opening(cell.tag, cell.attributes), f"</{cell.tag}>"
    first, rest = cell.children[:1], cell.children[1:]
    follows_list = cell.tag == "li" and all(block.tag in ("ul", "ol") for block in rest)
    if first and first[0].tag == "p" and (not rest or follows_list):
        start += inline(first[0].runs)
        first = []
    lines = [line for block in (*first, *rest) for line in _lines(block)]
    return [start, *lines, end] if lines else [start + end]


def _figure(block: Block) -> str:
    attributes = dict(block.attributes)
    outer = {"data-picture": attributes.pop("data-picture")} if "data-picture" in attributes else {}
    caption = f"<figcaption>{inline(block.runs)}</figcaption>" if block.runs else ""
    return f"{opening('figure', outer)}{opening('img', attributes)}{caption}</figure>"


def opening(tag: str, attributes: dict[str, str]) -> str:
    written = (f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{''.join(written)}>"
