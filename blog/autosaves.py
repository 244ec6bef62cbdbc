"""What people write is kept a moment after they pause, beside the article and never in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict

from .forms import ArticleForm
from .models import Article, Autosave
from .saving import Person

LARGEST = 1_000_000  # characters; the longest article of the site has 40,000
KEPT_FOR = timedelta(days=90)
_FIELDS = frozenset(ArticleForm.base_fields)


class CannotKeep(Exception):
    """``code`` is for a program, the text for a person."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def keep(sent: QueryDict, *, article: Article | None, by: Person, now: datetime) -> Autosave:
    """The newest state of one form, in place of the one before. May raise CannotKeep."""
    token = token_in(sent)
    if token is None:
        raise CannotKeep("no_token", "This form does not say which it is. Please reload it.")
    data = {name: [*map(_storable, values)] for name, values in sent.lists() if name in _FIELDS}
    if sum(len(value) for values in data.values() for value in values) > LARGEST:
        raise CannotKeep("too_large", f"This is longer than {LARGEST:,} characters.")
    kept, _ = Autosave.objects.update_or_create(
        by=by,
        form_token=token,
        defaults={
            "article": article,
            "base_version": base_in(sent),
            "title": " ".join(data.get("title", [])).strip()[:200],
            "data": data,
            "saved_at": now,
        },
    )
    return kept


def forget(token: UUID | None, *, by: Person, now: datetime) -> None:
    """It was saved for real, or its writer does not want it. With it goes what nobody came back for."""
    if token is not None:
        Autosave.objects.filter(by=by, form_token=token).delete()
    Autosave.objects.filter(saved_at__lt=now - KEPT_FOR).delete()


def of_form(article: Article | None, *, by: Person) -> list[Autosave]:
    """What this person wrote there and did not save, newest first, without the texts."""
    return list(Autosave.objects.filter(by=by, article=article).defer("data"))


def find(token: Any, *, by: Person) -> Autosave | None:
    token = as_token(token)
    return Autosave.objects.filter(by=by, form_token=token).first() if token else None


def as_sent(kept: Autosave) -> QueryDict:
    """As a browser would send it."""
    sent = QueryDict(mutable=True)
    for name, values in kept.data.items():
        sent.setlist(name, values)
    return sent


def token_in(sent: QueryDict) -> UUID | None:
    return as_token(sent.get("form_token"))


def as_token(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def base_in(sent: QueryDict) -> int:
    """Zero for a form that went on from nothing, or says nothing that makes sense."""
    text = str(sent.get("base_version", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL; nobody typed one."""
    return text.replace("\0", "�")


def tokens(kept: Iterable[Autosave]) -> list[str]:
    return [str(one.form_token) for one in kept]
