"""From an author's HTML to what readers see: the one place where text becomes trusted; the seam to careers.

Everything but the live blocks is made once, when an article is saved; the blocks are filled when it is shown.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from itertools import chain, islice, repeat
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from careers.blocks import (
    Filled,
    Named,
    Reference,
    choices,
    facts_for_checks,
    fill,
    instead,
    named,
    names_known,
)
from careers.blocks import KnownCertification as KnownCertification
from careers.blocks import KnownExam as KnownExam
from careers.blocks import KnownFacts as KnownFacts

from .canonical import Block, opening, read, write
from .code_colours import coloured, language_label
from .inline_text import PLACE, inline
from .mentions import Mention, mentions
from .picture_files import sources
from .sanitising import clean

logger = logging.getLogger(__name__)

_PLACEHOLDER: Final = re.compile(r"<careers-(block|fact|link)((?: data-[a-z]+=\"[^\"]*\")*)></careers-\1>")
_ATTRIBUTE: Final = re.compile(r"data-([a-z]+)=\"([^\"]*)\"")
_SIZES: Final = "(min-width: 48rem) 44rem, 100vw"


@dataclass(frozen=True)
class RenderedBody:
    source: str
    html: str
    contents: list[dict[str, Any]]
    text: str
    words: int


@dataclass(frozen=True)
class ShownBody:
    html: SafeString
    contents: list[dict[str, Any]]
    problems: list[str]


def render_body(source: str) -> RenderedBody:
    """What an article keeps of ``source``; raises BodyTooComplex when nobody can have meant it."""
    blocks = read(clean(source))
    page = _Page()
    html = "\n".join(_html(block, page) for block in blocks)
    text = "\n".join(_texts(blocks))
    return RenderedBody(write(blocks), html, page.contents, text, len(text.split()))


def show_body(html: str, contents: list[dict[str, Any]], *, on: date) -> ShownBody:
    """The page with its live blocks. ``html`` must come from ``render_body``; never fails a reader."""
    return show_bodies([(html, contents)], on=on)[0]


def show_bodies(bodies: Sequence[tuple[str, list[dict[str, Any]]]], *, on: date) -> list[ShownBody]:
    """The same for many pages; as many queries as for one."""
    filled = _filled_each([html for html, _ in bodies], on=on)
    return [_shown(html, contents, parts) for (html, contents), parts in zip(bodies, filled, strict=True)]


def _shown(html: str, contents: list[dict[str, Any]], filled: list[Filled]) -> ShownBody:
    in_order = iter(filled)
    shown = _PLACEHOLDER.sub(lambda _: next(in_order).html, html)
    # Safe: all that an author wrote went through `clean`, all that blocks add comes from our templates.
    return ShownBody(
        mark_safe(shown),  # noqa: S308
        list(_contents(contents, filled)),
        [block.problem for block in filled if block.problem],
    )


def show_block(*, kind: str, ref: str, by: str, heading: str, on: date) -> tuple[SafeString, str]:
    """One block by itself and what is wrong with it, for the editor's preview."""
    block = _filled([Reference(kind, ref, by, heading)], on=on)[0]
    return mark_safe(block.html), block.problem  # noqa: S308 – from our own templates, as in _shown


def names_of_roles() -> dict[str, tuple[str, ...]]:
    """By slug, what each role that readers can meet is called, its own name first."""
    facts = names_known().facts
    return {fact.slug: (fact.name, *fact.others) for fact in facts if fact.noun == "role" and fact.is_public}


def block_choices() -> dict[str, list[tuple[str, str]]]:
    """The kinds of live block, and what each may point at."""
    return choices()


def block_problems(bodies: Sequence[str], *, on: date) -> list[list[str]]:
    """For each body, what is wrong with its live blocks; as many queries as for one."""
    filled = _filled_each(bodies, on=on)
    return [[block.problem for block in blocks if block.problem] for blocks in filled]


def show_inline(*, kind: str, ref: str, field: str, on: date) -> tuple[str, str]:
    """One live part of a sentence in plain words and what is wrong with it, for the editor's preview."""
    part = _filled([Reference(kind, ref, field=field)], on=on)[0]
    return (f"{part.text} ({part.note})" if part.note else part.text), part.problem


