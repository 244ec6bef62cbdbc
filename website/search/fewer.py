"""Which words of a question to leave out when no page has them all.

Pure. Those that no page has go first; then the least known ones, since what many pages say is more likely
what the question is about than what few do. What stands in quotes was meant and stays.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from .words import Query, Term, chunks

Terms = tuple[Term, ...]


def alone(query: Query) -> list[Query]:
    """Each word that may be left out, asked for by itself."""
    return [replace(query, terms=(term,)) for term in _loose(query)] if len(query.wanted) > 1 else []


def ways(query: Query, numbers: Sequence[int], named: AbstractSet[str]) -> Iterator[Terms]:
    """What to leave out, the least first; ``numbers``: how many pages have each word, ``named``: stems of
    what pages are called and say of themselves, beside which a word of their texts only says little."""
    loose = _loose(query)[: len(numbers)]
    known = dict(zip(loose, numbers, strict=True))
    ranked = sorted(loose, key=lambda term: (known[term] > 0, _is_named(term, named), known[term]))
    unknown = sum(not number for number in numbers)
    for count in dict.fromkeys([unknown, unknown + 1, max(len(ranked) // 2, unknown + 2)]):
        if 0 < count <= len(ranked) and query.without(ranked[:count]).wanted:
            yield tuple(ranked[:count])


def as_typed(text: str, left_out: Terms) -> tuple[str, ...]:
    """The words as the reader wrote them, in their order."""
    gone = {term.raw for term in left_out}
    found = (text[start:end] for start, end, form in chunks(text) if form.joined in gone)
    return tuple(dict.fromkeys(found))


def _loose(query: Query) -> list[Term]:
    return list({term.raw: term for term in query.wanted if term.raw}.values())


def _is_named(term: Term, named: AbstractSet[str]) -> bool:
    return any(set(phrase) <= named for phrase in term.phrases)
