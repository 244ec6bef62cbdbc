"""Sentences that say the same twice. Compared by what they share, never each with every other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .findings import Known, Note, in_body, shortened
from .stories import CODE, Passage, Story

ALIKE: Final = 0.6
FEWEST_WORDS: Final = 8
SHINGLE: Final = 3
COMMONPLACE: Final = 20  # a turn of phrase in so many sentences tells nothing about two of them
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_PROSE_TAGS: Final = ("p", "figcaption")


@dataclass(frozen=True)
class Sentence:
    passage: Passage
    text: str
    words: tuple[str, ...]

    @property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        starts = range(len(self.words) - SHINGLE + 1)
        return frozenset(self.words[start : start + SHINGLE] for start in starts)


def repeated_sentences(story: Story, known: Known) -> Iterator[Note]:
    """The same, or nearly: by the share of runs of three words that both have (Jaccard)."""
    first: dict[tuple[str, ...], Sentence] = {}
    seen = Seen()
    for sentence in sentences(story):
        twin = first.get(sentence.words)
        if twin is None:
            first[sentence.words] = sentence
            twin = seen.like(sentence)
        if twin is not None:
            message = f"This sentence says nearly the same as an earlier one: “{shortened(twin.text)}”"
            yield Note(in_body(sentence.passage, sentence.text), message)


class Seen:
    """The sentences so far, by the runs of words in them."""

    def __init__(self) -> None:
        self.having: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self.sentences: list[tuple[Sentence, int]] = []

    def like(self, sentence: Sentence) -> Sentence | None:
        """An earlier one that is much alike; and remembers this one."""
        shingles = sentence.shingles
        shared = Counter(number for shingle in shingles for number in self.having.get(shingle, ()))
        found = [number for number, count in shared.items() if self._jaccard(number, count, shingles) > ALIKE]
        self._remember(sentence, shingles)
        return self.sentences[min(found)][0] if found else None

    def _jaccard(self, number: int, count: int, shingles: frozenset[tuple[str, ...]]) -> float:
        return count / (len(shingles) + self.sentences[number][1] - count)

    def _remember(self, sentence: Sentence, shingles: frozenset[tuple[str, ...]]) -> None:
        number = len(self.sentences)
        self.sentences.append((sentence, len(shingles)))
        for shingle in shingles:
            if len(self.having[shingle]) < COMMONPLACE:
                self.having[shingle].append(number)


def sentences(story: Story) -> Iterator[Sentence]:
    for passage in story.prose:
        if passage.block.tag in _PROSE_TAGS:
            for found in _SENTENCE.finditer(passage.text):
                words = tuple(re.findall(r"\w+", found[0].casefold()))
                if len(words) >= FEWEST_WORDS and CODE not in found[0]:
                    yield Sentence(passage, found[0].strip(), words)
