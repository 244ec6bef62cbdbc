"""Text inside one block: runs of characters with their formatting, tidied and written as HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Final

Mark = tuple[str, str]  # ("strong", "") or ("a", address)

_MARK_ORDER: Final = ["a", "strong", "em", "s", "sub", "sup", "code"]


PLACE: Final = "\ufffc"  # in a text, the place of a live part; sanitising keeps the character out otherwise


@dataclass(frozen=True)
class Live:
    """A part of a sentence that is filled from the catalogue when it is shown, as a tag without content."""

    tag: str
    attributes: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        written = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes)
        return f"<{self.tag}{written}></{self.tag}>"


@dataclass(frozen=True)
class Run:
    """Some text in one formatting. A newline in it is a line break: other white space is single spaces.

    The text of a live part is its ``PLACE``.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    live: Live | None = None


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Each formatting once, the outermost link winning, in the one order they are written."""
    first: dict[str, Mark] = {}
    for mark in marks:
        if mark != ("a", ""):
            first.setdefault(mark[0], mark)
    return tuple(sorted(first.values(), key=lambda mark: _MARK_ORDER.index(mark[0])))


def tidy(runs: list[Run], *, one_line: bool = False, plain: bool = False) -> list[Run]:
    """Runs joined where their formatting is the same, without doubled or outer white space."""
    if plain:
        runs = [replace(run, marks=()) for run in runs]
    runs = [replace(run, text=_spaced(run.text, one_line=one_line)) for run in _joined(runs)]
    return _joined(_trimmed_right(_trimmed_left(runs)))


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and joined[-1].marks == run.marks and not (joined[-1].live or run.live):
            joined[-1] = Run(joined[-1].text + run.text, run.marks)
        else:
            joined.append(run)
    return joined


def _spaced(text: str, *, one_line: bool) -> str:
    """A no-break space stays where it has a meaning (10 km, 50 %); pasted ones are ordinary spaces."""
    text = re.sub(r"(?<![0-9])\xa0|\xa0(?![^\W_]|[%°€£$])", " ", text)
    text = re.sub("[\u2028\u2029]", "\n", text)
    if one_line:
        text = text.replace("\n", " ")
    return re.sub(r" +", " ", re.sub(r" *\n *", "\n", text))


def _trimmed_left(runs: list[Run]) -> list[Run]:
    kept: list[Run] = []
    before = "\n"
    for run in runs:
        text = run.text.lstrip(" \n") if not kept else run.text
        text = text.lstrip(" ") if before in " \n" else text
        if text:
            kept.append(replace(run, text=text))
            before = text[-1]
    return kept


def _trimmed_right(runs: list[Run]) -> list[Run]:
    kept: list[Run] = []
    after = ""
    for run in reversed(runs):
        text = run.text.rstrip(" \n") if not kept else run.text
        text = text.rstrip(" ") if after == "\n" else text
        if text:
            kept.append(replace(run, text=text))
            after = text[0]
    return kept[::-1]


def inline(runs: list[Run], *, link: str = "") -> str:
    """The runs as HTML; ``link`` is what every link to another site carries besides its address."""
    out: list[str] = []
    is_open: list[Mark] = []
    for run in [*runs, Run("")]:
        shared = 0
        while shared < min(len(is_open), len(run.marks)) and is_open[shared] == run.marks[shared]:
            shared += 1
        out += [f"</{tag}>" for tag, _ in reversed(is_open[shared:])]
        out += [_opening_mark(mark, link) for mark in run.marks[shared:]]
        is_open = list(run.marks)
        out.append(str(run.live) if run.live else escape(run.text, quote=False).replace("\n", "<br>"))
    return "".join(out)


def _opening_mark(mark: Mark, link: str) -> str:
    tag, address = mark
    if tag != "a":
        return f"<{tag}>"
    elsewhere = re.match(r"(?:https?:)?[/\\]{2}", address, re.IGNORECASE)
    return f'<a href="{escape(address)}"{link if elsewhere else ""}>'
