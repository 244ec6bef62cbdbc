"""Questions that are asked again and again, with other values each time.

The catalogue builds a queryset for each asking. A site that knows how to do without lends its way
(``lend``): then it is built once.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Field, Model, QuerySet

# From a model, how a queryset is made of values, and their fields, to the rows for some values.
Way = Callable[..., Callable[..., list[Any]]]


def anew(
    model: type[Model], make: Callable[..., QuerySet[Any, Any]], **fields: "Field[Any, Any]"
) -> Callable[..., list[Any]]:
    def rows(**values: Any) -> list[Any]:
        return [] if [] in values.values() else list(make(**values))

    return rows


_way: Way = anew


def lend(way: Way) -> None:
    """Before anything is asked."""
    global _way
    _way = way


class Question:
    """The rows of the queryset that ``make`` builds of values, each a list or not; of an empty list there are
    none. The way is chosen when it is asked first."""

    def __init__(
        self, model: type[Model], make: Callable[..., QuerySet[Any, Any]], **fields: "Field[Any, Any]"
    ) -> None:
        self._how = model, make, fields
        self._ask: Callable[..., list[Any]] | None = None

    def __call__(self, **values: Any) -> list[Any]:
        if self._ask is None:
            model, make, fields = self._how
            self._ask = _way(model, make, **fields)
        return self._ask(**values)