def texts_in_full(bodies: Sequence[tuple[str, str]], *, on: date) -> list[str]:
    """For each (HTML, plain text) of an article, the text with what its live parts say now."""
    filled = _filled_each([html for html, _ in bodies], on=on)
    return [_in_full(text, html, parts) for (html, text), parts in zip(bodies, filled, strict=True)]


def has_live_parts(html: str) -> bool:
    return bool(_PLACEHOLDER.search(html))


def facts_named(html: str) -> list[Named]:
    """The facts that the live parts in ``html`` name; until the transaction ends, nobody deletes them."""
    return named(_references(html))


def known_facts(*, on: date) -> KnownFacts:
    """What the catalogue says today that a text may get wrong."""
    return facts_for_checks(on=on)


def mentions_in(bodies: Sequence[str]) -> list[list[Mention]]:
    """For each body as it is kept, the facts that its words name; as many queries as for one."""
    vocabulary = names_known() if any(bodies) else None
    return [mentions(read(body), vocabulary) if vocabulary else [] for body in bodies]


# --- Live blocks ----------------------------------------------------------


def _references(html: str) -> list[Reference]:
    return [_reference(tag, attributes) for tag, attributes in _PLACEHOLDER.findall(html)]


def _reference(tag: str, attributes: str) -> Reference:
    found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    if tag != "block":
        found["kind"] = tag
    names = ("kind", "ref", "by", "heading", "field")
    return Reference(**{name: found.get(name, "") for name in names})


def _filled(references: list[Reference], *, on: date) -> list[Filled]:
    if not references:
        return []
    try:
        filled = fill(references, on=on)
    except Exception:
        logger.exception("Live blocks could not be filled: %s", references)
        problem = "The live block could not be made. The people who run the site can see why in its log."
        return [Filled(instead(one), text=instead(one), problem=problem) for one in references]
    return filled


def _filled_each(bodies: Sequence[str], *, on: date) -> list[list[Filled]]:
    """As many queries for all bodies as for one."""
    references = [_references(body) for body in bodies]
    filled = iter(_filled([reference for one in references for reference in one], on=on))
    return [list(islice(filled, len(one))) for one in references]


def _in_full(text: str, html: str, filled: list[Filled]) -> str:
    """Parts of a sentence in their places, blocks after the rest."""
    tags = [tag for tag, _ in _PLACEHOLDER.findall(html)]
    inline_texts = [part.text for tag, part in zip(tags, filled, strict=True) if tag != "block"]
    blocks = [part.text for tag, part in zip(tags, filled, strict=True) if tag == "block" and part.html]
    return "\n".join([_placed(text, inline_texts), *blocks])


def _placed(text: str, said: Sequence[str]) -> str:
    """``text`` with what is said in each of its places."""
    before, *rest = text.split(PLACE)
    words = chain(said, repeat(""))
    return before + "".join(next(words) + after for after in rest)


def _contents(contents: list[dict[str, Any]], filled: list[Filled]) -> Iterator[dict[str, Any]]:
    for entry in contents:
        if "live" in entry:
            said = [filled[number].text for number in entry["live"] if number < len(filled)]
            yield {name: entry[name] for name in ("level", "id")} | {"title": _placed(entry["title"], said)}
        elif "block" not in entry:
            yield entry
        elif entry["block"] < len(filled) and (block := filled[entry["block"]]).html and block.heading:
            yield {"level": 2, "id": block.anchor, "title": block.heading}


# --- HTML for readers -----------------------------------------------------


