"""Reading and changing the text in a tree of blocks, formatting kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from blog.canonical import Block
from blog.inline_text import Run, tidy

HEADINGS: Final = ("h2", "h3", "h4")


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from every(block.children)


def words(block: Block) -> str:
    """All of its text in one line."""
    return " ".join(" ".join(one.text for one in every([block])).split())


def change_text(block: Block, change: Callable[[str], str]) -> None:
    """Text that is not code, and the addresses of links; a live part keeps its place."""
    if block.tag != "pre" and block.runs:
        runs = [_changed(run, change) for run in block.runs]
        block.runs = tidy(runs, one_line=block.tag not in ("p", "figcaption", "figure"))


def _changed(run: Run, change: Callable[[str], str]) -> Run:
    marks = tuple((tag, change(address) if tag == "a" else address) for tag, address in run.marks)
    is_text = run.live is None and ("code", "") not in run.marks
    return replace(run, text=change(run.text) if is_text else run.text, marks=marks)


def without_start(runs: list[Run], count: int) -> list[Run]:
    """The runs less their first ``count`` characters."""
    kept: list[Run] = []
    for run in runs:
        if count < len(run.text):
            kept.append(replace(run, text=run.text[count:]))
        count = max(0, count - len(run.text))
    return tidy(kept)


def lines_of(block: Block) -> list[str]:
    return [line for line in block.text.split("\n") if line.strip()]


def is_marked_whole(block: Block, mark: str) -> bool:
    written = [run for run in block.runs if run.text.strip()]
    return bool(written) and all((mark, "") in run.marks for run in written)


def unmark(block: Block, mark: str) -> None:
    block.runs = tidy([replace(r, marks=tuple(m for m in r.marks if m[0] != mark)) for r in block.runs])
