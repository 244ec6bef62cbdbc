"""Queries whose SQL is written once: writing it anew was the largest part of what a page costs."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db import connections, router
from django.db.models import Field, Model, QuerySet, Value

Row = TypeVar("Row")

MOST_SHAPES: Final = 200  # of one query: several lists, each of some lengths


class Given(Value):
    """Stands in the SQL for what each asking brings along: the name of a value, and its place in a list."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


@dataclass(slots=True, eq=False)
class Written:
    """``compiler``: Django's own, which knows what the columns mean; it has no connection."""

    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]


class Asking:
    """A queryset's query for one time."""

    def __init__(self, written: Written, parameters: tuple[Any, ...]) -> None:
        self._written, self._parameters = written, parameters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._written.queryset.query, name)

    def get_compiler(self, using: str, **kwargs: Any) -> Any:
        compiler = copy(self._written.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self._written.sql, self._parameters)
        return compiler


class Prepared(Generic[Row]):
    """The rows of the queryset that ``make`` builds, as a function of the values named in ``fields``.

    ``make`` is given an expression for each value, or a list of them, and builds nothing that depends on the
    moment in any other way; it is called once for each database and length of lists. Values that are not
    given to an asking are not given to ``make``. Nothing is prefetched.
    """

    def __init__(
        self, model: type[Model], make: Callable[..., QuerySet[Any, Row]], **fields: "Field[Any, Any]"
    ) -> None:
        self._model, self._make, self._fields = model, make, fields
        self._written: dict[tuple[str, ...], Written] = {}

    def __call__(self, **values: Any) -> list[Row]:
        """``values``: each a list or not, always the same way. Of an empty list there are no rows."""
        if [] in values.values():
            return []
        using = router.db_for_read(self._model)
        values = {
            name: _padded(value) if isinstance(value, list) else value for name, value in values.items()
        }
        written = self._for(using, values)
        like: Any = written.queryset
        query: Any = Asking(written, self._bound(written.parameters, using, values))
        asked: Any = type(like)(model=like.model, query=query, using=using)
        asked._iterable_class, asked._fields = like._iterable_class, like._fields
        return list(asked)

    def _bound(self, parameters: tuple[Any, ...], using: str, values: dict[str, Any]) -> tuple[Any, ...]:
        connection = connections[using]

        def bound(parameter: Any) -> Any:
            if not isinstance(parameter, Given):
                return parameter
            name, place = parameter.value
            value = values[name] if place is None else values[name][place]
            return self._fields[name].get_db_prep_value(value, connection)

        return tuple(map(bound, parameters))

    def _for(self, using: str, values: dict[str, Any]) -> Written:
        lengths = (f"{name} {len(value) if isinstance(value, list) else 1}" for name, value in values.items())
        shape = (using, *lengths)
        written = self._written.get(shape)
        if written is None:
            if len(self._written) >= MOST_SHAPES:
                self._written.clear()
            written = self._written[shape] = self._write(using, values)
        return written

    def _write(self, using: str, values: dict[str, Any]) -> Written:
        given = {name: self._given(name, value) for name, value in values.items()}
        queryset = self._make(**given).using(using)
        compiler = queryset.query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        compiler.connection = None
        return Written(queryset, compiler, sql, tuple(parameters))

    def _given(self, name: str, value: Any) -> Given | list[Given]:
        field = self._fields[name]
        if not isinstance(value, list):
            return Given((name, None), field)
        return [Given((name, place), field) for place in range(len(value))]


def _padded(values: list[Any]) -> list[Any]:
    """To the next power of two, so that lists have few lengths. What is in one twice is in it."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
