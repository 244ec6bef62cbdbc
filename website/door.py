"""At the admin's door: what an address may ask, and what becomes of two who save in the same moment."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.db.models import ForeignKey, ManyToManyField
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

View = Callable[..., HttpResponse]

SEARCHES = ("q", "term")
LONGEST_SEARCH = 200  # SQLite refuses very long patterns and very many words; nobody types more than a line
LONGEST_VALUE = 2000
_TOO_LARGE = re.compile(r"\d{19}")  # for a column of either database
_YEAR = re.compile(r"0*[1-9]\d{0,3}")
_LAST_YEAR = 9999  # has no end that a clock could show
_IN_A_ROW = re.compile(r"^.+-\d+-")
_KEYS = re.compile(r"(\d{1,18}(,\d{1,18})*)?")


def guarded(view: View) -> View:
    """``view`` as the admin should answer: 404 to what nobody can mean, a message to who came second."""
    relations = _relations_of(getattr(view, "__self__", None))

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not all(_makes_sense(name, value, relations) for name, value in _asked(request.GET)):
            raise Http404("This address asks what makes no sense.")
        if not all(_may_be_key(name, value, relations) for name, value in _asked(request.POST)):
            raise BadRequest("A form offers keys of rows and takes nothing else for them.")
        if not _has_the_rows_it_counts(request.POST):
            raise BadRequest("The form counts more rows than it sent.")
        request.GET = _shortened(request.GET)  # type: ignore[assignment]
        try:
            return view(request, *args, **kwargs)
        except IntegrityError:
            # Someone else was quicker. Their row is there by now: the form sees it, and says so.
            for file in request.FILES.values():
                file.seek(0)  # type: ignore[union-attr]
            return view(request, *args, **kwargs)

    return answer


def _asked(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in query.lists() if name not in SEARCHES for value in values]


def _makes_sense(name: str, value: str, relations: frozenset[str]) -> bool:
    if "\0" in name + value or len(value) > LONGEST_VALUE or _TOO_LARGE.search(value):
        return False
    if name.endswith("__year"):
        return bool(_YEAR.fullmatch(value)) and int(value) < _LAST_YEAR
    return _may_be_key(name, value, relations)


def _may_be_key(name: str, value: str, relations: frozenset[str]) -> bool:
    """Choices of many rows fail over a key that is none, in the form they show again."""
    return _IN_A_ROW.sub("", name) not in relations or bool(_KEYS.fullmatch(value))


def _relations_of(page: Any) -> frozenset[str]:
    """The fields of an admin page, and of the rows within it, that hold keys."""
    models = [getattr(part, "model", None) for part in (page, *getattr(page, "inlines", ()))]
    fields = [f for m in filter(None, models) for f in (*m._meta.fields, *m._meta.many_to_many)]
    asked = getattr(getattr(page, "form", None), "declared_fields", {})
    return frozenset(
        [field.name for field in fields if isinstance(field, ForeignKey | ManyToManyField)]
        + [name for name, field in asked.items() if isinstance(field, ModelChoiceField)]
    )


def _has_the_rows_it_counts(sent: QueryDict) -> bool:
    """A forged count of rows would make a form of thousands, each with choices of its own."""
    for name, number in _asked(sent):
        is_count = name.endswith(("-TOTAL_FORMS", "-INITIAL_FORMS"))
        if is_count and not (number.isdecimal() and len(number) < 7 and int(number) <= len(sent)):
            return False
    return True


def _shortened(query: QueryDict) -> QueryDict:
    shortened = query.copy()
    for name in SEARCHES:
        if name in shortened:
            shortened[name] = query.get(name, "").replace("\0", "")[:LONGEST_SEARCH]
    return shortened
