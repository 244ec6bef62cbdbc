"""Which hashtags may be one, and why it looks so. Pure: names and numbers in, proposals out."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from .hashtag_names import key_of
from .linting.tags import shortened_forms, split

SHORTEST_MISSPELT = 5
SHORTEST_ALIKE = 8
ALIKE = 0.6
TOGETHER = 0.9
FEWEST_TOGETHER = 3
MOST_SHARING = 200  # three letters that more names than this have tell nothing
Pair = tuple[int, int]


@dataclass(frozen=True)
class Topic:
    pk: int
    name: str
    uses: int

    @property
    def key(self) -> str:
        return key_of(self.name)


@dataclass(frozen=True)
class Proposal:
    """``source`` could go into ``target``."""

    source: Topic
    target: Topic
    reason: str


def proposals(
    topics: Sequence[Topic], together: Mapping[Pair, int], apart: Collection[Pair] = ()
) -> list[Proposal]:
    """Each pair once, with the surest reason, the surest pairs first. ``together``: on how many articles."""
    rules: list[tuple[str, Callable[[], Iterable[tuple[Topic, Topic]]]]] = [
        ("spelt the same but for signs and endings", lambda: same_but_for_signs(topics)),
        ("one is short for the other", lambda: short_for(topics)),
        ("one letter apart", lambda: one_letter_apart(topics)),
        ("spelt alike", lambda: spelt_alike(topics)),
        ("nearly always on the same articles", lambda: always_together(topics, together)),
    ]
    found: dict[Pair, Proposal] = {}
    for reason, pairs in rules:
        for one, other in pairs():
            pair = (min(one.pk, other.pk), max(one.pk, other.pk))
            if pair not in apart:
                found.setdefault(pair, _proposal(one, other, reason))
    return list(found.values())


def _proposal(one: Topic, other: Topic, reason: str) -> Proposal:
    """The one on fewer articles goes; where that is even, the shorter."""
    source, target = sorted([one, other], key=lambda topic: (topic.uses, len(topic.name), -topic.pk))
    return Proposal(source, target, reason)


# --- Reasons ------------------------------------------------------------------


def same_but_for_signs(topics: Iterable[Topic]) -> Iterator[tuple[Topic, Topic]]:
    return _sharing((topic, [loosened(topic.name)]) for topic in topics)


def loosened(name: str) -> str:
    """Without accents, most signs, and the s of a plural. C, C++ and C# stay three; so do net and .NET."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", "and"))
    plain = re.sub(r"^\.(?=\w)", "dot", plain)
    key = "".join(char for char in plain if char.isalnum() or char in "+#")
    is_plural = len(key) > 3 and key.endswith("s") and not key.endswith(("ss", "us", "is"))
    return key[:-1] if is_plural else key


def short_for(topics: Sequence[Topic]) -> Iterator[tuple[Topic, Topic]]:
    """ML and Machine Learning, GenAI and Generative AI."""
    by_key = {topic.key: topic for topic in topics}
    for topic in topics:
        for form in sorted(shortened_forms(split(topic.name))):
            if form in by_key and by_key[form] is not topic:
                yield by_key[form], topic


def one_letter_apart(topics: Iterable[Topic]) -> Iterator[tuple[Topic, Topic]]:
    """One too many, one too few, one for another, or two that changed places."""
    long = [topic for topic in topics if len(topic.key) >= SHORTEST_MISSPELT]
    for one, other in _sharing((topic, _shorter_by_one(topic.key)) for topic in long):
        if _signs(one) == _signs(other) and _is_one_step(one.key, other.key):
            yield one, other


def _shorter_by_one(key: str) -> list[str]:
    return [key, *(key[:n] + key[n + 1 :] for n in range(len(key)))]


def _is_one_step(one: str, other: str) -> bool:
    """Two words that become the same by leaving out a letter each may still be two steps apart."""
    if len(one) != len(other):
        return True
    unlike = [n for n in range(len(one)) if one[n] != other[n]]
    swapped = len(unlike) == 2 and one[unlike[0]] == other[unlike[1]] and one[unlike[1]] == other[unlike[0]]
    return len(unlike) == 1 or (swapped and unlike[1] - unlike[0] == 1)


def spelt_alike(topics: Iterable[Topic]) -> Iterator[tuple[Topic, Topic]]:
    """Most of their threes of letters are the same."""
    threes = {topic: _threes(topic.key) for topic in topics if len(topic.key) >= SHORTEST_ALIKE}
    for one, other in _sharing(threes.items()):
        shared = len(threes[one] & threes[other])
        if shared / len(threes[one] | threes[other]) >= ALIKE and _signs(one) == _signs(other):
            yield one, other


def _threes(key: str) -> frozenset[str]:
    padded = f" {key} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def always_together(topics: Iterable[Topic], together: Mapping[Pair, int]) -> Iterator[tuple[Topic, Topic]]:
    by_pk = {topic.pk: topic for topic in topics}
    for (one, other), number in together.items():
        either = by_pk[one].uses + by_pk[other].uses - number
        if number >= FEWEST_TOGETHER and number / either >= TOGETHER:
            yield by_pk[one], by_pk[other]


def _signs(topic: Topic) -> list[str]:
    """Java 17 is not Java 21, and C# not C++."""
    return re.findall(r"\d+|[+#]", topic.key)


def _sharing(marked: Iterable[tuple[Topic, Iterable[str]]]) -> Iterator[tuple[Topic, Topic]]:
    """Every two that have a mark in common, once."""
    by_mark: dict[str, list[Topic]] = defaultdict(list)
    for topic, marks in marked:
        for mark in marks:
            if not by_mark[mark] or by_mark[mark][-1] is not topic:
                by_mark[mark].append(topic)
    seen: set[Pair] = set()
    for group in by_mark.values():
        for one, other in combinations(group, 2) if len(group) <= MOST_SHARING else pairwise(group):
            if (one.pk, other.pk) not in seen:
                seen.add((one.pk, other.pk))
                yield one, other