@dataclass
class _Page:
    """What blocks need to know of each other: the ids taken, the contents so far."""

    contents: list[dict[str, Any]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    same: Counter[str] = field(default_factory=Counter)
    live: int = 0
    tables: int = 0

    def new_id(self, text: str) -> str:
        """Stable while the text stands; the prefix keeps headings from shadowing names of the page's own."""
        name = f"s-{slugify(text, allow_unicode=True)[:60].strip('-') or 'section'}"
        candidate = name
        while candidate in self.ids:
            self.same[name] += 1
            candidate = f"{name}-{self.same[name] + 1}"
        self.ids.add(candidate)
        return candidate


def _html(block: Block, page: _Page) -> str:
    match block.tag:
        case "h2" | "h3" | "h4":
            return _heading(block, page)
        case "careers-block":
            page.contents.append({"block": page.live})
            page.live += 1
            return f"{opening(block.tag, block.attributes)}</careers-block>"
        case "table":
            return _table(block, page)
        case "pre":
            return _code(block)
        case "figure":
            return _figure(block, page)
        case "hr":
            return "<hr>"
    return _element(block, page)


def _element(block: Block, page: _Page, attributes: dict[str, str] | None = None) -> str:
    start = opening(block.tag, block.attributes | (attributes or {}))
    children = block.children
    if block.tag in ("li", "td", "th") and children and children[0].tag == "p" and _reads_as_text(children):
        first, *children = children
        start += _inline(first, page)
    inner = "\n".join(_html(child, page) for child in children)
    return f"{start}{inner or _inline(block, page)}</{block.tag}>"


def _reads_as_text(children: list[Block]) -> bool:
    """A lone paragraph needs no <p>, nor does one that introduces a nested list."""
    return all(child.tag in ("ul", "ol") for child in children[1:])


def _inline(block: Block, page: _Page) -> str:
    page.live += block.text.count(PLACE)
    return inline(block.runs, link=' rel="noopener"')


def _heading(block: Block, page: _Page) -> str:
    heading_id = page.new_id(block.text)
    if block.tag != "h4":
        entry: dict[str, Any] = {"level": int(block.tag[1]), "id": heading_id, "title": block.text}
        if places := block.text.count(PLACE):
            entry["live"] = list(range(page.live, page.live + places))
        page.contents.append(entry)
    return f"{opening(block.tag, {'id': heading_id})}{_inline(block, page)}</{block.tag}>"


def _table(table: Block, page: _Page) -> str:
    """In a region of its own that scrolls, named so that a screen reader can say what it is."""
    page.tables += 1
    name = {"aria-label": f"Table {page.tables}"}
    parts = []
    for part in table.children:
        if part.tag == "caption":
            name = {"aria-labelledby": f"table-{page.tables}"}
            parts.append(
                f"{opening('caption', {'id': f'table-{page.tables}'})}{_inline(part, page)}</caption>"
            )
        else:
            rows = "\n".join(_row(row, page, in_head=part.tag == "thead") for row in part.children)
            parts.append(f"<{part.tag}>\n{rows}\n</{part.tag}>")
    region = {"class": "table-scroll", "role": "region", "tabindex": "0", **name}
    return "\n".join([f"{opening('div', region)}<table>", *parts, "</table></div>"])


def _row(row: Block, page: _Page, *, in_head: bool) -> str:
    cells = [_element(cell, page, _scope(cell, in_head=in_head)) for cell in row.children]
    return "<tr>" + "\n".join(cells) + "</tr>"


def _scope(cell: Block, *, in_head: bool) -> dict[str, str]:
    if cell.tag == "td":
        return {}
    scope, span = ("col", "colspan") if in_head else ("row", "rowspan")
    return {"scope": f"{scope}group" if span in cell.attributes else scope}


def _code(block: Block) -> str:
    language = block.attributes.get("class", "").removeprefix("language-")
    attributes = {"tabindex": "0"} | ({"data-language": language_label(language)} if language else {})
    start = opening("pre", attributes) + opening("code", block.attributes)
    return f"{start}{coloured(block.text, language)}</code></pre>"


def _figure(block: Block, page: _Page) -> str:
    """A width lets the browser keep the place; the smaller files are named from it."""
    image = {name: value for name, value in block.attributes.items() if name != "data-picture"}
    image.setdefault("alt", "")
    image |= {"loading": "lazy", "decoding": "async"}
    files = sources(image["src"], int(image.get("width", "0")))
    if files is None:
        picture = opening("img", image)
    else:
        image |= {"src": files.fallback, "srcset": files.jpeg, "sizes": _SIZES}
        source = {"type": "image/avif", "srcset": files.avif, "sizes": _SIZES}
        picture = f"<picture>{opening('source', source)}{opening('img', image)}</picture>"
    caption = f"<figcaption>{_inline(block, page)}</figcaption>" if block.runs else ""
    return f"<figure>{picture}{caption}</figure>"


# --- Plain text -----------------------------------------------------------


def _texts(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if block.text:
            yield block.text
        yield from _texts(block.children)
