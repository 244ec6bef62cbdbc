"""Where in a text the words of a query stand.

A page of results has ten thousand words, of which a hundred answer anything: the others are only counted.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from re import Match

from .words import CHUNK, Query, forms

Terms = frozenset[int]  # of a query, by their number
AT_ONCE = 600  # characters: of most texts no more than their beginning is read
# No part of a word, wherever they stand, and so as good as spaces; as is a full stop before one.
_PUNCTUATION = ",:;?()·“”"
_NOTHING = Terms()


class Answers(dict[str, Terms]):
    """Which terms of a query a chunk of text answers, looked at once for each chunk."""

    def __init__(self, query: Query) -> None:
        self._prefixes = [(n, term.prefix) for n, term in enumerate(query.wanted) if term.prefix]
        self._words: dict[str, set[int]] = defaultdict(set)
        for n, term in enumerate(query.wanted):
            for word in {word for phrase in term.phrases for word in phrase}:
                self._words[word].add(n)
        begun = {text[:1] for text in (*self._words, *(prefix for _, prefix in self._prefixes))}
        self._initials = begun | {letter.upper() for letter in begun}

    def __missing__(self, chunk: str) -> Terms:
        self[chunk] = _NOTHING if self.is_plainly_another(chunk) else self._answered(chunk)
        return self[chunk]

    def is_plainly_another(self, text: str) -> bool:
        """Whether this is one word, and begins with a letter that nothing wanted does: no stem changes it."""
        return text.isascii() and text.isalnum() and text[0] not in self._initials

    def _answered(self, chunk: str) -> Terms:
        answered: set[int] = set()
        for stem in forms(chunk).stems():
            answered |= self._words.get(stem, set())
            answered |= {n for n, prefix in self._prefixes if stem.startswith(prefix)}
        return frozenset(answered)


class Tokens:
    """What stands between two spaces, in which any word is whole, and what each of its words answers."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._others: set[str] = set()  # each one word, which answers nothing
        self._telling: dict[str, tuple[Terms, ...]] = {}

    def telling(self, tokens: list[str]) -> Iterator[tuple[int, tuple[Terms, ...]]]:
        """Those of several words or none, and those that answer; with their places in the list."""
        left = set(tokens) - self._others
        if new := left.difference(self._telling):
            self._learn(new)
            left -= self._others
        if left:
            known = self._telling
            yield from [(n, known[token]) for n, token in enumerate(tokens) if token in left]

    def _learn(self, new: set[str]) -> None:
        is_plainly_another, answers = self._answers.is_plainly_another, self._answers
        others = {token for token in new if is_plainly_another(token)}
        for token in new - others:
            answered = tuple([answers[chunk] for chunk in CHUNK.findall(token)])
            if answered == (_NOTHING,):
                others.add(token)
            else:
                self._telling[token] = answered
        self._others |= others


class Reading:
    """A text, read from its beginning as far as somebody wants to know it."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self._text, self._tokens = text, tokens
        self._words = self._read = 0
        self._parts = [(0, 0)]  # the numbers of their first words, and where they begin
        self._hits: list[int] = []  # numbers of words, and what they answer
        self._terms: list[Terms] = []

    def reach(self, words: int) -> int:
        """Reads on until so many words are known, and tells how many of them there are."""
        while self._words < words and self._read < len(self._text):
            self._read_on()
        return min(words, self._words)

    def hits(self, start: int, end: int) -> list[int]:
        return self._hits[bisect_left(self._hits, start) : bisect_left(self._hits, end)]

    def answered(self, start: int, end: int) -> int:
        """How many terms the words from ``start`` to ``end`` answer together."""
        terms = self._terms[bisect_left(self._hits, start) : bisect_left(self._hits, end)]
        return len(_NOTHING.union(*terms))

    def matches(self, start: int, end: int) -> Iterator[Match[str]]:
        """These words, which were reached before, where they stand."""
        first, at = self._parts[bisect_right(self._parts, (start, len(self._text))) - 1]
        return islice(CHUNK.finditer(self._text, at), start - first, end - first)

    def _read_on(self) -> None:
        start, end = self._read, self._text.find(" ", self._read + AT_ONCE)
        self._read = len(self._text) if end < 0 else end
        self._parts.append((self._words, start))
        tokens = _spaced(self._text[start : self._read]).split()
        more = self._words
        for n, words in self._tokens.telling(tokens):
            for nth, terms in enumerate(words):
                if terms:
                    self._hits.append(more + n + nth)
                    self._terms.append(terms)
            more += len(words) - 1
        self._words = more + len(tokens)


def _spaced(text: str) -> str:
    text = text.replace(". ", "  ")
    for mark in _PUNCTUATION:
        text = text.replace(mark, " ")
    return text
