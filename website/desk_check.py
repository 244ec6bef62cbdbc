"""The desk check at work: what is on the form, what is stored, and the answer to the form as one writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from blog import hashtag_names, linting
from blog.editor_views import WRITING, for_those_who
from blog.linting import Finding, Severity, Story
from blog.models import Act, Article, ArticleQuerySet, Author, Category
from blog.rendering import KnownFacts, known_facts

from .afterwards import afterwards
from .links import leading_nowhere
from .remembered import Remembered

LINES: Final = ("title", "slug", "summary", "body", "seo_title", "seo_description", "cover_alt")
LABELS: Final = {
    "title": "Title",
    "summary": "Summary",
    "body": "Text",
    "authors": "Authors",
    "category": "Category",
    "hashtags": "Hashtags",
    "slug": "Address",
    "seo_title": "Search title",
    "seo_description": "Search description",
    "cover_alt": "Cover description",
}
TITLES: Final = {
    Severity.BLOCK: "Mend before publishing",
    Severity.WARN: "Worth mending",
    Severity.INFO: "For your information",
}
MOST_AUTHORS: Final = 50
BATCH: Final = 50
CHANGING: Final = {
    Act.Verb.SAVED,
    Act.Verb.PUBLISHED,
    Act.Verb.SCHEDULED,
    Act.Verb.WENT_LIVE,
    Act.Verb.RESTORED,
    Act.Verb.TAKEN_BACK,
}


def _known_on(day: date) -> KnownFacts:
    return known_facts(on=day)


facts_on: Final = Remembered(_known_on)


def findings_of(stories: Sequence[Story], *, now: datetime) -> list[list[Finding]]:
    """Of each story; as many queries for all as for one."""
    on = timezone.localdate(now)
    links = {link for story in stories for link in linting.internal_links(story)}
    dead = leading_nowhere(links, now=now) if links else set()
    facts = facts_on(on)
    return [linting.check(story, facts=facts, on=on, dead_links=dead) for story in stories]


def stored(articles: ArticleQuerySet) -> ArticleQuerySet:
    """With all that a check reads."""
    return articles.bylined().prefetch_related("hashtags")  # type: ignore[misc]  # taggit's manager can


def recheck(articles: Iterable[Article], *, now: datetime) -> Iterator[tuple[Article, list[Finding]]]:
    """Check each as it is stored and keep what was found."""
    for batch in _batches(articles):
        stories = [Story.of_article(article) for article in batch]
        for article, findings in zip(batch, findings_of(stories, now=now), strict=True):
            linting.store(article, findings, now=now)
            yield article, findings


def after_act(instance: Act, **kwargs: Any) -> None:
    """What a save made of the article is checked once it is committed. A fault here is none of the save."""
    if instance.article_id is not None and instance.verb in CHANGING:
        key = instance.article_id
        afterwards((after_act, key), lambda: _recheck_one(key))


def _recheck_one(key: int) -> None:
    for _ in recheck(stored(Article.objects.filter(pk=key)), now=timezone.now()):
        pass


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


# --- What is on the form ----------------------------------------------------


def story_of_form(sent: QueryDict) -> Story:
    """What a browser sends of the form, saved or not."""
    return Story.of_values(
        {
            **{name: sent.get(name) for name in LINES},
            "hashtags": hashtag_names.parse(sent.get("hashtags", "")[:3000]),
            "category": _names(Category, [sent.get("category", "")]).get(sent.get("category", "")),
            "authors": _authors(sent),
        }
    )


def _authors(sent: QueryDict) -> list[str]:
    keys = sent.getlist("byline")[:MOST_AUTHORS]
    names = _names(Author, keys)
    return [names[key] for key in keys if key in names]


def _names(model: Any, keys: Iterable[str]) -> dict[str, str]:
    numbers = {key: number for key in keys if (number := _number(key)) is not None}
    rows = dict(model._default_manager.filter(pk__in=numbers.values()).values_list("pk", "name"))
    return {key: rows[number] for key, number in numbers.items() if number in rows}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


# --- What the panel shows ---------------------------------------------------


@dataclass(frozen=True)
class Line:
    finding: Finding
    label: str
    anchor: str


@dataclass(frozen=True)
class Group:
    severity: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Panel:
    groups: list[Group]
    said: str


def panel_of(findings: Iterable[Finding]) -> Panel:
    by_severity: dict[Severity, list[Line]] = {severity: [] for severity in TITLES}
    for finding in findings:
        field = finding.place.field
        anchor = "id_byline" if field == "authors" else f"id_{field}"
        by_severity[finding.severity].append(Line(finding, LABELS.get(field, field), anchor))
    groups = [
        Group(str(severity), TITLES[severity], lines) for severity, lines in by_severity.items() if lines
    ]
    return Panel(groups, _said(by_severity))


def _said(lines: dict[Severity, list[Line]]) -> str:
    counts = [(len(lines[severity]), words) for severity, words in COUNTED.items()]
    said = [f"{count} {one if count == 1 else many}" for count, (one, many) in counts if count]
    return ", ".join(said) or "Nothing found"


COUNTED: Final = {
    Severity.BLOCK: ("must be mended", "must be mended"),
    Severity.WARN: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}


@require_POST
@for_those_who(*WRITING)
def check(request: HttpRequest) -> JsonResponse:
    """What is found in the text on the form; with ``_fix``, the fields as the fix would have them.

    Writes nothing.
    """
    story = story_of_form(request.POST)
    (findings,) = findings_of([story], now=timezone.now())
    if key := request.POST.get("_fix"):
        return _fixed(story, next((one for one in findings if one.key == key), None))
    panel = panel_of(findings)
    html = render_to_string("admin/blog/article/_findings.html", {"panel": panel})
    return JsonResponse({"html": html, "said": panel.said})


def _fixed(story: Story, finding: Finding | None) -> JsonResponse:
    if finding is None or finding.fix is None:
        return JsonResponse({"error": "The text has changed meanwhile: nothing was mended."}, status=409)
    better = finding.fix.apply(story)
    fields: dict[str, Any] = {
        name: getattr(better, name) for name in LINES if getattr(better, name) != getattr(story, name)
    }
    told = list(better.told)
    if better.hashtags != story.hashtags:
        fields["hashtags"] = list(better.hashtags)
    if better.category != story.category:
        _choose(fields, told, "category", Category, [better.category])
    if better.authors != story.authors:
        _choose(fields, told, "authors", Author, better.authors)
    return JsonResponse({"label": finding.fix.label, "fields": fields, "told": told})


def _choose(fields: dict[str, Any], told: list[str], field: str, model: Any, names: Iterable[str]) -> None:
    """Rows are chosen by name; a name that nobody has is told, for it is gone from the text."""
    for name in list(names)[:MOST_AUTHORS]:
        row = model._default_manager.filter(name__iexact=name[:200].replace("\x00", "")).first()
        if row is None:
            told.append(f"There is no {model._meta.verbose_name} called “{name}”. Choose one by hand.")
        else:
            fields.setdefault(field, []).append({"value": row.pk, "label": row.name})
