"""What to show of a page that was found. Plain text in segments: markup is the template's business."""

from collections.abc import Iterable, Iterator
from re import Match
from typing import NamedTuple

from .reading import Answers, Reading, Terms, Tokens
from .words import CHUNK, Query

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


# Where it stands, and which of the query's terms it answers.
_Word = tuple[Match[str], Terms]


class Highlighter:
    """Finds the words of one query in the texts of one page of results."""

    def __init__(self, query: Query) -> None:
        self.wanted = len(query.wanted)
        self._answers = Answers(query)
        self._tokens = Tokens(self._answers)

    def marked(self, text: str) -> list[Segment]:
        return _segments(text, self._looked_at(CHUNK.finditer(text)))

    def snippet(self, summary: str, body: str) -> list[Segment]:
        return self.passage(summary, body).segments

    def passage(self, summary: str, body: str) -> Passage:
        """The summary, if it answers as much of the query as the best part of the body does."""
        words = self._looked_at(CHUNK.finditer(summary))
        told = len(Terms().union(*(terms for _, terms in words)))
        if told == self.wanted or not body:
            return Passage(_segments(summary, words))
        reading = Reading(body, self._tokens)
        window = _best_window(reading, self.wanted)
        if summary and window.answered <= told:
            return Passage(_segments(summary, words))
        shown = self._looked_at(reading.matches(window.start, window.end))
        return Passage(_cut(body, shown), next((word.start() for word, terms in shown if terms), None))

    def _looked_at(self, words: Iterable[Match[str]]) -> list[_Word]:
        answers = self._answers
        return [(word, answers[word[0]]) for word in words]


class _Window(NamedTuple):
    """Numbers of words, and how many of the query's terms they answer."""

    start: int
    end: int
    answered: int = 0


def _best_window(text: Reading, wanted: int) -> _Window:
    """The stretch with most of the query's terms; the first of several, reading no further than it must."""
    best, read = _Window(0, 0), 0
    while best.answered < wanted and (end := text.reach(min(read + READ_AT_ONCE, SEARCHED))) > read:
        start, read = max(0, read - AROUND), end
        best = max([best, *_windows(text, start, end)], key=lambda window: window.answered)
    return best if best.answered else _Window(0, min(AROUND, read))


def _windows(text: Reading, start: int, end: int) -> Iterator[_Window]:
    """A stretch around each of the first hits from ``start`` on, none of it behind ``end``."""
    for hit in text.hits(start, end)[:HITS]:
        first = max(0, hit - BEFORE)
        last = min(first + AROUND, end)
        yield _Window(first, last, text.answered(first, last))


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
