"""An article as the desk check reads it: plain values, and its body taken apart once."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Self

from blog.canonical import Block, canonical, read, write
from blog.inline_text import PLACE, Run
from blog.sanitising import BodyTooComplex, clean

CODE: Final = "\x00"  # stands for each character of code in what rules read
HEADINGS: Final = ("h2", "h3", "h4")
LINES: Final = ("title", "summary", "slug", "seo_title", "seo_description", "cover_alt")
SEEN_LINES: Final = ("title", "summary", "seo_title", "seo_description", "cover_alt")  # by readers, as words


@dataclass(frozen=True)
class Passage:
    """One block with text of its own. ``number`` counts the outermost blocks, ``heading`` is the one above.

    ``text`` is as long as the block's and has CODE in the place of code; ``words`` is the text as it reads.
    """

    number: int
    block: Block
    heading: str

    @cached_property
    def text(self) -> str:
        return masked(self.block)

    @property
    def words(self) -> str:
        return words_of(self.block)


@dataclass(frozen=True)
class Story:
    title: str = ""
    slug: str = ""
    summary: str = ""
    seo_title: str = ""
    seo_description: str = ""
    body: str = ""
    category: str = ""
    hashtags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    cover_alt: str = ""
    told: tuple[str, ...] = field(default=(), compare=False)  # what a fix could not carry over

    @classmethod
    def of_article(cls, article: Any) -> Self:
        """Of an Article as it is stored."""
        lines: dict[str, Any] = {name: getattr(article, name) or "" for name in (*LINES, "body")}
        return cls(
            **lines,
            category=article.category.name if article.category_id else "",
            hashtags=tuple(tag.name for tag in article.hashtags.all()),
            authors=tuple(line.author.name for line in article.bylines.all()),
        )

    @classmethod
    def of_values(cls, values: dict[str, Any]) -> Self:
        """Of a form or a snapshot: whatever is missing or odd counts as empty."""
        read: dict[str, Any] = {name: str(values.get(name) or "") for name in (*LINES, "body", "category")}
        read |= {name: tuple(map(str, values.get(name) or ())) for name in ("hashtags", "authors")}
        return cls(**read)

    # --- The body -----------------------------------------------------------

    @cached_property
    def _parsed(self) -> tuple[list[Block], str]:
        try:
            return read(clean(self.body)), ""
        except BodyTooComplex as refusal:
            return [], str(refusal)

    @property
    def blocks(self) -> list[Block]:
        """Not to be changed: ``rewritten`` gives copies."""
        return self._parsed[0]

    @property
    def fault(self) -> str:
        """Why the body cannot be read; empty when it can."""
        return self._parsed[1]

    @cached_property
    def passages(self) -> list[Passage]:
        found: list[Passage] = []
        heading = ""
        for number, block in enumerate(self.blocks):
            found += [Passage(number, leaf, heading) for leaf in leaves([block])]
            heading = block.text if block.tag in HEADINGS else heading
        return found

    @cached_property
    def prose(self) -> list[Passage]:
        """Without code."""
        return [passage for passage in self.passages if passage.block.tag != "pre"]

    def rewritten(self, change: Callable[[list[Block]], Iterable[Block]]) -> Self:
        """The story with ``change`` made to its blocks, which it may alter."""
        if self.fault:
            return self
        return replace(self, body=canonical(clean(write(list(change(deepcopy(self.blocks)))))))


def words_of(block: Block) -> str:
    return block.text.replace(PLACE, "…")


def leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block that has text or a picture of its own, in the order of reading."""
    for block in blocks:
        if block.runs or block.tag == "figure":
            yield block
        yield from leaves(block.children)


def everywhere(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from everywhere(block.children)


def masked(block: Block) -> str:
    if block.tag == "pre":
        return CODE * len(block.text)
    return "".join(CODE * len(run.text) if _is_code(run) else run.text for run in block.runs)


def _is_code(run: Run) -> bool:
    return any(tag == "code" for tag, _ in run.marks)


def replaced(runs: Iterable[Run], start: int, end: int, new: Callable[[Run], list[Run]]) -> list[Run]:
    """The runs with what ``new`` makes of the first run touched in the place of characters start to end."""
    out: list[Run] = []
    position, is_placed = 0, False
    for run in runs:
        begin, position = position, position + len(run.text)
        if position <= start or begin >= end:
            out.append(run)
            continue
        if begin < start:
            out.append(replace(run, text=run.text[: start - begin]))
        out += [] if is_placed else new(run)
        is_placed = True
        if position > end:
            out.append(replace(run, text=run.text[end - begin :]))
    return out
