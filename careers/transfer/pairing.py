"""Which of the rows there are is which of the rows wanted. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .nouns import Data, Part

There = Sequence[tuple[Any, Data]]


@dataclass(frozen=True)
class Pairing:
    changed: list[tuple[Any, Data]] = field(default_factory=list)
    gone: list[Any] = field(default_factory=list)
    new: list[Data] = field(default_factory=list)


def pair(part: Part, there: There, wanted: Sequence[Data]) -> Pairing:
    """By what tells them apart, or by their place. What would come out in another order is made anew."""
    if not by_name(part, there, wanted):
        return by_place(there, wanted)
    rows = {name(part, data): (row, data) for row, data in there}
    kept = [(rows[name(part, data)], data) for data in wanted if name(part, data) in rows]
    new = [data for data in wanted if name(part, data) not in rows]
    if not part.is_kept and is_reordered(part, there, wanted):
        return Pairing(gone=[row for row, _ in there], new=list(wanted))
    named = {name(part, data) for data in wanted}
    gone = [] if part.is_kept else [row for key, (row, _) in rows.items() if key not in named]
    return Pairing([(row, data) for (row, before), data in kept if before != data], gone, new)


def name(part: Part, data: Data) -> tuple[str, ...]:
    return tuple(str(data.get(field, "")) for field in part.names)


def by_name(part: Part, there: There, wanted: Sequence[Data]) -> bool:
    if not part.names:
        return False
    names = [[name(part, data) for data in rows] for rows in ([data for _, data in there], wanted)]
    return all(len(set(found)) == len(found) for found in names)


def by_place(there: There, wanted: Sequence[Data]) -> Pairing:
    both = list(zip(there, wanted, strict=False))
    changed = [(row, data) for (row, before), data in both if before != data]
    return Pairing(changed, [row for row, _ in there[len(both) :]], list(wanted[len(both) :]))


def is_reordered(part: Part, there: There, wanted: Sequence[Data]) -> bool:
    """Whether rows kept in place, and new ones at the end, would come out in another order."""
    names = [name(part, data) for data in wanted]
    after = dict(zip(names, wanted, strict=True))
    kept = [found for found in (name(part, data) for _, data in there) if found in after]
    rows = [*kept, *(found for found in names if found not in kept)]
    if part.sort == "order":
        rows.sort(key=lambda found: after[found].get("order", 0))
    return rows != names and part.sort in ("", "order")
