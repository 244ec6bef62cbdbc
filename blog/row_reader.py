"""What the columns of a prepared query mean: worked out once, where Django does so for every query."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import (  # type: ignore[attr-defined]
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init

Raw = Sequence[Any]
Rows = Iterable[Raw]


class Reader:
    """Makes of rows what Django makes of those of ``queryset``, whose SQL ``compiler`` has written."""

    def __init__(self, queryset: QuerySet[Any, Any], compiler: Any) -> None:
        asked: Any = queryset
        self._columns = compiler.col_count if compiler.has_extra_select else None
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converters = list(compiler.get_converters(columns).items())
        self._made = WAYS[asked._iterable_class](queryset, compiler)

    def __call__(self, rows: Rows, connection: Any) -> list[Any]:
        if self._columns is not None:
            rows = (row[: self._columns] for row in rows)
        return self._made(self._converted(rows, connection) if self._converters else rows)

    def _converted(self, rows: Rows, connection: Any) -> Iterator[Raw]:
        for row in map(list, rows):
            for place, (converters, expression) in self._converters:
                value = row[place]
                for converter in converters:
                    value = converter(value, expression, connection)
                row[place] = value
            yield row


def _models(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Rows], list[Any]]:
    using, info = queryset.db, compiler.klass_info
    model, places = info["model"], info["select_fields"]
    own = slice(places[0], places[-1] + 1)
    new = _new(model, [column[0].target.attname for column in compiler.select[own]], using)
    related = get_related_populators(info, compiler.select, using)
    annotated = list((compiler.annotation_col_map or {}).items())

    def made(rows: Rows) -> list[Any]:
        found = []
        for row in rows:
            one = new(row[own])
            for populator in related:
                populator.populate(row, one)
            for name, place in annotated:
                setattr(one, name, row[place])
            found.append(one)
        return found

    return made


def _new(model: type[Model], names: list[str], using: str) -> Callable[[Raw], Model]:
    """``from_db``, which is half of what a row costs: it goes through all columns of the model, and through a
    constructor that anyone could have changed or listen to."""
    is_changed = model.__init__ is not Model.__init__ or "from_db" in _defined(model)
    if is_changed or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return partial(model.from_db, using, names)

    def new(values: Raw) -> Model:
        one = model.__new__(model)
        one._state = state = ModelState()
        state.adding, state.db = False, using
        one.__dict__.update(zip(names, values, strict=True))
        return one

    return new


def _defined(model: type[Model]) -> set[str]:
    """What it says otherwise than Django's own ``Model``."""
    return {name for one in model.__mro__[: model.__mro__.index(Model)] for name in vars(one)}


def _tuples(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Rows], list[Any]]:
    return lambda rows: list(map(tuple, rows))


def _firsts(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Rows], list[Any]]:
    return lambda rows: [row[0] for row in rows]


# Whatever else a queryset can give, nobody has asked for yet.
WAYS: Final[dict[Any, Callable[..., Callable[[Rows], list[Any]]]]] = {
    ModelIterable: _models,
    ValuesListIterable: _tuples,
    FlatValuesListIterable: _firsts,
}
