"""What to show of a page that was found. Plain text in segments: markup is the template's business."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from .words import Query, chunks

AROUND = 30  # words of a snippet
SEARCHED = 4_000  # words of a page looked at for its best part
BEFORE = 6  # words before the first hit, so that it does not stand naked


class Segment(NamedTuple):
    text: str
    is_hit: bool


class _Word(NamedTuple):
    start: int
    end: int
    terms: frozenset[int]  # which of the query's terms it answers


def highlight(text: str, query: Query) -> list[Segment]:
    return _segments(text, _words(text, query))


def best_snippet(summary: str, body: str, query: Query) -> list[Segment]:
    """The summary, if it answers as much of the query as the best part of the body does."""
    words = _words(summary, query)
    told = _answered(words)
    if len(told) == len(query.wanted) or not body:
        return _segments(summary, words)
    window = _best_window(list(islice(_scan(body, query), SEARCHED)))
    if summary and len(_answered(window)) <= len(told):
        return _segments(summary, words)
    return _cut(body, window)


def _words(text: str, query: Query) -> list[_Word]:
    return list(_scan(text, query))


def _scan(text: str, query: Query) -> Iterator[_Word]:
    remembered: dict[object, frozenset[int]] = {}
    for start, end, forms in chunks(text):
        terms = remembered.get(forms)
        if terms is None:
            stems = forms.stems()
            terms = remembered[forms] = frozenset(
                n for n, term in enumerate(query.wanted) if any(map(term.matches, stems))
            )
        yield _Word(start, end, terms)


def _answered(words: list[_Word]) -> frozenset[int]:
    return frozenset().union(*(word.terms for word in words))


def _best_window(words: list[_Word]) -> list[_Word]:
    """The stretch with most of the query's terms; the first of several."""
    hits = [n for n, word in enumerate(words) if word.terms]
    starts = [max(0, hit - BEFORE) for hit in hits[:50]] or [0]
    return max((words[start : start + AROUND] for start in starts), key=lambda window: len(_answered(window)))


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
