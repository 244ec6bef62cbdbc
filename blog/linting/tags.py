"""Hashtags: few, of what the text is about, and each thing by one name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from blog.hashtag_names import key_of

from .findings import Fix, Known, Note, Place
from .stories import Story

MOST: Final = 7
LONGEST_NAME: Final = 4  # words
LONGEST_TEXT: Final = 400_000
SHORTEST_STEM: Final = 4
LONGEST_CUT: Final = 4  # letters that a shortened form keeps of the first word
_CAMEL: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\WA-Z_\d]+|\d+")
_WORD: Final = re.compile(r"[^\W_][\w+#.]*")


def too_many_hashtags(story: Story, known: Known) -> Iterator[Note]:
    if len(story.hashtags) > MOST:
        yield Note(
            Place("hashtags"), f"{len(story.hashtags)} hashtags. Readers are better served by {MOST} at most."
        )


def hashtags_without_evidence(story: Story, known: Known) -> Iterator[Note]:
    """The title, summary and text never name it, nor anything it is short for."""
    words = words_in(story)
    for name in dict.fromkeys(story.hashtags):
        if key_of(name) and not words.mention(name):
            message = f"#{name}: the text never mentions it."
            yield Note(Place("hashtags", excerpt=name), message, _without(name))


def same_hashtag_twice(story: Story, known: Known) -> Iterator[Note]:
    """One is short for another, as ML is for machine learning."""
    words = words_in(story)
    names = list(dict.fromkeys(story.hashtags))[:40]
    shorts = {short: name for name in names for short in words.short_forms(name)}
    for name in names:
        longer = shorts.get(key_of(name))
        if longer and key_of(longer) != key_of(name):
            message = f"#{name} and #{longer} mean the same."
            yield Note(Place("hashtags", excerpt=name), message, _without(name, label=f"Keep #{longer} only"))


def _without(name: str, *, label: str = "Remove it") -> Fix:
    def apply(story: Story) -> Story:
        return replace(story, hashtags=tuple(tag for tag in story.hashtags if tag != name))

    return Fix(label, apply)


@dataclass(frozen=True)
class Words:
    """``names``: one to four words in a row, by their key. ``rows``: those of several, by their first
    letter. ``beginnings``: of every word."""

    names: dict[str, tuple[str, ...]]
    rows: dict[str, list[str]]
    beginnings: frozenset[str]

    def mention(self, name: str) -> bool:
        key = key_of(name)
        if key in self.names or any(key in shortened_forms(row) for row in self._rows_with(key)):
            return True
        stems = [key_of(word) for word in split(name)]
        return bool(stems) and all(stem_of(word) in self.beginnings or word in self.names for word in stems)

    def _rows_with(self, key: str) -> Iterator[tuple[str, ...]]:
        """Only those that could be what ``key`` is short for: they begin as it does, and end so, too, unless
        it is made of their initials. Letters that fold into several are left to the closer look."""
        may_be_initials, end = len(key) <= LONGEST_NAME or not key.isascii(), key[LONGEST_CUT:]
        for name in self.rows.get(key[:1], ()):
            if may_be_initials or name.endswith(end) or not name.isascii():
                yield self.names[name]

    def short_forms(self, name: str) -> set[str]:
        """Of a hashtag; where it is written in one word, the text may tell of which words it is made."""
        row = split(name)
        return shortened_forms(row if len(row) > 1 else self.names.get(key_of(name), row))


@lru_cache(maxsize=2)  # two rules ask for those of one story
def words_in(story: Story) -> Words:
    names: dict[str, tuple[str, ...]] = {}
    keys: dict[str, str] = {}
    for text in _texts(story):
        words = [word.rstrip(".") for word in _WORD.findall(text[:LONGEST_TEXT])]
        keys |= {word: key_of(word) for word in set(words) - keys.keys()}
        for start in range(len(words)):
            name = ""
            for end in range(start, min(start + LONGEST_NAME, len(words))):
                name += keys[words[end]]
                names.setdefault(name, tuple(words[start : end + 1]))
    return Words(names, _of_several_words(names), frozenset(_beginnings(keys.values())))


def _of_several_words(names: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, row in names.items():
        if len(row) > 1:
            found[name[:1]].append(name)
    return found


def _texts(story: Story) -> Iterator[str]:
    yield from (story.title, story.summary, story.seo_title, story.seo_description)
    yield from (passage.block.text for passage in story.passages)
    yield " ".join(block.attributes.get("data-ref", "") for block in story.blocks)


def _beginnings(keys: Iterable[str]) -> Iterator[str]:
    """So that engineering is met in engineer."""
    return (key[:length] for key in keys for length in range(SHORTEST_STEM, min(len(key), 12) + 1))


def split(name: str) -> tuple[str, ...]:
    """GenerativeAI is of two words."""
    return tuple(part for word in name.split() for part in _CAMEL.findall(word))


def stem_of(key: str) -> str:
    return key[: max(SHORTEST_STEM, len(key) - 3)]


def shortened_forms(row: tuple[str, ...]) -> set[str]:
    """For generative, AI: gai, and genai. Words so short that they are no names give none."""
    if len(row) < 2 or any(len(word) < 4 and not word.isupper() and word.lower() != "ai" for word in row):
        return set()
    initials = "".join(word[0] for word in row)
    forms = {initials, *(row[0][:cut] + "".join(row[1:]) for cut in (3, LONGEST_CUT) if len(row[0]) > cut)}
    return {key for form in forms if len(key := key_of(form)) > 1}
