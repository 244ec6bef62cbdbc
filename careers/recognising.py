"""Finds the names of facts in plain text: the longest that begins at a place, whole words only.

Pure: a vocabulary is made from plain values and kept as long as its maker likes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from careers.naming import Called

# C++, C#, Security+, .NET and Node.js are one word each, and so is an address.
WORD = re.compile(
    r"(?:https?://|www\.)\S+|(?:(?<![\w.])\.)?\w+(?:\.\w+)*(?:(?:\+{1,2}|#)(?!\w))?", re.IGNORECASE
)
HYPHENS = frozenset("-\u2010\u2011")
DASHES = HYPHENS | frozenset("\u2012\u2013\u2014")
# After a word as short as R or Go, what says that a language is meant.
OF_A_LANGUAGE = re.compile(r"\s+(?:programming|language|code|developers?|programs?|scripts?|packages?)\b")
LISTED = re.compile(r"\s*(?:,|/|,?\s*(?:and|or|&))\s*")


class Case(Enum):
    """How capitals must stand in the text."""

    ANY = "any"
    CAPITAL = "first letter"
    EXACT = "exact"


@dataclass(frozen=True)
class Word:
    written: str
    forms: frozenset[str]  # as compared: without regard to case, unless it is exact
    case: Case

    def is_said_by(self, token: str) -> bool:
        if self.case is Case.EXACT:
            return token in self.forms
        return self.case is Case.ANY or token[:1].isupper()

    @cached_property
    def keys(self) -> set[str]:
        return {form.casefold() for form in self.forms}

    @cached_property
    def key(self) -> str:
        return self.written.casefold()


class Name(NamedTuple):
    """One name of one fact. ``gaps`` are what stands between its words."""

    fact: int
    words: tuple[Word, ...]
    gaps: tuple[str, ...]
    is_own: bool
    is_code: bool

    @property
    def needs_company(self) -> bool:
        """R, C and Go are letters and words besides."""
        first = self.words[0].written
        return (
            len(self.words) == 1
            and first.isalpha()
            and (len(first) == 1 or (len(first) == 2 and first.istitle()))
        )


@dataclass(slots=True)
class Node:
    """A step on the way through the words of names; ``ends`` are the names that end with a word here."""

    further: dict[str, "Node"] = field(default_factory=dict)
    ends: dict[str, list[Name]] = field(default_factory=dict)


@dataclass(frozen=True)
class Spot:
    """A place in a text, and the facts that have the name that stands there, the likeliest first."""

    start: int
    end: int
    facts: tuple[Called, ...]


@lru_cache(maxsize=2)
def vocabulary(facts: tuple[Called, ...]) -> "Vocabulary":
    """Made anew only when a fact has changed."""
    return Vocabulary(facts)


class Vocabulary:
    def __init__(self, facts: Iterable[Called]) -> None:
        self.facts = list(facts)
        self.root = Node()
        for number, fact in enumerate(self.facts):
            for name in names_of(number, fact):
                self.add(name)

    def add(self, name: Name) -> None:
        node = self.root
        for word in name.words[:-1]:
            node = node.further.setdefault(word.key, Node())
        for key in name.words[-1].keys:
            node.ends.setdefault(key, []).append(name)

    def find(self, text: str) -> list[Spot]:
        """In order; no two share a letter."""
        tokens = list(WORD.finditer(text))
        keys = [token[0].casefold() for token in tokens]
        found: list[tuple[Spot, bool]] = []
        at = 0
        while at < len(tokens):
            length, names = self.longest(text, tokens, keys, at)
            if names:
                start, end = tokens[at].start(), tokens[at + length - 1].end()
                end += "(" in text[start:end] and text[end : end + 1] == ")"
                facts = tuple(self.facts[number] for number in sorted({name.fact for name in names}))
                found.append((Spot(start, end, facts), any(name.needs_company for name in names)))
            at += max(1, length)
        shouted = len(text) > 4 and text.isupper()
        return [spot for spot in in_company(found, text) if not is_noise(spot, text, shouted=shouted)]

    def longest(
        self, text: str, tokens: Sequence[re.Match[str]], keys: Sequence[str], at: int
    ) -> tuple[int, list[Name]]:
        """How many words from ``at`` on are a name, and whose."""
        best: tuple[int, list[Name]] = (0, [])
        node: Node | None = self.root
        for here in range(at, len(tokens)):
            if node is None:
                break
            said = [name for name in node.ends.get(keys[here], ()) if stands(name, text, tokens, at)]
            if said:
                best = (here - at + 1, [name for name in said if name.is_own] or said)
            node = node.further.get(keys[here])
        return best


def between(text: str, tokens: Sequence[re.Match[str]]) -> tuple[str, ...]:
    return tuple(text[left.end() : right.start()] for left, right in pairwise(tokens))


def stands(name: Name, text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether capitals and what is between the words are as the name has them."""
    said = tokens[at : at + len(name.words)]
    return all(word.is_said_by(token[0]) for word, token in zip(name.words, said, strict=True)) and all(
        joins(own, found, is_code=name.is_code)
        for own, found in zip(name.gaps, between(text, said), strict=True)
    )


