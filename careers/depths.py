"""How deep each step of a graph lies, by the steps' numbers. Plain values only."""

from collections.abc import Iterable, Sequence

from careers.models.conditions import reaches

Pairs = Sequence[tuple[int, int]]


def depths(groups: Sequence[str], pairs: Pairs) -> list[int]:
    """Of each step, by the name of its group or "", the length of the longest way that leads to it.

    A group is as deep as its deepest, unless it would then lead back to itself. No pairs may come round.
    """
    stands_for = list(range(len(groups)))
    for group in sorted({name for name in groups if name}):
        members = [index for index, name in enumerate(groups) if name == group]
        together = [members[0] if index in members else own for index, own in enumerate(stands_for)]
        if not comes_round(between(pairs, together)):
            stands_for = together
    found = longest_ways(len(groups), between(pairs, stands_for))
    return [found[index] for index in stands_for]


def between(pairs: Pairs, stands_for: Sequence[int]) -> list[tuple[int, int]]:
    return sorted({(stands_for[start], stands_for[end]) for start, end in pairs})


def comes_round(pairs: Pairs) -> bool:
    return len(leading_on(pairs)) < len(pairs)


def leading_on(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """All but those that would close a circle."""
    graph: dict[int, list[int]] = {}
    kept = []
    for start, end in pairs:
        if not reaches(graph, end, start):
            graph.setdefault(start, []).append(end)
            kept.append((start, end))
    return kept


def longest_ways(count: int, pairs: Pairs) -> list[int]:
    found = [0] * count
    for _ in range(count):
        before = list(found)
        for start, end in pairs:
            found[end] = max(found[end], found[start] + 1)
        if found == before:
            break
    return found
