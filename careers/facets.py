"""Narrowing the list of certifications: what can be chosen, and how many each choice would leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from careers.directory import Entry

RETIRED = "retired"
Read = Callable[[Entry], tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Narrowed:
    """What is left, what could be chosen instead, and what was asked for that does not exist."""

    entries: tuple[Entry, ...]
    facets: tuple[Facet, ...]
    unknown: tuple[str, ...]
    with_retired: bool
    hidden: int


def read_status(entry: Entry) -> tuple[str, str]:
    return (entry.status.value, str(entry.status.label)) if entry.status else ("unknown", "Not known")


FACETS: dict[str, tuple[str, Read]] = {
    "provider": ("Provider", lambda entry: (entry.provider_slug, entry.provider)),
    "level": ("Level", lambda entry: (entry.level_key, entry.level)),
    "status": ("Status", read_status),
}


def narrow(entries: Sequence[Entry], asked: Mapping[str, str]) -> Narrowed:
    """Retired ones stay out unless they are asked for; a value that does not exist is left out and named."""
    labels = {name: dict(read(entry) for entry in entries) for name, (_, read) in FACETS.items()}
    wanted = {name: asked.get(name, "") for name in FACETS}
    chosen = {name: value for name, value in wanted.items() if value in labels[name]}
    with_retired = bool(asked.get(RETIRED)) or chosen.get("status") == RETIRED
    shown = [entry for entry in entries if with_retired or not entry.is_retired]
    left = matching(shown, chosen)
    return Narrowed(
        entries=tuple(left),
        facets=tuple(
            facet(name, entries if name == "status" else shown, chosen, labels[name]) for name in FACETS
        ),
        unknown=tuple(
            FACETS[name][0].lower() for name, value in wanted.items() if value and name not in chosen
        ),
        with_retired=with_retired,
        hidden=len(matching(entries, chosen)) - len(left),
    )


def matching(entries: Sequence[Entry], chosen: Mapping[str, str]) -> list[Entry]:
    return [
        entry
        for entry in entries
        if all(FACETS[name][1](entry)[0] == value for name, value in chosen.items())
    ]


def facet(name: str, entries: Sequence[Entry], chosen: Mapping[str, str], labels: Mapping[str, str]) -> Facet:
    """Each value with its count under the other choices; a chosen one stays, even with nothing left."""
    label, read = FACETS[name]
    others = {key: value for key, value in chosen.items() if key != name}
    counts: dict[str, int] = {}
    for entry in matching(entries, others):
        counts[read(entry)[0]] = counts.get(read(entry)[0], 0) + 1
    if name in chosen:
        counts.setdefault(chosen[name], 0)
    choices = [
        Choice(value, labels[value], count, is_chosen=chosen.get(name) == value)
        for value, count in counts.items()
    ]
    return Facet(name, label, tuple(choices))
