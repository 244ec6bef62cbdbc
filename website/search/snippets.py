"""What to show of a page that was found. Plain text in segments: markup is the template's business."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from re import Match
from typing import NamedTuple

from .words import CHUNK, Query, forms

AROUND = 30  # words of a snippet
SEARCHED = 1_500  # words of a page looked at for its best part
READ_AT_ONCE = 250
HITS = 20  # of those read at once
BEFORE = 6  # words before the first hit, so that it does not stand naked


class Segment(NamedTuple):
    text: str
    is_hit: bool


class Passage(NamedTuple):
    segments: list[Segment]
    place: int | None = None  # of its first hit in the body, if it is out of the body


# Where it stands, and which of the query's terms it answers: a bare pair, as a page of results has thousands.
_Word = tuple[Match[str], frozenset[int]]


class Highlighter:
    """Finds the words of one query in the texts of one page of results."""

    def __init__(self, query: Query) -> None:
        self.wanted = len(query.wanted)
        self._answers = _Answers(query)

    def marked(self, text: str) -> list[Segment]:
        return _segments(text, list(self._scan(text)))

    def snippet(self, summary: str, body: str) -> list[Segment]:
        return self.passage(summary, body).segments

    def passage(self, summary: str, body: str) -> Passage:
        """The summary, if it answers as much of the query as the best part of the body does."""
        words = list(self._scan(summary))
        told = len(_answered(words))
        if told == self.wanted or not body:
            return Passage(_segments(summary, words))
        window = _best_window(islice(self._scan(body), SEARCHED), self.wanted)
        if summary and len(_answered(window)) <= told:
            return Passage(_segments(summary, words))
        return Passage(_cut(body, window), next((word.start() for word, terms in window if terms), None))

    def _scan(self, text: str) -> Iterator[_Word]:
        answers = self._answers
        return ((found, answers[found[0]]) for found in CHUNK.finditer(text))


class _Answers(dict[str, frozenset[int]]):
    """Which terms of a query a chunk of text answers, looked at once for each chunk."""

    def __init__(self, query: Query) -> None:
        self._prefixes = [(n, term.prefix) for n, term in enumerate(query.wanted) if term.prefix]
        self._words: dict[str, set[int]] = defaultdict(set)
        for n, term in enumerate(query.wanted):
            for word in {word for phrase in term.phrases for word in phrase}:
                self._words[word].add(n)

    def __missing__(self, chunk: str) -> frozenset[int]:
        answered: set[int] = set()
        for stem in forms(chunk).stems():
            answered |= self._words.get(stem, set())
            answered |= {n for n, prefix in self._prefixes if stem.startswith(prefix)}
        self[chunk] = frozenset(answered)
        return self[chunk]


def _answered(words: list[_Word]) -> frozenset[int]:
    return frozenset().union(*(terms for _, terms in words))


def _best_window(words: Iterator[_Word], wanted: int) -> list[_Word]:
    """The stretch with most of the query's terms; the first of several, reading no further than it must."""
    read: list[_Word] = []
    best: list[_Word] = []
    while len(_answered(best)) < wanted and (more := list(islice(words, READ_AT_ONCE))):
        start, read = max(0, len(read) - AROUND), read + more
        best = max([best, *_windows(read, start)], key=lambda window: len(_answered(window)))
    return best if _answered(best) else read[:AROUND]


def _windows(words: list[_Word], start: int) -> list[list[_Word]]:
    """A stretch around each of the first hits from ``start`` on."""
    hits = [n for n in range(start, len(words)) if words[n][1]][:HITS]
    return [words[max(0, hit - BEFORE) : max(0, hit - BEFORE) + AROUND] for hit in hits]


def _cut(text: str, window: list[_Word]) -> list[Segment]:
    if not window:
        return []
    start, end = window[0][0].start(), window[-1][0].end()
    segments = _segments(text, window, start, end)
    before, after = ("… " if start else ""), (" …" if end < len(text.rstrip(" \n.")) else "")
    ends = [Segment(mark, is_hit=False) for mark in (before, after)]
    return [piece for piece in (ends[0], *segments, ends[1]) if piece.text]


def _segments(text: str, words: list[_Word], start: int = 0, end: int | None = None) -> list[Segment]:
    """The text from ``start`` to ``end`` in pieces; hits with nothing but space between them are one."""
    spans: list[tuple[int, int]] = []
    for word in (word for word, terms in words if terms):
        if spans and text[spans[-1][1] : word.start()].isspace():
            spans[-1] = (spans[-1][0], word.end())
        else:
            spans.append(word.span())
    return list(_pieces(text, spans, start, len(text) if end is None else end))


def _pieces(text: str, spans: list[tuple[int, int]], at: int, end: int) -> Iterator[Segment]:
    for start, after in spans:
        if start > at:
            yield Segment(text[at:start], is_hit=False)
        yield Segment(text[start:after], is_hit=True)
        at = after
    if at < end:
        yield Segment(text[at:end], is_hit=False)
