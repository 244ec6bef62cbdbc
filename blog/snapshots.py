"""All that a person can change of an article, as plain values: what a revision keeps and the form shows."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from .hashtag_names import key_of
from .models import Article, ArticleAuthor, Author, Category, Hashtag, Picture

Snapshot = dict[str, Any]

TEXTS = (
    "title",
    "slug",
    "summary",
    "body",
    "cover_alt",
    "seo_title",
    "seo_description",
    "canonical_url",
    "is_featured",
)
MOMENTS = ("published_at", "expires_at")
REFERENCES = {"category": Category, "cover": Picture}


@dataclass(frozen=True)
class Related:
    """What an article has in other tables: keys, and hashtags by name. Only of authors the order counts:
    a form gives the others in another order than the database does, and that is no change."""

    authors: tuple[int, ...] = ()
    hashtags: tuple[str, ...] = ()
    roles: tuple[int, ...] = ()
    credentials: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for name in ("roles", "credentials"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name))))


def of(article: Article, related: Related | None = None) -> Snapshot:
    """As it stands in memory; ``related`` instead of what the database holds."""
    related = related if related is not None else relations(article)
    return {
        **{name: getattr(article, name) for name in TEXTS},
        **{name: as_text(getattr(article, name)) for name in MOMENTS},
        **{name: getattr(article, f"{name}_id") for name in REFERENCES},
        **{name: list(keys) for name, keys in asdict(related).items()},
    }


def relations(article: Article) -> Related:
    if article.pk is None:
        return Related()
    return Related(
        authors=tuple(article.bylines.order_by("order", "pk").values_list("author_id", flat=True)),
        hashtags=tuple(article.article_hashtags.order_by("pk").values_list("tag__name", flat=True)),
        roles=_keys(article.roles),
        credentials=_keys(article.credentials),
    )


def put(article: Article, snapshot: Snapshot) -> Related:
    """Into memory, for a form or a verb to go on with. What is no longer in the catalogue is left out."""
    for name in TEXTS:
        setattr(article, name, snapshot[name])
    for name in MOMENTS:
        setattr(article, name, as_moment(snapshot[name]))
    for name, model in REFERENCES.items():
        if snapshot[name] in {None, *_existing(model, [snapshot[name]])}:
            setattr(article, f"{name}_id", snapshot[name])
    return Related(
        authors=_existing(Author, snapshot["authors"]),
        hashtags=tuple(named_today(snapshot["hashtags"])),
        roles=_existing(Article.roles.rel.model, snapshot["roles"]),
        credentials=_existing(Article.credentials.rel.model, snapshot["credentials"]),
    )


def named_today(names: Iterable[str]) -> list[str]:
    """Hashtags by the names they have now, each once: what was merged or renamed since is no change."""
    keys = {name: key_of(name) for name in names}
    known = Hashtag.objects.all().known(keys.values())
    return list(dict.fromkeys(known[key].name if key in known else name for name, key in keys.items()))


def relate(article: Article, related: Related) -> None:
    """Into the database. Rows that stay as they are stay."""
    _sign(article, related.authors)
    article.hashtags.set(related.hashtags)
    article.roles.set(related.roles)
    article.credentials.set(related.credentials)


def open_working_copy(article: Article) -> Related:
    """What the next save goes on from: the draft over what readers see, or what is to replace it, or that."""
    newest = article.draft or article.scheduled
    related = put(article, newest.content) if newest else relations(article)
    article.opened = related
    return related


def changes(before: Snapshot, after: Snapshot) -> dict[str, list[Any]]:
    """By field, what it said and what it says."""
    return {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}


def _sign(article: Article, authors: tuple[int, ...]) -> None:
    present = {line.author_id: line for line in article.bylines.all()}
    if [*present] == [*authors]:
        return
    article.bylines.exclude(author__in=authors).delete()
    lines = [
        ArticleAuthor(
            article=article,
            author_id=author,
            order=order,
            pk=present[author].pk if author in present else None,
        )
        for order, author in enumerate(authors)
    ]
    ArticleAuthor.objects.bulk_update([line for line in lines if line.pk], ["order"])
    # Search need not hear of each: the article itself is saved with them.
    ArticleAuthor.objects.bulk_create([line for line in lines if line.pk is None])


def _keys(relation: Any) -> tuple[int, ...]:
    return tuple(relation.order_by("pk").values_list("pk", flat=True))


def _existing(model: Any, keys: Iterable[Any]) -> tuple[Any, ...]:
    keys = list(keys)
    known = set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return tuple(key for key in keys if key in known)


def as_text(moment: datetime | None) -> str | None:
    """Spelt in one way, whichever zone it was typed in."""
    return moment.astimezone(UTC).isoformat() if moment else None


def as_moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
