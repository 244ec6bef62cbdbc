"""What an address of this site leads to, asked for many at once: links in articles are checked by it."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import Http404
from django.urls import ResolverMatch, resolve, reverse
from django.utils import timezone

from blog import archive, hashtag_names
from blog.links import Found
from blog.models import Hashtag, HashtagAlias
from careers.models import Role

from .media import stored_file
from .models import Redirect
from .public import public_models
from .redirects import MAX_PATH

OK = Found()
UNSEEN = Found("Readers cannot see that page.")
NOTHING = Found("There is no such page on this site.")
DESK = Found("It leads to the desk, which readers cannot open.")
JOIN = "-vs-"


def look_up(paths: Collection[str]) -> dict[str, Found]:
    """For each path, what a reader finds there: as many queries for all as for one."""
    in_full = {path: _in_full(path) for path in paths}
    found = _look_up(set(in_full.values()))
    return {
        path: _by_way_of(full, found[full]) if full != path else found[path] for path, full in in_full.items()
    }


def _in_full(path: str) -> str:
    """With the “/” that the site adds by itself."""
    with_stroke = f"{path}/"
    return path if _match(path) or not _match(with_stroke) else with_stroke


def _by_way_of(path: str, found: Found) -> Found:
    return Found("It lacks the “/” at its end.", path) if found.leads_somewhere else found


def _look_up(paths: Collection[str]) -> dict[str, Found]:
    matches = {path: _match(path) for path in paths}
    found = {path: _without_asking(path, match) for path, match in matches.items()}
    for model in public_models():
        found |= _pages(model, matches)
    found |= _comparisons(matches)
    found |= _archives(matches)
    missing = [path for path, answer in found.items() if not answer.leads_somewhere]
    return found | _moved(missing) | _other_spellings(missing, matches)


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Http404:
        return None


def _without_asking(path: str, match: ResolverMatch | None) -> Found:
    if path.startswith(settings.STATIC_URL):
        return OK
    if match is None:
        return NOTHING
    if match.view_name == "picture-file":
        return OK if _is_picture(match.kwargs["path"]) else NOTHING
    # The admin has an address for everything below it.
    return DESK if path.startswith(reverse("admin:index")) else OK


def _is_picture(path: str) -> bool:
    try:
        return bool(stored_file(path))
    except Http404:
        return False


@cache
def _view_of(model: type[models.Model]) -> str:
    """The name of the address that its pages have."""
    page: Any = model(slug="x")
    return resolve(page.get_absolute_url()).view_name


def _pages(model: type[models.Model], matches: dict[str, ResolverMatch | None]) -> dict[str, Found]:
    slugs = _given(matches, _view_of(model), "slug")
    if not slugs:
        return {}
    manager: Any = model._default_manager
    asked = set(slugs.values())
    seen = set(manager.public().filter(slug__in=asked).values_list("slug", flat=True))
    hidden = set(manager.filter(slug__in=asked).values_list("slug", flat=True)) - seen
    answers = {**dict.fromkeys(hidden, UNSEEN), **dict.fromkeys(seen, OK)}
    return {path: answers.get(slug, NOTHING) for path, slug in slugs.items()}


def _given(matches: dict[str, ResolverMatch | None], view: str, name: str) -> dict[str, Any]:
    """By path, what stands in this part of the address."""
    return {path: match.kwargs[name] for path, match in matches.items() if match and match.view_name == view}


def _comparisons(matches: dict[str, ResolverMatch | None]) -> dict[str, Found]:
    asked = _given(matches, "careers:comparison", "roles") | _given(
        matches, "careers:comparison-csv", "roles"
    )
    if not asked:
        return {}
    slugs = {slug for roles in asked.values() for slug in roles.split(JOIN)}
    public = set(Role.objects.public().filter(slug__in=slugs).values_list("slug", flat=True))
    return {path: OK if {*roles.split(JOIN)} <= public else NOTHING for path, roles in asked.items()}


def _archives(matches: dict[str, ResolverMatch | None]) -> dict[str, Found]:
    years = _given(matches, "blog:archive-year", "year")
    months = _given(matches, "blog:archive-month", "month")
    if not years and not months:
        return {}
    every = archive.years(timezone.now())
    known = {(year.number, month.first_day.month) for year in every for month in year.months}
    in_years = {path: year in {year for year, _ in known} for path, year in years.items()}
    in_months = {
        path: (match.kwargs["year"], match.kwargs["month"]) in known
        for path, match in matches.items()
        if match and path in months
    }
    return {path: OK if there else NOTHING for path, there in (in_years | in_months).items()}


# --- Where it is now --------------------------------------------------------


def _moved(paths: Iterable[str]) -> dict[str, Found]:
    """Those that were once the address of a page that readers can see today."""
    asked = [path for path in paths if len(path) <= MAX_PATH]
    rows = Redirect.objects.filter(old_path__in=asked) if asked else []
    targets = {row.old_path: (row.target_model, row.target_ref) for row in rows}
    there = _addresses(set(targets.values()))
    moved = {path: there[target] for path, target in targets.items() if target in there}
    return {path: Found("That page has moved.", address) for path, address in moved.items()}


def _addresses(targets: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    found = {}
    for label in {label for label, _ in targets} & set(settings.PUBLIC_MODELS):
        manager: Any = apps.get_model(label)._default_manager
        wanted = [pk for of, pk in targets if of == label]
        for page in manager.public().filter(pk__in=wanted):
            found[label, page.pk] = page.get_absolute_url()
    return found


def _other_spellings(paths: Iterable[str], matches: dict[str, ResolverMatch | None]) -> dict[str, Found]:
    """A hashtag under a name that stands for another."""
    slugs = _given({path: matches[path] for path in paths}, "blog:tag-detail", "slug")
    if not slugs:
        return {}
    keys = {path: hashtag_names.key_of(slug) for path, slug in slugs.items()}
    public = Hashtag.objects.public()
    named = public.filter(key__in=set(keys.values()))
    aliases = HashtagAlias.objects.filter(key__in=set(keys.values()), hashtag__in=public)
    meant = {alias.key: alias.hashtag.get_absolute_url() for alias in aliases.select_related("hashtag")}
    meant |= {hashtag.key: hashtag.get_absolute_url() for hashtag in named}
    said = "That is another name of this hashtag."
    return {path: Found(said, meant[key]) for path, key in keys.items() if key in meant}
