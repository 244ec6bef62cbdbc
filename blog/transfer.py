"""Articles out of files: the demo that a new site starts with.

``blog/demo/articles`` holds one file an article: details as TOML between two lines of ``+++``, then the body.
The name of the file is the article's slug.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from blog import hashtag_names, pictures, publishing
from blog.models import Article, Author, Category, Hashtag, HashtagAlias, Picture, Series
from blog.snapshots import Related

DEMO = Path(__file__).parent / "demo"
FENCE = "+++\n"

Progress = Callable[[str], None]


class DemoFault(Exception):
    """A demo file cannot be loaded; the message names the file and what is wrong in it."""


@dataclass(frozen=True)
class Manuscript:
    """One article as its file has it."""

    path: Path
    details: dict[str, Any]
    body: str

    @property
    def slug(self) -> str:
        return self.path.stem

    @property
    def cover(self) -> Path:
        return self.path.parent.parent / "covers" / f"{self.slug}.jpg"

    def fault(self, what: str) -> DemoFault:
        return DemoFault(f"{self.path.name}: {what}")


def load_demo(*, now: datetime, progress: Progress = lambda line: None, folder: Path = DEMO) -> Counter[str]:
    """Add what the demo has and the site has not. An article that is there already stays as it is."""
    manuscripts = read_manuscripts(folder)
    ahead = lead_over(now, manuscripts)
    with transaction.atomic():
        present = set(Article.objects.values_list("slug", flat=True))
        new = [manuscript for manuscript in manuscripts if manuscript.slug not in present]
        counts = Counter(kept=len(manuscripts) - len(new))
        counts["categories"] = add_categories(entries(folder, "category"))
        counts["authors"] = add_authors(entries(folder, "author"))
        counts["hashtags"] = add_hashtags(entries(folder, "hashtag"))
        for number, manuscript in enumerate(new, 1):
            progress(f"Article {number} of {len(new)}: {manuscript.details['title']}")
            add_article(manuscript, ahead=ahead, now=now)
            counts["articles"] += 1
        add_series(entries(folder, "series"))
    return counts


# --- Reading ----------------------------------------------------------------


def read_manuscripts(folder: Path = DEMO) -> list[Manuscript]:
    return [read_manuscript(path) for path in sorted(folder.glob("articles/*.html"))]


def read_manuscript(path: Path) -> Manuscript:
    before, *parts = path.read_text(encoding="utf-8").split(FENCE, 2)
    if before or len(parts) != 2:
        raise DemoFault(f"{path.name}: it does not begin with details between two lines of +++.")
    try:
        return Manuscript(path, tomllib.loads(parts[0]), parts[1].strip())
    except tomllib.TOMLDecodeError as error:
        raise DemoFault(f"{path.name}: {error}") from error


def entries(folder: Path, noun: str) -> list[dict[str, Any]]:
    plural = {"category": "categories", "series": "series"}.get(noun, f"{noun}s")
    path = folder / f"{plural}.toml"
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[noun]
    return rows


def lead_over(now: datetime, manuscripts: Iterable[Manuscript]) -> timedelta:
    """How many whole days the newest date is ahead of the clock, so that no demo lies in the future."""
    newest = max((manuscript.details["published_at"] for manuscript in manuscripts), default=now)
    return timedelta(days=max(0, (newest - now).days + 1)) if newest > now else timedelta()


# --- Sections, desks, topics ------------------------------------------------


def add_categories(rows: list[dict[str, Any]]) -> int:
    """Those whose name and address are both still free."""
    made = 0
    for order, row in enumerate(rows, 1):
        if not Category.objects.filter(Q(slug=row["slug"]) | Q(name=row["name"])).exists():
            Category.objects.create(**row, order=order * 10)
            made += 1
    return made


def add_authors(rows: list[dict[str, Any]]) -> int:
    known = set(Author.objects.values_list("slug", flat=True))
    new = [Author(**{**row, "bio": row["bio"].strip()}) for row in rows if row["slug"] not in known]
    for author in new:
        author.save()
    return len(new)


def add_hashtags(rows: list[dict[str, Any]]) -> int:
    """Topics not met before, with what they mean. One that exists keeps its description and aliases."""
    aliases = HashtagAlias.objects.values_list("key", flat=True)
    known = {*Hashtag.objects.values_list("key", flat=True), *aliases}
    new = {key: row for row in rows if (key := hashtag_names.key_of(row["name"])) not in known}
    made = Hashtag.objects.resolve(row["name"] for row in new.values())
    for key, row in new.items():
        describe(made[key], row, known | set(made))
    return len(made)


def describe(hashtag: Hashtag, row: dict[str, Any], taken: set[str]) -> None:
    if text := row.get("description", ""):
        hashtag.description = text
        hashtag.save(update_fields=["description"])
    for alias in row.get("aliases", []):
        if hashtag_names.key_of(alias) not in taken:
            HashtagAlias.objects.create(name=alias, hashtag=hashtag)


def add_series(rows: list[dict[str, Any]]) -> None:
    """Those not met before. A part that is in another series by now stays there."""
    for row in rows:
        names = {name: row[name] for name in ("slug", "name", "description")}
        if Series.objects.filter(Q(slug=row["slug"]) | Q(name=row["name"])).exists():
            continue
        series = Series.objects.create(**names)
        free = Article.objects.filter(slug__in=row["parts"], series_part__isnull=True)
        for article in sorted(free, key=lambda article: row["parts"].index(article.slug)):
            series.parts.create(article=article, order=10 * row["parts"].index(article.slug))


# --- Articles ---------------------------------------------------------------


def add_article(manuscript: Manuscript, *, ahead: timedelta, now: datetime) -> Article:
    details = manuscript.details
    article = Article(
        title=details["title"],
        slug=manuscript.slug,
        summary=details["summary"],
        body=manuscript.body,
        category=named(manuscript, Category, [details["category"]])[0],
        cover=add_cover(manuscript),
        cover_alt=details.get("cover_alt", ""),
        is_featured=details.get("featured", False),
        seo_title=details.get("seo_title", ""),
        seo_description=details.get("seo_description", ""),
    )
    related = related_of(manuscript)
    publishing.publish(article, by=None, at=details["published_at"] - ahead, now=now, related=related)
    if updated_at := details.get("updated_at"):
        Article.objects.filter(pk=article.pk).update(updated_at=min(updated_at - ahead, now))
    return article


def related_of(manuscript: Manuscript) -> Related:
    """Its desks in their order, its topics, and the facts it is about."""

    def keys(name: str, relation: Any) -> tuple[int, ...]:
        return tuple(
            row.pk for row in named(manuscript, relation.rel.model, manuscript.details.get(name, []))
        )

    return Related(
        authors=keys("authors", Article.authors),
        hashtags=tuple(manuscript.details["hashtags"]),
        roles=keys("roles", Article.roles),
        credentials=keys("credentials", Article.credentials),
    )


def named(manuscript: Manuscript, model: type[models.Model], slugs: list[str]) -> list[Any]:
    """The rows of these slugs, in this order."""
    found: dict[str, Any] = model._default_manager.in_bulk(slugs, field_name="slug")
    if missing := [slug for slug in slugs if slug not in found]:
        raise manuscript.fault(f"there is no {model._meta.verbose_name} “{missing[0]}”.")
    return [found[slug] for slug in slugs]


def add_cover(manuscript: Manuscript) -> Picture | None:
    if not manuscript.cover.exists():
        return None
    title = f"Cover: {manuscript.details['title']}"
    alt = manuscript.details.get("cover_alt", "")
    with manuscript.cover.open("rb") as file:
        return pictures.make_picture(file=file, title=title, alt=alt, by=None, is_decorative=not alt)
