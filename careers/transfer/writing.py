"""Entries into the database: what others name first, then what names them.

New rows go in by the batch, which is fast but cannot say which of them the database refuses. When it refuses
one, all is undone and done again row by row, which is slow and can.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models.signals import post_save

from careers.models import Comparison, ExamVersion, Fact, Pathway, SlugAlias

from .faults import REFUSALS, DataError, told_at
from .nouns import (
    FORMER,
    LOCAL,
    NOUNS,
    AnyField,
    Data,
    Entry,
    Model,
    Part,
    columns,
    is_link,
    key_field,
    lists,
    points_at_its_own,
    related,
)
from .pairing import There, pair
from .reading import Catalogue
from .values import stored
from .wholes import look_at

FEW = 500  # after as many rows whoever waits hears something
Tell = Callable[[str], None]
Placed = tuple[Any, str]  # a row, and where a file tells of it


@dataclass(frozen=True)
class Owner:
    """A row with rows within it, what a file says of it, and where. ``scope`` is whose steps may be named."""

    row: Any
    data: Data
    place: str
    scope: str
    is_new: bool


def write(entries: list[Entry], now: Catalogue | None = None, tell: Tell = lambda message: None) -> list[Any]:
    """Make or change the rows of these entries, all or none: the rows, one for each entry.

    ``now`` is the catalogue as it is, without which there are only new entries.
    """
    try:
        with transaction.atomic():
            return Writing(entries, now, tell, by_the_row=False).run()
    except REFUSALS:
        fresh = None if now is None else Catalogue()
        entries = [replace(entry, row=as_it_is(entry.row, fresh)) for entry in entries]
        with transaction.atomic():
            return Writing(entries, fresh, tell, by_the_row=True).run()


def as_it_is(row: Any, now: Catalogue | None) -> Any:
    """The same row without what an attempt that failed has set on it."""
    return next(same for same in now.rows[type(row)] if same.pk == row.pk) if row and now else None


class Writing:
    """One attempt."""

    def __init__(self, entries: list[Entry], now: Catalogue | None, tell: Tell, *, by_the_row: bool) -> None:
        self.entries = entries
        self.tell = tell
        self.now = now
        self.by_the_row = by_the_row
        self.rows: list[Any] = [None] * len(entries)
        self.known: dict[Model, dict[str, Any]] = {}
        self.links: list[tuple[Any, AnyField, str | None, str]] = []
        self.joins: list[tuple[Any, AnyField, list[str], str, bool]] = []
        self.inner: list[tuple[Owner, tuple[Part, ...]]] = []
        self.anew: set[int] = set()

    def run(self) -> list[Any]:
        for noun in NOUNS:
            mine = [number for number, entry in enumerate(self.entries) if entry.noun is noun]
            self.save([self.root(number) for number in mine])
            if mine:
                self.tell(f"{noun.name}: {len(mine)} entries …")
            for part in noun.parts:
                if part.key:
                    self.save([found for number in mine for found in self.keyed_parts(number, part)])
        self.link()
        self.save([found for owner, part in self.owners() for found in self.part_rows(owner, part)])
        self.join()
        for number, entry in enumerate(self.entries):
            self.remember_slugs(self.rows[number], entry)
        look_at(self.entries, self.rows)
        self.announce()
        return self.rows

    # --- Rows ---------------------------------------------------------------

    def root(self, number: int) -> Placed:
        entry = self.entries[number]
        is_new = entry.row is None
        row = self.rows[number] = entry.noun.model() if is_new else entry.row
        key = entry.noun.key_of(entry.data)
        self.fill(row, entry.data, place=entry.place, scope=key, is_new=is_new)
        if isinstance(row, Comparison):
            row.key = Comparison.key_of(self.find_all(row, "roles", entry.data.get("roles", []), entry.place))
        if entry.noun.key:
            self.of(entry.noun.model)[key] = row
        if isinstance(row, Pathway) and not is_new:
            self.begin_anew(row, entry)
        return row, entry.place

    def begin_anew(self, pathway: Pathway, entry: Entry) -> None:
        """The steps of a pathway name each other, so a changed one is drawn anew as a whole."""
        before = self.now.entry(pathway, entry.noun.parts) if self.now else {}
        if any(before.get(part.name) != entry.data.get(part.name) for part in entry.noun.parts):
            pathway.choices.all().delete()
            pathway.steps.all().delete()
            self.anew.add(pathway.pk)

    def keyed_parts(self, number: int, part: Part) -> Iterator[Placed]:
        entry = self.entries[number]
        owner = Owner(
            self.rows[number], entry.data, entry.place, entry.noun.key_of(entry.data), entry.row is None
        )
        return self.part_rows(owner, part)

    def owners(self) -> Iterator[tuple["Owner", Part]]:
        """Whatever has rows within it that nobody else points at."""
        for number, entry in enumerate(self.entries):
            scope = entry.noun.key_of(entry.data)
            owner = Owner(self.rows[number], entry.data, entry.place, scope, entry.row is None)
            yield from ((owner, part) for part in entry.noun.parts if not part.key)
        for owner, parts in self.inner:
            yield from ((owner, part) for part in parts)

    def part_rows(self, owner: "Owner", part: Part) -> Iterator[Placed]:
        """The rows of one part that are to be saved; what is no longer named goes at once."""
        model, name = related(type(owner.row), part)
        pairing = pair(part, self.there(owner, part), owner.data.get(part.name, []))
        if pairing.gone:
            model._default_manager.filter(pk__in=[row.pk for row in pairing.gone]).delete()
        rows = [(row, data, False) for row, data in pairing.changed]
        for row, data, is_new in [*rows, *((model(), data, True) for data in pairing.new)]:
            setattr(row, name, owner.row)
            self.fill(row, data, name, place=owner.place, scope=owner.scope, is_new=is_new)
            if part.key:
                self.of(model)[local_key(model, data.get(part.key), owner.scope)] = row
            if part.parts:
                self.inner.append((Owner(row, data, owner.place, owner.scope, is_new), part.parts))
            yield row, owner.place

    def there(self, owner: "Owner", part: Part) -> There:
        if self.now is None or owner.is_new or (type(owner.row) is Pathway and owner.row.pk in self.anew):
            return []
        model, name = related(type(owner.row), part)
        rows = self.now.within[model].get((name, owner.row.pk), [])
        return [(row, self.now.entry(row, part.parts, name)) for row in rows]

    # --- Their values -------------------------------------------------------

    def fill(self, row: Any, data: Data, owner: str = "", *, place: str, scope: str, is_new: bool) -> None:
        model: Any = type(row)
        with told_at(place):
            for field in columns(model, owner):
                self.set(row, field, data, place, scope)
            if isinstance(row, ExamVersion):
                row.provider_id = row.credential.provider_id
                row.exam_code = (row.exam_code or "").strip() or None
            row.clean_fields(exclude=[field.name for field in row._meta.fields if is_link(field)] + ["id"])
        for field in lists(model):
            self.joins.append((row, field, data.get(field.name, []), place, is_new))

    def set(self, row: Any, field: AnyField, data: Data, place: str, scope: str) -> None:
        value = data.get(field.name)
        if points_at_its_own(field):
            self.links.append((row, field, value, place))
        elif is_link(field):
            found = self.find(field.related_model, value, place, scope) if value else None
            if found is None and not field.null:
                raise KeyError(field.name)
            setattr(row, field.name, found)
        else:
            setattr(row, field.attname, stored(field, value) if field.name in data else field.get_default())

    def of(self, model: Model) -> dict[str, Any]:
        """The rows of a model by the keys they go by, or went by."""
        if model not in self.known:
            self.known[model] = {} if model in LOCAL else dict(named_rows(model))
        return self.known[model]

    def find(self, model: Model, key: Any, place: str, scope: str = "") -> Any:
        try:
            return self.of(model)[local_key(model, key, scope)]
        except (KeyError, TypeError):
            raise DataError(f"{place}: there is no {model._meta.verbose_name} “{key}”") from None

    def find_all(self, row: Any, name: str, keys: Iterable[str], place: str) -> list[Any]:
        model = row._meta.get_field(name).related_model
        return [self.find(model, key, place) for key in keys]

    # --- Saving -------------------------------------------------------------

    def save(self, found: list[Placed]) -> None:
        batches: dict[Model, list[Any]] = defaultdict(list)
        for number, (row, place) in enumerate(found, start=1):
            if number % FEW == 0:
                self.tell(f"{number} of {len(found)} rows …")
            if row.pk is None and not self.by_the_row:
                batches[type(row)].append(row)
                continue
            with told_at(place):
                row.full_clean()
                row.save()
        for model, rows in batches.items():
            model._default_manager.bulk_create(rows)

    def link(self) -> None:
        """What points at rows of its own kind: a successor, a wider skill."""
        for row, field, key, place in self.links:
            target = self.find(field.related_model, key, place) if key else None
            if getattr(row, field.attname) != (target and target.pk):
                setattr(row, field.name, target)
                self.save([(row, place)])
        self.links.clear()

    def join(self) -> None:
        batches: dict[Model, list[Any]] = defaultdict(list)
        for row, field, keys, place, is_new in self.joins:
            targets = self.find_all(row, field.name, keys, place)
            through = field.remote_field.through
            if not is_new:
                getattr(row, field.name).set(targets)
                continue
            ends = (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
            unique = {target.pk for target in targets}
            batches[through] += [
                through(**dict(zip(ends, (row.pk, pk), strict=True))) for pk in sorted(unique)
            ]
        for through, rows in batches.items():
            through._default_manager.bulk_create(rows)

    def remember_slugs(self, row: Any, entry: Entry) -> None:
        """Former slugs are only ever added: somebody may still come by them."""
        for slug in entry.data.get(FORMER, []):
            taken = self.of(entry.noun.model).get(slug)
            if taken is None:
                with told_at(entry.place):
                    alias = SlugAlias(fact=row, slug=slug)
                    alias.full_clean()
                    alias.save()
            elif taken.pk != row.pk:
                raise DataError(f"{entry.place}: the former slug “{slug}” leads to another entry.")

    def announce(self) -> None:
        """Rows of a batch tell nobody that they came; search and caches listen for their facts."""
        told = {"created": False, "raw": False, "using": DEFAULT_DB_ALIAS, "update_fields": None}
        for row in self.rows:
            if isinstance(row, Fact):
                post_save.send(type(row), instance=row, **told)


def named_rows(model: Any) -> Iterator[tuple[str, Any]]:
    """By former names first, so that whoever has a name now is who is meant by it."""
    if issubclass(model, Fact):
        kind = ContentType.objects.get_for_model(model)
        for pk, key in SlugAlias.objects.filter(content_type=kind).values_list("object_id", "slug"):
            yield key, model(pk=pk)
    for pk, key in model._default_manager.values_list("pk", key_field(model)):
        yield key, model(pk=pk)


def local_key(model: Model, key: Any, scope: str) -> Any:
    return f"{scope}/{key}" if model in LOCAL else key
