"""What a page was made of: the database's answers. While these are the same, so is the page.

Any commit begins a new generation, also one that no reader sees: a login, a draft that is kept. Asking the
same questions once more costs a small part of making the page: neither queries nor templates are built.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID
from weakref import WeakValueDictionary

from django.db import connection, connections

from blog.straight import Parameters, Rows
from website.replica import HAS_REPLAYED, STATE_AND_LOG
from website.search.postgres import EXPECTED

from .again import Question, answers

# Only who answers, or how, is decided by them.
NOT_OF_THE_PAGE: Final = {STATE_AND_LOG, HAS_REPLAYED, EXPECTED}
READS: Final = re.compile(r"[\s(]*(SELECT|WITH)\b", re.IGNORECASE)
MOST_ROWS: Final = 5_000  # of one page; who read more had better make it anew
ANSWER: Final = 250  # bytes, without its parameters
PLAIN: Final = frozenset({str, int, bool, bytes, datetime, date, UUID, type(None)})


class Now:
    """Stands in kept parameters for the moment at which the page was asked for."""


NOW: Final = Now()


@dataclass(slots=True, weakref_slot=True, eq=False)
class Statement:
    """Shared by all kept pages that ask it, and forgotten with the last of them."""

    sql: str


_statements: WeakValueDictionary[str, Statement] = WeakValueDictionary()


@dataclass(slots=True, eq=False)
class Answer:
    """``heard``: a digest of the first ``rows`` rows, and whether there were no more."""

    statement: Statement
    parameters: Parameters
    rows: int = 0
    heard: int = 0
    is_all: bool = False

    def hear(self, row: Any) -> None:
        self.heard = hash((self.heard, digest(row)))
        self.rows += 1

    def at(self, now: Any) -> Question:
        """What to ask to hear it again; one row more, to see whether there are more."""
        return self.statement.sql, _at(self.parameters, now), self.rows + 1

    def is_in(self, rows: list[Any]) -> bool:
        """Whether it is the same that was heard before."""
        again = Answer(self.statement, None)
        for row in islice(rows, self.rows):
            again.hear(row)
        is_as_long = len(rows) == self.rows if self.is_all else len(rows) >= self.rows
        return is_as_long and again.heard == self.heard


def digest(row: Any) -> int:
    """Of a row as the driver has it: two that could be shown differently have different ones.

    Python's own is the same for -1 and -2, for 1 and True, and for decimals with more and fewer noughts.
    """
    kinds = tuple(map(type, row))
    return hash((row, kinds)) if PLAIN.issuperset(kinds) and -1 not in row else hash(repr(row))


class Overheard:
    """The database's own cursor; what is fetched from it is heard."""

    def __init__(self, cursor: Any, answer: Answer) -> None:
        self.cursor, self.answer = cursor, answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def __iter__(self) -> Iterator[Any]:
        for row in self.cursor:
            self.answer.hear(row)
            yield row
        self.answer.is_all = True

    def fetchone(self) -> Any:
        row = self.cursor.fetchone()
        if row is None:
            self.answer.is_all = True
        else:
            self.answer.hear(row)
        return row

    def fetchmany(self, size: int) -> Any:
        rows = self.cursor.fetchmany(size)
        self._hear(rows, is_all=len(rows) < size)
        return rows

    def fetchall(self) -> Any:
        rows = self.cursor.fetchall()
        self._hear(rows, is_all=True)
        return rows

    def _hear(self, rows: Any, *, is_all: bool) -> None:
        for row in rows:
            self.answer.hear(row)
        self.answer.is_all = is_all


@dataclass(slots=True, eq=False)
class Evidence:
    """``is_whole``: nothing was asked that cannot be asked again. ``size``: in bytes, about."""

    answers: list[Answer] = field(default_factory=list)
    is_whole: bool = True
    size: int = 0

    @property
    def is_good(self) -> bool:
        """A page that asked nothing may know its words from anywhere."""
        return self.is_whole and bool(self.answers) and sum(one.rows for one in self.answers) <= MOST_ROWS

    def stands(self, now: datetime) -> bool:
        """Whether the database answers all of it at ``now`` as it did."""
        moment = _written(now)
        with closing(answers(answer.at(moment) for answer in self.answers)) as heard:
            return all(answer.is_in(rows) for answer, rows in zip(self.answers, heard, strict=True))

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: object, context: dict[str, Any]
    ) -> Any:
        """As Django calls whoever listens to what is executed."""
        cursor = context["cursor"]
        if isinstance(cursor.cursor, Overheard):
            cursor.cursor = cursor.cursor.cursor
        try:
            result = execute(sql, params, many, context)
        except BaseException:
            self.is_whole = False  # the page may have gone on without the answer
            raise
        if sql in NOT_OF_THE_PAGE:
            return result
        if many or not READS.match(sql):
            self.is_whole = False
            return result
        params = dict(params) if isinstance(params, Mapping) else params
        cursor.cursor = Overheard(cursor.cursor, self._answer(sql, params))
        return result

    def heard(self, sql: str, parameters: Parameters, rows: Rows | None) -> None:
        """As the blog tells of a question that did not go through Django."""
        if rows is None:
            self.is_whole = False
            return
        answer = self._answer(sql, parameters)
        for row in rows:
            answer.hear(row)
        answer.is_all = True

    def _answer(self, sql: str, parameters: Parameters) -> Answer:
        answer = Answer(self._shared(sql), parameters)
        self.answers.append(answer)
        return answer

    def _shared(self, sql: str) -> Statement:
        """Whoever is the first to ask it pays for it."""
        known = _statements.get(sql)
        if known is None:
            known = _statements[sql] = Statement(sql)
            self.size += len(sql)
        return known

    def seal(self, began: datetime, ended: datetime) -> None:
        """Nobody knows a moment beforehand: one from while the page was made is the page's own “now”."""
        first, last = _written(began), _written(ended)
        self.is_whole = self.is_whole and began <= ended

        def sealed(value: Any) -> Any:
            return NOW if type(value) is type(first) and first <= value <= last else value

        for answer in self.answers:
            answer.parameters = _mapped(answer.parameters, sealed)
        self.size += sum(ANSWER + len(repr(answer.parameters)) for answer in self.answers)


def _written(moment: datetime) -> Any:
    """As a moment reaches this database: SQLite has text."""
    return connection.ops.adapt_datetimefield_value(moment)


def _at(parameters: Parameters, now: Any) -> Parameters:
    if not parameters or NOW not in _values(parameters):
        return parameters
    return _mapped(parameters, lambda value: now if value is NOW else value)


def _values(parameters: Mapping[str, Any] | tuple[Any, ...]) -> Collection[Any]:
    return parameters.values() if isinstance(parameters, Mapping) else parameters


def _mapped(parameters: Any, change: Callable[[Any], Any]) -> Parameters:
    if parameters is None:
        return None
    if isinstance(parameters, Mapping):
        return {name: change(value) for name, value in parameters.items()}
    return tuple(map(change, parameters))


@contextmanager
def taken(now: Callable[[], datetime]) -> Iterator[Evidence]:
    """What is asked of the databases meanwhile, by this thread."""
    evidence, began = Evidence(), now()
    with ExitStack() as listening:
        for alias in connections:
            listening.enter_context(connections[alias].execute_wrapper(evidence))
        yield evidence
    evidence.seal(began, now())