def joins(own: str, found: str, *, is_code: bool) -> bool:
    """Whether ``found`` may stand between two words of a name that has ``own`` there."""
    if own == found or (own in HYPHENS and found in HYPHENS):
        return True
    if is_code or "\n" in found or len(found) > 3:
        return False
    sign = own.strip()
    if not sign or (sign in HYPHENS and sign == own):
        return found.isspace() or found in HYPHENS
    if sign in DASHES:
        return found.isspace() or found.strip() in DASHES
    return found.strip() == sign or (sign in ":(" and found.isspace())


# --- From names to words ------------------------------------------------------


def names_of(number: int, fact: Called) -> Iterator[Name]:
    spellings = [(fact.name, True, False)]
    spellings += [(other, False, False) for other in fact.others]
    spellings += [(code, True, True) for code in fact.codes]
    for spelling, is_own, is_code in spellings:
        tokens = list(WORD.finditer(spelling))
        if not any(char.isalpha() for char in spelling) or not tokens:
            continue
        gaps = between(spelling, tokens)
        words = tuple(words_of([token[0] for token in tokens], fact.noun, is_code=is_code))
        yield Name(number, words, gaps, is_own, is_code)


def words_of(written: Sequence[str], noun: str, *, is_code: bool) -> Iterator[Word]:
    alone, last = len(written) == 1, len(written) - 1
    if is_code:
        case = Case.ANY if any(char.isdigit() for part in written for char in part) else Case.EXACT
        yield from (Word(part, frozenset([part]), case) for part in written)
        return
    for place, word in enumerate(written):
        yield word_of(word, noun, alone, place == last)


@lru_cache(maxsize=8192)
def word_of(word: str, noun: str, alone: bool, is_last: bool) -> Word:  # noqa: FBT001 -- the cache wants it so
    case = case_of(word, noun, alone=alone)
    may_vary = is_last and not (alone and case is Case.CAPITAL)
    return Word(word, frozenset(numbers_of(word, alone=alone) if may_vary else [word]), case)


def case_of(word: str, noun: str, *, alone: bool) -> Case:
    """Acronyms as they are (IT is not it). What is sold has its capital (Excel, Spring); a word has any."""
    if word.isupper() or (alone and len(word) <= 3 and word.islower()):
        return Case.EXACT
    if not word[:1].isupper() or any(char.isupper() for char in word[1:]):
        return Case.ANY
    is_sold = noun == "credential" or (alone and noun == "technology")
    return Case.CAPITAL if is_sold or (alone and len(word) <= 2) else Case.ANY


def numbers_of(word: str, *, alone: bool) -> set[str]:
    """One and many. A word alone loses no letter: pandas is no panda."""
    if len(word) < 3 or not word.isalpha():
        return {word} | ({word + "s"} if word.isalpha() and word.isupper() and len(word) == 2 else set())
    forms = {word, word + "s"}
    if word.endswith(("s", "x", "ch", "sh")):
        forms = {word, word + "es"}
    elif word.endswith("y") and word[-2] not in "aeiou":
        forms = {word, word[:-1] + "ies"}
    if not alone and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        forms.add(word[:-1])
    return forms


# --- What only looks like a name ----------------------------------------------


def in_company(found: Sequence[tuple[Spot, bool]], text: str) -> Iterator[Spot]:
    """Without the doubtful, unless they are listed with a sure one or called a language."""
    for run in runs(found, text):
        is_sure = any(not doubtful for _, doubtful in run)
        for spot, doubtful in run:
            if is_sure or not doubtful or OF_A_LANGUAGE.match(text, spot.end):
                yield spot


def runs(found: Sequence[tuple[Spot, bool]], text: str) -> Iterator[list[tuple[Spot, bool]]]:
    """Spots with only a comma, a stroke, "and" or "or" between them."""
    run: list[tuple[Spot, bool]] = []
    for each in found:
        if run and not LISTED.fullmatch(text, run[-1][0].end, each[0].start):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def is_noise(spot: Spot, text: str, *, shouted: bool) -> bool:
    """Part of an address or of a handle; or two letters where all is in capitals: "GET IT NOW"."""
    if "@" in text[max(0, spot.start - 1) : spot.start] + text[spot.end : spot.end + 1]:
        return True
    return shouted and spot.end - spot.start <= 2
