"""Two people went on from the same text: what each changed, side by side, and both together where that goes.

Plain values in and out: snapshots (``blog.snapshots``), and the names of fields.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .canonical import canonical
from .snapshots import Snapshot

Lines = Sequence[str]


@dataclass(frozen=True)
class Meeting:
    """One field that at least one of the two changed. ``both`` holds both changes, or is None."""

    name: str
    base: Any
    theirs: Any
    mine: Any
    both: Any = None

    @property
    def is_clash(self) -> bool:
        """Whether a person must choose: each changed it, and not to the same."""
        return self.theirs != self.mine and self.base not in (self.theirs, self.mine)

    @property
    def settled(self) -> Any:
        """What to keep where nobody need be asked; for a clash, both where that goes, else mine."""
        if self.mine == self.base:
            return self.theirs
        return self.both if self.is_clash and self.both is not None else self.mine


def meet(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> list[Meeting]:
    """The fields that differ anywhere, in the order of the form."""
    found = []
    for name in mine:
        three = base.get(name), theirs.get(name), mine[name]
        if not three[0] == three[1] == three[2]:
            found.append(Meeting(name, *three, both=_together(name, *three)))
    return found


def _together(name: str, base: Any, theirs: Any, mine: Any) -> Any:
    if isinstance(mine, list):
        return merge_lists(base or [], theirs or [], mine)
    return merge_bodies(base or "", theirs or "", mine) if name == "body" else None


def merge_lists(base: Lines, theirs: Lines, mine: Lines) -> list[Any]:
    """Mine, without what they took out and with what they added."""
    kept = [value for value in mine if value in theirs or value not in base]
    return kept + [value for value in theirs if value not in base and value not in mine]


def merge_bodies(base: str, theirs: str, mine: str) -> str | None:
    """None where both changed the same lines, or where the lines no longer make one text together."""
    lines = merge_lines(base.split("\n"), theirs.split("\n"), mine.split("\n"))
    if lines is None:
        return None
    merged = "\n".join(lines)
    return merged if canonical(merged) == merged else None


def merge_lines(base: Lines, theirs: Lines, mine: Lines) -> list[str] | None:
    base, theirs, mine = list(base), list(theirs), list(mine)
    merged: list[str] = []
    at_base = at_theirs = at_mine = 0
    for in_base, in_theirs, in_mine, length in _agreements(base, theirs, mine):
        part = _part(base[at_base:in_base], theirs[at_theirs:in_theirs], mine[at_mine:in_mine])
        if part is None:
            return None
        merged += [*part, *base[in_base : in_base + length]]
        at_base, at_theirs, at_mine = in_base + length, in_theirs + length, in_mine + length
    return merged


def _part(base: Lines, theirs: Lines, mine: Lines) -> Lines | None:
    """Between two places where all three agree. Neighbours that each changed in place are no clash."""
    if theirs == mine or mine == base:
        return theirs
    if theirs == base:
        return mine
    if not len(base) == len(theirs) == len(mine) > 1:
        return None
    lines = [_part([b], [t], [m]) for b, t, m in zip(base, theirs, mine, strict=True)]
    return None if None in lines else [line for part in lines if part for line in part]


def _agreements(base: Lines, theirs: Lines, mine: Lines) -> Iterator[tuple[int, int, int, int]]:
    """Where a stretch of ``base`` stands in both others: its start in each, its length. The last is empty."""
    mine_blocks = _blocks(base, mine)
    for b, t, length in _blocks(base, theirs):
        for other, m, other_length in mine_blocks:
            start, end = max(b, other), min(b + length, other + other_length)
            if start < end:
                yield start, t + start - b, m + start - other, end - start
    yield len(base), len(theirs), len(mine), 0


def _blocks(one: Lines, other: Lines) -> list[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]
