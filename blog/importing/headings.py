"""Headings: found where a text does not mark them, in levels without gaps, and those with nothing below."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from blog.canonical import Block

from .blocks import HEADINGS, is_marked_whole, unmark, words

LONGEST: Final = 100
_SENTENCE_END: Final = re.compile(r"[.,:;!…][\"'”’)\]]*$")
_NO_WORDS: Final = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Guess:
    """A paragraph that reads like a heading. ``level`` 0 would leave it a paragraph."""

    number: int
    text: str
    level: int


def guess(blocks: list[Block], chosen: Mapping[int, int]) -> list[Guess]:
    """Turns into headings what reads like one, at the level ``chosen`` for it or the proposed one."""
    have_marks = any(block.tag in HEADINGS for block in blocks)
    guesses: list[Guess] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        text = _like_heading(block, after, only_bold=have_marks)
        if text:
            proposed = Guess(len(guesses), text, 3 if have_marks else 2)
            guesses.append(replace(proposed, level=chosen.get(proposed.number, proposed.level)))
            _become(block, guesses[-1].level)
    return guesses


def _like_heading(block: Block, after: Block | None, *, only_bold: bool) -> str:
    """Short, begins like a title, ends like no sentence, and something follows."""
    if block.tag == "ol" and not only_bold:
        return _lonely_number(block, after)
    text = words(block)
    if block.tag != "p" or after is None or "\n" in block.text or not 1 < len(text) <= LONGEST:
        return ""
    if _SENTENCE_END.search(text[-8:]) or _NO_WORDS.fullmatch(text):
        return ""
    is_bold = is_marked_whole(block, "strong")
    begins = text[0].isupper() or text[0].isdecimal()
    return text if is_bold or (begins and not only_bold and not _is_link(block)) else ""


def _lonely_number(block: Block, after: Block | None) -> str:
    """ "2. Learn Python" above a paragraph: a numbered heading that was read as a list of one."""
    items = block.children
    if after is None or after.tag == "ol" or len(items) != 1 or len(items[0].children) != 1:
        return ""
    if not _like_heading(items[0].children[0], after, only_bold=False):
        return ""
    return f"{block.attributes.get('start', '1')}. {words(block)}"


def _is_link(block: Block) -> bool:
    return all(any(mark[0] == "a" for mark in run.marks) for run in block.runs if run.text.strip())


def _become(block: Block, level: int) -> None:
    if level == 0:
        return
    if block.tag == "ol":
        block.runs = block.children[0].children[0].runs
        block.children, block.attributes = [], {}
    block.tag = f"h{level}"
    unmark(block, "strong")


def settle(blocks: list[Block]) -> bool:
    """No level left out, and no heading in bold on top of being one. Whether a level was changed."""
    is_open: list[int] = []
    changed = False
    for block in (block for block in blocks if block.tag in HEADINGS):
        level = int(block.tag[1])
        while is_open and is_open[-1] >= level:
            is_open.pop()
        is_open.append(level)
        settled = f"h{min(4, len(is_open) + 1)}"
        changed = changed or settled != block.tag
        block.tag = settled
        if is_marked_whole(block, "strong"):
            unmark(block, "strong")
    return changed


def empty_sections(blocks: list[Block]) -> Iterator[str]:
    """Headings with nothing below them before the next of their level or a higher one."""
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.tag in HEADINGS and (after is None or (after.tag in HEADINGS and after.tag <= block.tag)):
            yield words(block)
