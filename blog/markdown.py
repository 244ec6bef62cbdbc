"""A tree of blocks as Markdown that our own import reads back into the same blocks.

What Markdown cannot say (a table with spans, text struck out) stays as HTML, which Markdown allows.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from .canonical import Block, opening, read, write
from .inline_text import Mark, Run
from .sanitising import clean

_SIGNS: Final = {"strong": "**", "em": "*"}
_PLAIN_ADDRESS: Final = re.compile(r"[A-Za-z0-9/:.?=&#%+~-]+")  # "&" means nothing else without ";"
_LIVE_BLOCK: Final = re.compile(r"(<section class=\"live-block\b.*?</section>)", re.DOTALL)


def to_markdown(blocks: list[Block], *, is_exact: bool = True) -> str:
    """``is_exact`` keeps by HTML what a Markdown table would lose: the headers of rows, a caption."""
    parts: list[str] = []
    before = ""
    for block in blocks if is_exact else _telling(blocks):
        mark = "*" if block.tag == before and parts[-1].startswith(("- ", "1. ")) else "-"
        parts.append(_block(block, mark, is_exact=is_exact))
        before = block.tag if mark == "-" else ""
    return "\n\n".join(part for part in parts if part)


def body_as_markdown(shown: str) -> str:
    """A body as readers see it: the author's part exactly, the live blocks so that they read well."""
    parts = _LIVE_BLOCK.split(shown)
    texts = [
        page_as_markdown(part) if number % 2 else to_markdown(read(clean(part)))
        for number, part in enumerate(parts)
    ]
    return "\n\n".join(filter(None, texts))


def page_as_markdown(html: str) -> str:
    """What ``html`` says, without forms, pictures of data and everything else that has no words."""
    return to_markdown(read(clean(html)), is_exact=False)


def one_line(text: str) -> str:
    """Plain text for a heading or the words of a link."""
    return _escaped(" ".join(text.split()))


def _telling(blocks: list[Block]) -> list[Block]:
    """Without pictures that only decorate, unless nothing else is there."""
    return [one for one in blocks if one.tag != "figure" or one.attributes.get("alt") or one.text] or blocks


# --- Blocks ---------------------------------------------------------------


def _block(block: Block, mark: str, *, is_exact: bool) -> str:
    match block.tag:
        case "p":
            return _line(block)
        case "h2" | "h3" | "h4":
            return f"{'#' * int(block.tag[1])} {_line(block)}"
        case "hr":
            return "---"
        case "pre":
            return _code(block)
        case "blockquote":
            inner = to_markdown(block.children, is_exact=is_exact)
            return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))
        case "ul" | "ol" if _begins_well(block, is_exact=is_exact):
            return _list(block, mark, is_exact=is_exact)
        case "table" if not is_exact or _fits(block):
            return "\n\n".join(_table(block))
    return _html(block)


def _begins_well(items: Block, *, is_exact: bool) -> bool:
    """Whether each item can begin so in Markdown; our import reads back those that begin with text."""
    first = {item.children[0].tag for item in items.children}
    return first <= ({"p"} if is_exact else {"p", "h2", "h3", "h4", "figure"})


def _html(block: Block) -> str:
    """An empty line would end it."""
    return re.sub(r"\n(?=[ \t]*\n)", "&#10;", write([block]))


def _line(block: Block) -> str:
    text = _inline(block.runs)
    if text[:1] in ("-", "+", "="):
        return f"\\{text}"
    return re.sub(r"^(\d{1,9})([.)])", r"\1\\\2", text)


def _code(block: Block) -> str:
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = block.attributes.get("class", "").removeprefix("language-")
    return f"{fence}{language}\n{block.text}\n{fence}"


def _list(block: Block, mark: str, *, is_exact: bool) -> str:
    start = int(block.attributes.get("start", "1"))
    stop = ")" if mark == "*" else "."
    is_loose = any(len(item.children) > 1 for item in block.children)
    items = []
    for number, item in enumerate(block.children, start):
        sign = f"{mark} " if block.tag == "ul" else f"{number}{stop} "
        inner = to_markdown(item.children, is_exact=is_exact).split("\n")
        lines = [inner[0], *(f"{' ' * len(sign)}{line}" if line else "" for line in inner[1:])]
        items.append(sign + "\n".join(lines))
    return ("\n\n" if is_loose else "\n").join(items)


# --- Tables ---------------------------------------------------------------


def _fits(table: Block) -> bool:
    """Whether a Markdown table says all of it."""
    if [part.tag for part in table.children] != ["thead", "tbody"]:
        return False
    head, body = (part.children for part in table.children)
    cells = [cell for row in (*head, *body) for cell in row.children]
    return (
        len(head) == 1
        and all(len(row.children) == len(head[0].children) for row in body)
        and all(cell.tag == "td" for row in body for cell in row.children)
        and all(not cell.attributes for cell in cells)
        and all(len(cell.children) < 2 and all(p.tag == "p" for p in cell.children) for cell in cells)
    )


def _table(table: Block) -> Iterator[str]:
    """Any table as one of Markdown: a caption in front, the first row as its head, short rows filled up."""
    yield from (f"**{_inline(part.runs)}**" for part in table.children if part.tag == "caption")
    rows = [
        [" <br>".join(_texts(cell)) for cell in row.children]
        for part in table.children
        if part.tag != "caption"
        for row in part.children
    ]
    width = max(len(row) for row in rows)
    head, *body = [row + [""] * (width - len(row)) for row in rows]
    lines = [head, ["---"] * width, *body]
    yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _texts(block: Block) -> Iterator[str]:
    if block.runs:
        yield _inline(block.runs)
    for child in block.children:
        yield from _texts(child)


# --- Text -----------------------------------------------------------------


def _escaped(text: str) -> str:
    text = re.sub(r"[\\`*_\[\]~|]|(?<!\S)#", r"\\\g<0>", text)
    text = re.sub(r"&(?=[#A-Za-z])", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("![", "!\\[").replace("\n", "<br>")
    return re.sub(r"(?! )\s", lambda space: f"&#{ord(space[0])};", text)


def _inline(runs: list[Run], depth: int = 0) -> str:
    out = ""
    groups = [
        (mark, list(group))
        for mark, group in groupby(runs, lambda run: run.marks[depth] if len(run.marks) > depth else None)
    ]
    for number, (mark, group) in enumerate(groups):
        if mark is None:
            out += "".join(str(run.live) if run.live else _escaped(run.text) for run in group)
        else:
            after = groups[number + 1][1][0].text[:1] if number + 1 < len(groups) else " "
            is_alone = depth == 0 and out[-1:] in ("", " ") and after in " .,;:)"
            out += _marked(mark, group, depth, is_alone=is_alone)
    return out


def _marked(mark: Mark, group: list[Run], depth: int, *, is_alone: bool) -> str:
    tag, address = mark
    inner, text = _inline(group, depth + 1), group[0].text
    is_plain = len(group) == 1 and len(group[0].marks) == depth + 1 and not group[0].live
    if tag == "a":
        if _PLAIN_ADDRESS.fullmatch(address):
            return f"[{inner}]({address})"
        return f'<a href="{escape(address)}">{inner}</a>'
    if tag == "code" and re.fullmatch(r"[^`|\s](?:[^`|\n]*[^`|\s])?", text) and is_plain:
        return f"`{text}`"
    if tag in _SIGNS and is_plain and is_alone and text[0].isalnum() and text[-1].isalnum():
        return f"{_SIGNS[tag]}{inner}{_SIGNS[tag]}"
    return f"{opening(tag, {})}{inner}</{tag}>"
