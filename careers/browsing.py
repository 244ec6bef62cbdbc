"""What a reader asked of the list of certifications, and the address of every step from there. Pure.

The address is the whole state. What it asks for that does not exist is left out, and named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from careers.facets import NAMES, RETIRED, SIT, Chosen, Facet, Labels, choose
from careers.lifecycle import Answer
from careers.models import Credential
from careers.sitting import Question
from careers.traits import Listed

PAGE_SIZE = 100
Lists = Mapping[str, Sequence[str]]

LEVELS = list(Credential.Level.values)


def by_provider(row: Listed) -> Any:
    return row.entry.provider.casefold(), row.entry.provider_slug


def by_price(row: Listed) -> Any:
    """The lowest there is; what is not known comes last."""
    amounts = [price.amount for price in row.entry.prices if price.amount is not None]
    return not amounts, min(amounts, default=0)


def by_level(row: Listed) -> Any:
    return LEVELS.index(row.entry.level_key)


def by_check(row: Listed) -> Any:
    return -(row.entry.checked_on or date.min).toordinal()


def by_end(row: Listed) -> Any:
    return row.ends_on or date.max


# Rows come by name, and stay so within what a key holds equal.
SORTS: dict[str, tuple[str, Callable[[Listed], Any]]] = {
    "": ("Provider", by_provider),
    "name": ("Name", lambda row: row.entry.name.casefold()),
    "price": ("Lowest price", by_price),
    "level": ("Level", by_level),
    "checked": ("Recently checked", by_check),
    "ends": ("Ends soonest", by_end),
}


@dataclass(frozen=True)
class Asked:
    chosen: Chosen = field(default_factory=dict)
    question: Question | None = None
    with_retired: bool = False
    sort: str = ""
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is the list as it stands, whichever page of it, which search engines may keep."""
        return not self.on_page(1).query and not self.problems

    @property
    def query(self) -> str:
        """Always the same for the same state."""
        pairs = [*question_pairs(self.question)]
        pairs += [(name, key) for name in NAMES for key in self.chosen.get(name, ())]
        pairs += [(RETIRED, "1")] if self.with_retired else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    def on_page(self, number: int) -> "Asked":
        return replace(self, page=number)

    def with_retired_ones(self) -> "Asked":
        return replace(self, with_retired=True, page=1)

    def without(self, name: str, key: str = "") -> "Asked":
        """One choice fewer, from the first page on."""
        kept = {
            facet: tuple(k for k in keys if (facet, k) != (name, key)) for facet, keys in self.chosen.items()
        }
        return replace(self, chosen={facet: keys for facet, keys in kept.items() if keys}, page=1)

    def without_question(self) -> "Asked":
        kept = {name: keys for name, keys in self.chosen.items() if name != SIT}
        return replace(self, chosen=kept, question=None, page=1)


def question_pairs(question: Question | None) -> list[tuple[str, str]]:
    if question is None:
        return []
    if question.weeks is not None:
        when = [("weeks", str(question.weeks))]
    else:
        when = [("by", question.day.isoformat())] if question.day != question.on else []
    return when + ([("in", question.language)] if question.language else [])


# Whoever names a day wants to sit it: what cannot be sat then is kept out until it is asked for.
HOPEFUL = (Answer.YES.value, Answer.UNKNOWN.value)


def read(lists: Lists, labels: Labels, question: Question | None, problems: Iterable[str]) -> Asked:
    wanted = {name: [key for key in lists.get(name, ()) if key] for name in labels}
    chosen = dict(choose(wanted, labels))
    if question is not None:
        chosen.setdefault(SIT, HOPEFUL)
    missing = [NAMES[name].lower() for name in labels if set(wanted[name]) - set(labels[name])]
    sort, page = last(lists, "sort"), last(lists, "page")
    missing += ["order"] if sort not in SORTS else []
    missing += ["page"] if page and not is_page(page) else []
    return Asked(
        chosen=chosen,
        question=question,
        with_retired=bool(last(lists, RETIRED)),
        sort=sort if sort in SORTS else "",
        page=int(page) if is_page(page) else 1,
        problems=tuple(dict.fromkeys([*problems, *missing])),
    )


def last(lists: Lists, name: str) -> str:
    return next(reversed(lists.get(name, ())), "").strip()


def is_page(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) >= 1


# --- Steps ------------------------------------------------------------------


@dataclass(frozen=True)
class Chip:
    """One choice, and the address without it."""

    label: str
    value: str
    query: str


def chips(asked: Asked, facets: Iterable[Facet]) -> list[Chip]:
    found = []
    if asked.question is not None:
        found.append(Chip("Can be sat", asked.question.text, asked.without_question().query))
    for facet in facets:
        found += [
            Chip(facet.label, choice.label, asked.without(facet.name, choice.value).query)
            for choice in facet.chosen
            if len(facet.chosen) > 1 or facet.name != SIT
        ]
    if asked.with_retired:
        found.append(Chip("With", "retired ones", replace(asked, with_retired=False, page=1).query))
    return found


@dataclass(frozen=True)
class Page:
    """Some of the rows, in the order asked for, and the addresses of the pages beside."""

    rows: tuple[Listed, ...]
    number: int
    count: int
    total: int
    before: str = ""
    after: str = ""


def page_of(rows: Sequence[Listed], asked: Asked) -> Page:
    """A page beyond the last one is the first."""
    ordered = sorted(rows, key=SORTS[asked.sort][1])
    count = max(1, -(-len(ordered) // PAGE_SIZE))
    number = asked.page if asked.page <= count else 1
    start = (number - 1) * PAGE_SIZE
    return Page(
        rows=tuple(ordered[start : start + PAGE_SIZE]),
        number=number,
        count=count,
        total=len(ordered),
        before=f"?{asked.on_page(number - 1).query}" if number > 1 else "",
        after=f"?{asked.on_page(number + 1).query}" if number < count else "",
    )
