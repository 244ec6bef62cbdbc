"""Keeping the index true: what a page's row says, and when it is written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from asgiref.local import Local
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction

from blog.inline_text import PLACE
from website.afterwards import afterwards
from website.models import SearchDocument

from . import facets, passages, words
from .kinds import KINDS, NAMES_OTHERS, PART_OF, READ_BY, model_of, pages
from .matching import engine

_ROW_END = re.compile(r"(?<![.!?:;…·\s])\s*\n\s*")
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
BATCH = 200
END = 60  # letters that tell where a page's own text ends
Refs = dict[str, set[int]]  # the label of a public model: primary keys


# --- What a row says ----------------------------------------------------------


def spans(page: Any) -> list[tuple[datetime, datetime | None]]:
    """When readers may see the page. A page that says nothing of time is there or not."""
    timed = getattr(page, "visible_spans", None)
    if timed is not None:
        return list(timed())
    return [(ALWAYS, None)] if page.is_public else []


def documents(label: str, page: Any) -> Iterator[SearchDocument]:
    visible = spans(page)
    fields = _fields(label, page) if visible else {}
    for start, end in visible:
        yield SearchDocument(visible_from=start, visible_until=end, **fields)


def _fields(label: str, page: Any) -> dict[str, Any]:
    text = {name: words.clean(value) for name, value in page.search_text().items()}
    head = {name: words.index_words(text[name], joins_neighbours=True) for name in ("title", "keywords")}
    rest = {name: words.index_words(text[name]) for name in ("summary", "body")}
    shown = {name: one_line(value) for name, value in text.items()}
    return {
        "kind": KINDS[label].name,
        "ref": page.pk,
        "weight": KINDS[label].weight,
        "url": page.get_absolute_url(),
        "names": _names(label, page, text),
        "facets": facets.lines(label, page),
        "headings": passages.headings(shown["body"], getattr(page, "contents", ()), _own_end(page)),
        **shown,
        **{f"{name}_words": value for name, value in (head | rest).items()},
    }


def _own_end(page: Any) -> str:
    """The last words of a page's own text, as far as nothing live is said in them."""
    words_only = words.clean(getattr(page, "plain_text", "")).rpartition(PLACE)[2]
    return one_line(words_only)[-END:]


def one_line(text: str) -> str:
    """Paragraphs run on; the rows of a list or a table, which end without a stop, are set apart."""
    return " ".join(_ROW_END.sub(" · ", text.strip()).split())


def _names(label: str, page: Any, text: dict[str, str]) -> str:
    """A fact also goes by its codes and short names; some keywords are the names of other pages."""
    others = {words.key(page.provider.name)} if label == "careers.Credential" else set()
    own = [] if label in NAMES_OTHERS else text["keywords"].split(",")
    keys = [words.key(text["title"]), *(key for key in map(words.key, own) if key not in others)]
    return f"|{'|'.join(dict.fromkeys(filter(None, keys)))}|"


# --- Writing ------------------------------------------------------------------


def index_pages(label: str, refs: Iterable[int]) -> int:
    """Write the rows of these pages anew; pages that are gone or unpublished lose theirs."""
    wanted = sorted(refs)
    return sum(_index_batch(label, wanted[n : n + BATCH]) for n in range(0, len(wanted), BATCH))


def _index_batch(label: str, refs: list[int]) -> int:
    with transaction.atomic():
        engine().lock()
        rows = [row for page in _gathered(label, refs) for row in documents(label, page)]
        remove(label, refs)
        SearchDocument.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _gathered(label: str, refs: list[int]) -> list[Any]:
    """What is not a page's own, such as words of others, is gathered for many pages at once."""
    found = list(pages(label, refs))
    gather = getattr(model_of(label), "gather_for_search", None)
    if gather is not None:
        gather(found)
    return found


def remove(label: str, refs: Iterable[int]) -> None:
    SearchDocument.objects.filter(kind=KINDS[label].name, ref__in=list(refs)).delete()


def rebuild(*, batch: int = BATCH) -> Iterator[tuple[str, int, int]]:
    """Everything anew, batch by batch: ``(label, done, total)``. Readers go on searching meanwhile."""
    kinds = [kind.name for kind in KINDS.values()]
    SearchDocument.objects.exclude(kind__in=kinds).delete()
    for label in KINDS:
        refs = list(model_of(label)._base_manager.order_by("pk").values_list("pk", flat=True))
        SearchDocument.objects.filter(kind=KINDS[label].name).exclude(ref__in=_known(label)).delete()
        for start in range(0, len(refs), batch):
            index_pages(label, refs[start : start + batch])
            yield label, min(start + batch, len(refs)), len(refs)


def _known(label: str) -> models.QuerySet[Any]:
    return model_of(label)._base_manager.values("pk")


# --- On commit ----------------------------------------------------------------

_pending = Local()  # what this thread changed since it last committed


def note(instance: models.Model, **kwargs: Any) -> None:
    """Remember that this row changed or went; the index follows when the transaction is committed."""
    label = instance._meta.label
    if label in KINDS:
        note_refs(label, [instance.pk])
    for page, path in PART_OF.get(label, ()):
        note_refs(page, _along(instance, path))


def _along(instance: Any, path: str) -> list[int]:
    """The key at the end of the path; none where it breaks off, as it does in the middle of a deletion."""
    *steps, column = path.split(".")
    try:
        for step in steps:
            instance = getattr(instance, step)
    except ObjectDoesNotExist:
        return []
    found = getattr(instance, column, None)
    return [] if found is None else [found]


def note_relation(sender: Any, instance: models.Model, model: Any, pk_set: Any, **kwargs: Any) -> None:
    """The same for rows joined to this one in bulk, which announce themselves only by what they join."""
    if sender._meta.label in PART_OF:
        note(instance)
        note_refs(model._meta.label, pk_set or ())


def note_refs(label: str, refs: Iterable[int]) -> None:
    if not hasattr(_pending, "refs"):
        _pending.refs = defaultdict(set)
    _pending.refs[label].update(refs)
    afterwards(flush, flush)


def flush() -> None:
    """Once for everything noted. What a rollback undid is indexed as it stands, which does no harm."""
    noted: Refs = getattr(_pending, "refs", {})
    _pending.refs = defaultdict(set)
    for label, refs in _with_readers(noted).items():
        index_pages(label, refs)


def _with_readers(noted: Refs) -> Refs:
    """Also the pages that show something of the changed ones: the articles of a renamed category."""
    found: Refs = defaultdict(set, {label: set(refs) for label, refs in noted.items()})
    for label, refs in noted.items():
        for reader, path in READ_BY.get(label, ()):
            rows = model_of(reader)._base_manager.filter(**{f"{path}__in": refs})
            found[reader].update(rows.values_list("pk", flat=True))
    return {label: refs for label, refs in found.items() if refs}
