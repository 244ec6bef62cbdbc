"""What an entry would change, line by line. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from .nouns import Data, Part

LONGEST = 80


def lines(before: Data, after: Data, parts: tuple[Part, ...]) -> list[str]:
    """A line for each value that is not what it was, for each row that comes and each that goes."""
    old, new = dict(flat(before, parts)), dict(flat(after, parts))
    changed = [
        f"{name}: {short(old[name])} → {short(value)}"
        for name, value in new.items()
        if name in old and old[name] != value
    ]
    come = [f"{name}: {short(value) if value else 'new'}" for name, value in new.items() if name not in old]
    return [
        *changed,
        *come,
        *(f"{name}: gone" for name in outermost(name for name in old if name not in new)),
    ]


def outermost(names: Iterable[str]) -> list[str]:
    """A row that goes takes its values with it."""
    found: list[str] = []
    for name in names:
        if not found or not name.startswith(f"{found[-1]} "):
            found.append(name)
    return found


def flat(data: Data, parts: tuple[Part, ...], within: str = "") -> Iterator[tuple[str, object]]:
    """Every value under a name of its own, such as “role_skills python importance”."""
    inner = {part.name: part for part in parts}
    for name, value in data.items():
        if name not in inner:
            yield f"{within}{name}", value
            continue
        for label, row in labelled(inner[name], value):
            yield f"{within}{label}", ""
            yield from flat(row, inner[name].parts, f"{within}{label} ")


def labelled(part: Part, rows: list[Data]) -> Iterator[tuple[str, Data]]:
    """By what tells the rows apart, or by their number."""
    taken: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        names = " ".join(str(row[name]) for name in part.names if row.get(name)) or str(number)
        taken[names] = taken.get(names, 0) + 1
        yield f"{part.name} {short(names)}{f' ({taken[names]})' * (taken[names] > 1)}", row


def short(value: object) -> str:
    words = ", ".join(map(str, value)) if isinstance(value, list) else value_in_words(value)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def value_in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {inner}" for name, inner in value.items())
    return " ".join(str(value).split()) if value not in ("", None) else "empty"
