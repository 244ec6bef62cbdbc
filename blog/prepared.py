"""Queries whose SQL is written once: writing it anew was the largest part of what a page costs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Field, IntegerField, Model, QuerySet, Value

from .row_reader import Reader
from .straight import rows_of

Row = TypeVar("Row")

# At the end of the SQL: a database may plan it once, since its best plan is the same for all values.
ONCE: Final = "/* planned once */"
NUMBER: Final[Any] = IntegerField()
MOST_SHAPES: Final = 200  # of one query: several lists, each of some lengths


class Given(Value):
    """Stands in the SQL for what each asking brings along: the name of a value, and its place in a list."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


@dataclass(slots=True, eq=False)
class Written:
    """Without SQL where Django knows that there can be no rows."""

    sql: str
    parameters: tuple[Any, ...]
    reader: Reader | None


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
        self._numbers = {name for name, field in fields.items() if isinstance(field, IntegerField)}
        self._written: dict[tuple[str, ...], Written] = {}

    def __call__(self, **values: Any) -> list[Row]:
        """``values``: each a list or not, always the same way. Of an empty list there are no rows."""
        if [] in values.values():
            return []
        using = router.db_for_read(self._model)
        values = {
            name: _padded(value) if isinstance(value, list) else value for name, value in values.items()
        }
        written, connection = self._for(using, values), connections[using]
        if written.reader is None:
            return []
        bound = self._bound(written.parameters, connection, values)
        return written.reader(rows_of(connection, written.sql, bound), connection)

    def _bound(self, parameters: tuple[Any, ...], connection: Any, values: dict[str, Any]) -> tuple[Any, ...]:
        bound = list(parameters)
        for at, parameter in enumerate(parameters):
            if type(parameter) is Given:
                name, place = parameter.value
                value = values[name] if place is None else values[name][place]
                is_ready = type(value) is int and name in self._numbers
                bound[at] = value if is_ready else self._fields[name].get_db_prep_value(value, connection)
        return tuple(bound)

    def _for(self, using: str, values: dict[str, Any]) -> Written:
        lengths = (f"{name} {len(value) if isinstance(value, list) else 1}" for name, value in values.items())
        shape = (using, *lengths)
        written = self._written.get(shape)
        if written is None:
            if len(self._written) >= MOST_SHAPES:
                self._written.clear()
            written = self._write(using, values)
            written = self._written[shape] = replace(written, sql=f"{written.sql} {ONCE}")
        return written

    def _write(self, using: str, values: dict[str, Any]) -> Written:
        given = {name: self._given(name, value) for name, value in values.items()}
        queryset = self._make(**given).using(using)
        compiler = queryset.query.get_compiler(using)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return Written("", (), None)
        return Written(sql, tuple(parameters), Reader(queryset, compiler))

    def _given(self, name: str, value: Any) -> Given | list[Given]:
        field = self._fields[name]
        if not isinstance(value, list):
            return Given((name, None), field)
        return [Given((name, place), field) for place in range(len(value))]


class InPlaces(Prepared[Row]):
    """The same, of which an asking wants the rows on some places, such as ``range(12, 24)``."""

    def __init__(
        self, model: type[Model], make: Callable[..., QuerySet[Any, Row]], **fields: "Field[Any, Any]"
    ) -> None:
        super().__init__(model, make, limit=NUMBER, offset=NUMBER, **fields)

    def __call__(self, places: range, **values: Any) -> list[Row]:  # type: ignore[override]
        return super().__call__(**values, limit=len(places), offset=places.start) if places else []

    def _write(self, using: str, values: dict[str, Any]) -> Written:
        """Django would have the numbers in the SQL itself, as another query for every page."""
        others = {name: value for name, value in values.items() if name not in ("limit", "offset")}
        written = super()._write(using, others)
        places = (Given(("limit", None), NUMBER), Given(("offset", None), NUMBER))
        return replace(
            written, sql=f"{written.sql} LIMIT %s OFFSET %s", parameters=(*written.parameters, *places)
        )


def _padded(values: list[Any]) -> list[Any]:
    """To the next power of two, so that lists have few lengths. What is in one twice is in it."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
