"""Articles by the ten thousand, in the order they were made: how the site map is cut."""

from typing import Final

from django.db.models import F, Func, IntegerField
from django.db.models.functions import Coalesce

PART: Final = 10_000


def part_of(size: int) -> Func:
    """Whose part it is, from 0 on. The size stands in the SQL itself: only so an index of it is found."""
    template = "((%(expressions)s - 1) / %(size)s)"  # named last, as in migrations: Django compares the order
    return Func(F("id"), output_field=IntegerField(), size=size, template=template)


def last_changed() -> Coalesce:
    """The major change, or else the first publication."""
    return Coalesce("updated_at", "first_published_at", "published_at")
