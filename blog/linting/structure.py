"""How a text is built: its sections and headings."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from blog.canonical import Block
from blog.inline_text import Run, tidy

from .findings import Fix, Known, Note, Place, in_body
from .stories import HEADINGS, Passage, Story, leaves, words_of

BODY: Final = Place("body")
MAX_HEADING_WORDS: Final = 12
MAX_PARAGRAPH_WORDS: Final = 150
_ENDS_A_SENTENCE: Final = re.compile(r"[.,;:!…]\s*$")


def empty_sections(story: Story, known: Known) -> Iterator[Note]:
    """A heading with nothing below it before the next of its rank, or before the end."""
    for number in _empty(story.blocks):
        heading = _passage(story, number)
        message = f"Nothing stands below “{heading.words}”. Write the section or remove its heading."
        yield Note(in_body(heading), message, _without_section(heading.block))


def skipped_ranks(story: Story, known: Known) -> Iterator[Note]:
    """From the title straight to a heading of the third rank, or from the second to the fourth."""
    rank = 1
    for passage in story.passages:
        if passage.block.tag in HEADINGS:
            before, rank = rank, int(passage.block.tag[1])
            if rank > before + 1:
                after = f"a heading {before}" if before > 1 else "the title"
                message = f"“{passage.words}” is a heading {rank} straight after {after}."
                yield Note(in_body(passage), message, Fix("Close the gaps", without_gaps))


def bold_headings(story: Story, known: Known) -> Iterator[Note]:
    """A paragraph all in bold that does the work of a heading, which no screen reader can find."""
    for number in _bold(story.blocks):
        passage = _passage(story, number)
        message = f"“{passage.words}” looks like a heading but is only bold."
        yield Note(in_body(passage), message, _as_heading(passage.words))


def unreadable_body(story: Story, known: Known) -> Iterator[Note]:
    if story.fault:
        yield Note(BODY, story.fault)


def empty_body(story: Story, known: Known) -> Iterator[Note]:
    if not story.blocks and not story.fault:
        yield Note(BODY, "There is no text yet.")


def long_paragraphs(story: Story, known: Known) -> Iterator[Note]:
    for passage in story.prose:
        words = len(passage.text.split())
        if passage.block.tag == "p" and words > MAX_PARAGRAPH_WORDS:
            yield Note(in_body(passage), f"A paragraph of {words} words. Shorter ones are easier to read.")


# --- Finding them -----------------------------------------------------------


def _passage(story: Story, number: int) -> Passage:
    return next(passage for passage in story.passages if passage.number == number)


def _empty(blocks: list[Block]) -> Iterator[int]:
    """A rule across the page is no content."""
    standing = [(number, block) for number, block in enumerate(blocks) if block.tag != "hr"]
    for (number, block), (_, after) in pairwise([*standing, (len(blocks), Block("h2"))]):
        if block.tag in HEADINGS and after.tag in HEADINGS and after.tag <= block.tag:
            yield number


def _bold(blocks: list[Block]) -> Iterator[int]:
    for number, block in enumerate(blocks[:-1]):
        below_lowest = number > 0 and blocks[number - 1].tag == "h4"
        if _is_bold_line(block) and blocks[number + 1].tag not in HEADINGS and not below_lowest:
            yield number


def _is_bold_line(block: Block) -> bool:
    text = block.text
    return (
        block.tag == "p"
        and bool(block.runs)
        and all(("strong", "") in run.marks or not run.text.strip() for run in block.runs)
        and 0 < len(text.split()) <= MAX_HEADING_WORDS
        and "\n" not in text
        and not _ENDS_A_SENTENCE.search(text)
    )


# --- Mending ----------------------------------------------------------------


def _without_section(heading: Block) -> Fix:
    text = heading.text
    return Fix("Remove the heading", lambda story: story.rewritten(lambda blocks: _filled(blocks, text)))


def _filled(blocks: list[Block], text: str) -> list[Block]:
    """Without the empty sections of that name; one that has gone may leave the one around it empty."""
    while gone := {number for number in _empty(blocks) if blocks[number].text == text}:
        blocks = [block for number, block in enumerate(blocks) if number not in gone]
    return blocks


def without_gaps(story: Story) -> Story:
    return story.rewritten(_without_gaps)


def _without_gaps(blocks: list[Block]) -> list[Block]:
    rank = 1
    for block in leaves(blocks):
        if block.tag in HEADINGS:
            rank = min(int(block.tag[1]), rank + 1)
            block.tag = f"h{rank}"
    return blocks


def _as_heading(text: str) -> Fix:
    return Fix("Make it a heading", lambda story: story.rewritten(lambda blocks: _raised(blocks, text)))


def _raised(blocks: list[Block], text: str) -> list[Block]:
    """One rank below the section it stands in."""
    bold = set(_bold(blocks))
    rank = 1
    for number, block in enumerate(blocks):
        if block.tag in HEADINGS:
            rank = int(block.tag[1])
        elif number in bold and words_of(block) == text:
            block.tag = f"h{min(rank + 1, 4)}"
            block.runs = tidy([_not_bold(run) for run in block.runs], one_line=True)
    return blocks


def _not_bold(run: Run) -> Run:
    return Run(run.text, tuple(mark for mark in run.marks if mark != ("strong", "")), run.live)
