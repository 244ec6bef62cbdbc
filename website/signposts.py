"""What an address answers that has no page: it leads on, says why the page was withdrawn, or that it is gone.

A signpost is read only where nothing else answers: a page that is published again needs no leave of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from blog.models import Article, Batch

from .models import Redirect, Signpost
from .redirects import address_of, addresses_of, may_be_stored, pages_of, target, where_now
from .whereabouts import page_at

LONGEST_WAY = 5  # of signposts whose pages went, too; anyone who puts up more has lost sight of them


@dataclass(frozen=True)
class Choice:
    """What an editor decided: which kind and, by kind, where it leads or why the page went."""

    kind: str
    target_path: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """Where to go, or what to read instead."""

    address: str = ""
    sign: Signpost | None = None


def put_up(
    paths: Iterable[str],
    choice: Choice,
    *,
    by: Any,
    now: datetime,
    page: models.Model | None = None,
    see_also: Iterable[models.Model] = (),
) -> None:
    """Let each of ``paths`` answer so, where ``page`` itself does not; no older way leads on from there."""
    leads_to = page_at(choice.target_path) if choice.target_path else None
    said = {
        "kind": choice.kind,
        "target_path": choice.target_path,
        **(target(leads_to) if leads_to else {"target_model": "", "target_ref": None}),
        "reason": choice.reason,
        "see_also": [[other._meta.label, other.pk] for other in see_also],
        "put_up_at": now,
        "put_up_by": by,
    }
    paths = [path for path in dict.fromkeys(paths) if may_be_stored(path)]
    older = Redirect.objects.filter(old_path__in=paths)
    (older.exclude(**target(page)) if page else older).delete()
    rows = [Signpost(path=path, **said) for path in paths]
    Signpost.objects.bulk_create(rows, update_conflicts=True, unique_fields=["path"], update_fields=[*said])


def after_save(instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Where readers find the page itself again, an old sign would only wait to mislead."""
    if isinstance(instance, Article) and update_fields is None:
        signs = Signpost.objects.filter(path=instance.get_absolute_url())
        if signs.exists() and instance.is_public:
            Signpost.objects.filter(path__in=addresses_of(instance)).delete()


# --- With many articles at once ---------------------------------------------


def after_batch(instance: Batch, *, created: bool, **kwargs: Any) -> None:
    """What the addresses of its articles answer is kept before they change, and taken back with them."""
    if created and instance.states:
        instance.addresses = _answers_at(_paths_of(instance.states))
        type(instance).objects.filter(pk=instance.pk).update(addresses=instance.addresses)
    elif instance.undone_at is not None and instance.states:
        _put_back(instance)


def _answers_at(paths: set[str]) -> dict[str, list[Any]]:
    """``leading`` are the redirects of other pages, which a signpost would replace."""
    signs = Signpost.objects.filter(path__in=[*paths])
    redirects = Redirect.objects.filter(old_path__in=[*paths])
    columns = ("old_path", "target_model", "target_ref")
    return {"signs": [*map(_as_kept, signs)], "leading": [*redirects.values(*columns)]}


def _put_back(batch: Batch) -> None:
    """Except where somebody has decided anew since."""
    paths = _paths_of(set(batch.states) - {str(key) for key in batch.left})
    signs = Signpost.objects.filter(path__in=[*paths])
    decided = set(signs.filter(put_up_at__gt=batch.at).values_list("path", flat=True))
    signs.exclude(path__in=decided).delete()
    kept = [sign for sign in batch.addresses["signs"] if sign["path"] in paths - decided]
    makers = {sign["put_up_by_id"] for sign in kept}
    people = {None, *get_user_model()._default_manager.filter(pk__in=makers).values_list("pk", flat=True)}
    for sign in kept:
        sign["put_up_by_id"] = sign["put_up_by_id"] if sign["put_up_by_id"] in people else None
    Signpost.objects.bulk_create([Signpost(**sign) for sign in kept])
    for row in batch.addresses["leading"]:
        if row["old_path"] in paths - decided:
            Redirect.objects.get_or_create(old_path=row["old_path"], defaults=row)


def _paths_of(keys: Iterable[str]) -> set[str]:
    """Where readers can have those articles from."""
    refs = [int(key) for key in keys]
    own = {article.get_absolute_url() for article in Article.objects.filter(pk__in=refs).only("slug")}
    named = {"target_model": Article._meta.label, "target_ref__in": refs}
    return own | set(Redirect.objects.filter(**named).values_list("old_path", flat=True))


def _as_kept(sign: Signpost) -> dict[str, Any]:
    columns = {field.attname: getattr(sign, field.attname) for field in Signpost._meta.concrete_fields}
    return {**columns, "put_up_at": sign.put_up_at.isoformat()}


# --- Answering --------------------------------------------------------------


def answer_for(path: str) -> Answer | None:
    """What to tell who asks for ``path``, where no page is. One step, however many pages have gone since."""
    seen: set[str] = set()
    first = sign = None
    while path not in seen and len(seen) < LONGEST_WAY and may_be_stored(path):
        seen.add(path)
        if address := where_now(path):
            return Answer(address)
        sign = Signpost.objects.filter(path=path).first()
        if sign is None or sign.kind != Signpost.Kind.MOVED:
            break
        if address := _leads_to(sign):
            return Answer(address)
        first, path = first or sign, sign.target_path
    sign = sign or first
    return Answer(sign=sign) if sign else None


def _leads_to(sign: Signpost) -> str | None:
    if not sign.target_model:
        return sign.target_path
    return address_of(sign.target_model, sign.target_ref)


def near(sign: Signpost) -> list[Any]:
    """Those of the pages near it that readers may see now, in the order they were put down."""
    keys: dict[str, list[int]] = {}
    for label, key in sign.see_also:
        keys.setdefault(label, []).append(key)
    found = {(label, page.pk): page for label in keys for page in pages_of(label, keys[label])}
    return [found[label, key] for label, key in sign.see_also if (label, key) in found]
