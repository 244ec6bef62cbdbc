"""What to show of a page that was found. Plain text in segments: markup is the template's business."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
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


class _Word(NamedTuple):
    start: int
    end: int
    terms: frozenset[int]  # which of the query's terms it answers


class Highlighter:
    """Finds the words of one query in the texts of one page of results."""

    def __init__(self, query: Query) -> None:
        self.wanted = len(query.wanted)
        self._prefixes = [(n, term.prefix) for n, term in enumerate(query.wanted) if term.prefix]
        self._words: dict[str, set[int]] = defaultdict(set)
        self._remembered: dict[str, frozenset[int]] = {}
        for n, term in enumerate(query.wanted):
            for word in {word for phrase in term.phrases for word in phrase}:
                self._words[word].add(n)

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
        return Passage(_cut(body, window), next((word.start for word in window if word.terms), None))

    def _scan(self, text: str) -> Iterator[_Word]:
        remembered = self._remembered
        for found in CHUNK.finditer(text):
            chunk = found.group()
            if chunk not in remembered:
                remembered[chunk] = self._answers(chunk)
            yield _Word(found.start(), found.end(), remembered[chunk])

    def _answers(self, chunk: str) -> frozenset[int]:
        answered: set[int] = set()
        for stem in forms(chunk).stems():
            answered |= self._words.get(stem, set())
            answered |= {n for n, prefix in self._prefixes if stem.startswith(prefix)}
        return frozenset(answered)


def _answered(words: list[_Word]) -> frozenset[int]:
    return frozenset().union(*(word.terms for word in words))


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
    hits = [n for n in range(start, len(words)) if words[n].terms][:HITS]
    return [words[max(0, hit - BEFORE) : max(0, hit - BEFORE) + AROUND] for hit in hits]


def _cut(text: str, window: list[_Word]) -> list[Segment]:
    if not window:
        return []
    start, end = window[0].start, window[-1].end
    inside = [word._replace(start=word.start - start, end=word.end - start) for word in window]
    segments = _segments(text[start:end], inside)
    before, after = ("… " if start else ""), (" …" if end < len(text.rstrip(" \n.")) else "")
    ends = [Segment(mark, is_hit=False) for mark in (before, after)]
    return [piece for piece in (ends[0], *segments, ends[1]) if piece.text]


def _segments(text: str, words: list[_Word]) -> list[Segment]:
    """The whole text in pieces; hits with nothing but space between them are one."""
    spans: list[tuple[int, int]] = []
    for word in words:
        if word.terms and spans and text[spans[-1][1] : word.start].isspace():
            spans[-1] = (spans[-1][0], word.end)
        elif word.terms:
            spans.append((word.start, word.end))
    return list(_pieces(text, spans))


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[Segment]:
    at = 0
    for start, end in spans:
        if start > at:
            yield Segment(text[at:start], is_hit=False)
        yield Segment(text[start:end], is_hit=True)
        at = end
    if at < len(text):
        yield Segment(text[at:], is_hit=False)
