"""Narrowing the list of certifications: what can be chosen, and how many each choice would leave. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from careers.lifecycle import Answer, can_sit
from careers.sitting import Question
from careers.traits import TRAITS, UNKNOWN, Listed, Trait, Value

RETIRED = "retired"
# Chosen values by facet; those of one facet are alternatives.
Chosen = Mapping[str, tuple[str, ...]]
Labels = Mapping[str, Mapping[str, str]]

# Offered once it is asked for a day: whether each can be sat then.
SIT = "sit"
ANSWERS = {Answer.YES.value: "Yes", Answer.UNKNOWN.value: "Not known", Answer.NO.value: "No"}
NAMES = {SIT: "Can be sat then"} | {trait.name: trait.label for trait in TRAITS}


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

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.is_chosen)


@dataclass(frozen=True)
class Narrowed:
    """What is left, what could be chosen instead, and how many retired ones are kept out of sight."""

    rows: tuple[Listed, ...]
    facets: tuple[Facet, ...]
    hidden: int


def answered(rows: Iterable[Listed], question: Question) -> list[Listed]:
    """The same rows, each with the answer to the question as one more value."""
    return [replace(row, values={**row.values, SIT: (answer(row, question),)}) for row in rows]


def answer(row: Listed, question: Question) -> Value:
    key = can_sit(row.credential, question.language, on=question.day, today=question.on).answer.value
    return Value(key, ANSWERS[key])


def labels_of(rows: Sequence[Listed]) -> dict[str, dict[str, str]]:
    """Every value there is, in the order in which it is offered. Kinds are no choice where there is one."""
    found: dict[str, dict[str, str]] = {}
    for trait in TRAITS:
        values = {value for row in rows for value in row.values[trait.name]}
        if trait.name != "kind" or len(values) > 1:
            found[trait.name] = {value.key: value.label for value in sorted(values, key=place(trait))}
    return found


def place(trait: Trait) -> Callable[[Value], tuple[bool, int, str]]:
    """By the meaning of a value, or by its label; what is not known comes last."""
    rank = {key: number for number, key in enumerate(trait.order)}
    return lambda value: (value.key == UNKNOWN, rank.get(value.key, len(rank)), value.label.casefold())


def choose(asked: Mapping[str, Iterable[str]], labels: Labels) -> Chosen:
    """Of what was asked for, what exists; in the order in which it is offered."""
    wanted = {name: frozenset(asked.get(name, ())) for name in labels}
    chosen = {name: tuple(key for key in labels[name] if key in wanted[name]) for name in labels}
    return {name: keys for name, keys in chosen.items() if keys}


def narrow(rows: Sequence[Listed], labels: Labels, chosen: Chosen, *, with_retired: bool = False) -> Narrowed:
    """Retired ones stay out unless they are asked for, by themselves or as a status."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in labels}
    left, hidden = [], 0
    for row in rows:
        failed = list(failures(row, chosen, with_retired=with_retired))
        for name in counted(failed, labels):
            counts[name].update(value.key for value in row.values[name])
        if not failed:
            left.append(row)
        hidden += failed == ["status"] and "status" not in chosen
    facets = [facet(name, labels[name], counts[name], chosen.get(name, ())) for name in labels]
    return Narrowed(tuple(left), tuple(facets), hidden)


def failures(row: Listed, chosen: Chosen, *, with_retired: bool) -> Iterator[str]:
    """The facets under which a row is not wanted."""
    for name, keys in chosen.items():
        if not any(value.key in keys for value in row.values[name]):
            yield name
    if row.entry.is_retired and not with_retired and "status" not in chosen:
        yield "status"


def counted(failed: Sequence[str], labels: Iterable[str]) -> Iterable[str]:
    """The facets in which a row counts: all where it is left; where one keeps it out, that one alone."""
    return labels if not failed else failed if len(failed) == 1 else ()


def facet(name: str, labels: Mapping[str, str], counts: Mapping[str, int], chosen: Iterable[str]) -> Facet:
    """Each value with its count under the other choices; one that would leave nothing keeps its place."""
    keys = frozenset(chosen)
    choices = [Choice(key, text, counts.get(key, 0), key in keys) for key, text in labels.items()]
    return Facet(name, NAMES[name], tuple(choices))
