"""What writing machines leave behind. Code is never touched: an article may well explain these marks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from blog.artefacts import MARK, MEANINGLESS, TRACKING
from blog.canonical import Block
from blog.inline_text import Run

from .findings import Fix, Known, Note, Place, in_body, shortened
from .stories import CODE, SEEN_LINES, Passage, Story, everywhere, masked

MARKS: Final = re.compile(f"{MARK.pattern}|{MEANINGLESS.pattern}", re.VERBOSE)
PHRASES: Final = re.compile(
    r"(?<![“\"‘'„«])\b(?:As an? (?:AI|artificial intelligence|large) (?:language )?(?:model|assistant)\b"
    r"|(?:as of|since) my (?:last|latest) (?:knowledge|training) (?:update|cut-?off)"
    r"|(?:my|your) knowledge cut-?off"
    r"|I (?:cannot|can't|can’t) (?:browse|access) the (?:internet|web)\b"
    r"|I hope this (?:helps|article helps)[.!]"
    r"|(?:Certainly|Sure|Of course)! Here(?:'s|’s| is| are)\b"
    r"|Would you like me to\b|Let me know if you(?:'d|’d| would) like)",
    re.IGNORECASE,
)
ROUNDS: Final = 20  # what is left over when a mark has gone may make another


def ai_marks(story: Story, known: Known) -> Iterator[Note]:
    """Citation marks and private characters of chat programs, in the text or in a line."""
    fix = Fix("Remove the marks", without_marks)
    for passage in story.prose:
        if found := MARKS.search(passage.text) or TRACKING.search(passage.text):
            yield Note(in_body(passage, around(passage.text, found)), _told(found[0]), fix)
    for name, text in lines(story):
        if found := MARKS.search(text) or TRACKING.search(text):
            yield Note(Place(name, excerpt=shortened(text)), _told(found[0]), fix)


def ai_links(story: Story, known: Known) -> Iterator[Note]:
    """Addresses that say the link was copied out of a chat program."""
    fix = Fix("Take it off the links", without_tracking)
    for passage in story.prose:
        for address in sorted(addresses(passage.block.runs)):
            if found := TRACKING.search(address):
                message = f"A link says where it was copied: “{found[0]}”."
                yield Note(in_body(passage, _linked_words(passage, address)), message, fix)


def ai_phrases(story: Story, known: Known) -> Iterator[Note]:
    """Sentences a machine says of itself. Quoted they may stand."""
    for passage in story.prose:
        for found in PHRASES.finditer(passage.text):
            yield Note(in_body(passage, around(passage.text, found)), _spoken(found[0]))
    for name, text in lines(story):
        if spoken := PHRASES.search(text):
            yield Note(Place(name, excerpt=shortened(text)), _spoken(spoken[0]))


def lines(story: Story) -> Iterator[tuple[str, str]]:
    for name in SEEN_LINES:
        yield name, getattr(story, name)


def addresses(runs: Iterable[Run]) -> set[str]:
    return {address for run in runs for tag, address in run.marks if tag == "a"}


def around(text: str, found: re.Match[str]) -> str:
    """The words found, with a few before them so that a person sees where they are."""
    before = text[max(0, found.start() - 30) : found.start()]
    return (before.partition(" ")[2] if found.start() > 30 else before).replace(CODE, "") + found[0]


def _told(mark: str) -> str:
    if all("\ue000" <= char <= "\uf8ff" for char in mark):
        return "A character that shows as an empty box was pasted in."
    return f"A chat program left a mark: “{shortened(mark)}”."


def _spoken(phrase: str) -> str:
    return f"“{shortened(phrase)}” reads as a machine speaking of itself. Please rewrite the sentence."


def _linked_words(passage: Passage, address: str) -> str:
    return "".join(run.text for run in passage.block.runs if ("a", address) in run.marks)


# --- Mending ----------------------------------------------------------------


def without_marks(story: Story) -> Story:
    cleaned: dict[str, Any] = {name: without_marks_in(text) for name, text in lines(story)}
    return replace(story, **cleaned).rewritten(_without_marks)


def without_marks_in(text: str) -> str:
    if not (MARKS.search(text) or TRACKING.search(text)):
        return text
    for _ in range(ROUNDS):
        after = TRACKING.sub("", MARKS.sub("", text))
        if after == text:
            break
        text = after
    return re.sub(r" +([.,;:!?])", r"\1", " ".join(text.split()))


def _without_marks(blocks: list[Block]) -> list[Block]:
    for block in everywhere(blocks):
        if block.runs and block.tag != "pre":
            _unmark(block)
    return blocks


def _unmark(block: Block) -> None:
    for _ in range(ROUNDS):
        found = [match.span() for pattern in (MARKS, TRACKING) for match in pattern.finditer(masked(block))]
        if not found:
            return
        _take_out(block, found)


def _take_out(block: Block, spans: list[tuple[int, int]]) -> None:
    """With the blank before, where nothing or a stop follows: in one walk, however many there are."""
    text = block.text
    gone = bytearray(len(text))
    for start, end in spans:
        while start and text[start - 1] == " " and text[end : end + 1] in ("", " ", ".", ",", "\n"):
            start -= 1
        gone[start:end] = b"\x01" * (end - start)
    position, runs = 0, []
    for run in block.runs:
        kept = "".join(char for at, char in enumerate(run.text, position) if not gone[at])
        position += len(run.text)
        runs.append(replace(run, text=kept))
    block.runs = [run for run in runs if run.text]


def without_tracking(story: Story) -> Story:
    return story.rewritten(_untracked)


def _untracked(blocks: list[Block]) -> list[Block]:
    for block in everywhere(blocks):
        block.runs = [replace(run, marks=tuple(map(_untracked_mark, run.marks))) for run in block.runs]
    return blocks


def _untracked_mark(mark: tuple[str, str]) -> tuple[str, str]:
    tag, address = mark
    return (tag, without_parameter(address)) if tag == "a" and TRACKING.search(address) else mark


def without_parameter(address: str) -> str:
    """Without that parameter, and without the question mark where it was the only one."""
    for _ in range(ROUNDS):
        after = TRACKING.sub("", address)
        if after == address:
            break
        address = after
    address = re.sub(r"([?&])&+", r"\1", address)
    return re.sub(r"[?&]+(?=#|$)", "", address)
