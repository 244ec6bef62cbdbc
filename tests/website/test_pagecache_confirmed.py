"""Whatever changes: a page confirmed by asking again is the page made anew. CHANGES=500 for a long run."""

import os
import random
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction

from tests.website.test_every_page import FRAMES, URLS, fill
from tests.website.wsgi import CopiesByHand, FakeTokens, ask
from website.pagecache.boundaries import horizon
from website.pagecache.wrapper import PageCache

pytestmark = pytest.mark.django_db

CHANGES = int(os.environ.get("CHANGES", "5"))
SEED = int(os.environ.get("SEED", "7"))
NOT_KEPT = ("/no-such", "/oembed", "/api/", *FRAMES.values())
PAGES = [url for url in URLS if not url.startswith(NOT_KEPT)]
ASKED = 3  # pages after each change
OURS = [
    model for label in ("blog", "careers", "website") for model in apps.get_app_config(label).get_models()
]


@pytest.fixture(scope="module")
def site(for_the_module):
    for_the_module(fill)


def changed(field, value, chance):
    """Something else of the same kind."""
    if field.choices:
        return chance.choice([key for key, _ in field.flatchoices])
    if isinstance(value, bool):
        return not value
    if isinstance(value, datetime | date):
        return value + timedelta(days=chance.choice([-400, -1, 1]))
    if isinstance(value, int):
        return value + chance.choice([-1, 1])
    return f"{value}{chance.choice('xyz')}" if isinstance(value, str) else value


def change(chance):
    """One field of one row, or the whole row, past all that our code would do. Tells what it was."""
    model = chance.choice(OURS)
    keys = [*model._base_manager.order_by("pk").values_list("pk", flat=True)]
    if not keys:
        return None
    row = model._base_manager.get(pk=chance.choice(keys))
    field = chance.choice([one for one in model._meta.concrete_fields if not one.primary_key])
    rows = model._base_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            if isinstance(field, models.ForeignKey) or chance.random() < 0.1:
                rows._raw_delete(rows.db)
                transaction.get_connection().check_constraints()
                return f"{model.__name__} deleted"
            rows.update(**{field.attname: changed(field, getattr(row, field.attname), chance)})
    except DatabaseError:  # the database keeps its promises
        return None
    return f"{model.__name__}.{field.name}"


def test_after_any_change_a_kept_page_is_what_would_be_made(site, django_site, tmp_path):
    chance, tokens, different, changes, shown = random.Random(SEED), FakeTokens(), [], 0, 0
    cache = PageCache(
        django_site,
        tokens=tokens,
        horizon=horizon,
        limit=50_000_000,
        copies=CopiesByHand(tmp_path, 8_000_000),
    )
    while changes < CHANGES:
        urls = chance.sample(PAGES, ASKED)
        before = {url: ask(cache, url).body for url in urls}
        what = change(chance)
        tokens.value += 1
        changes += what is not None
        for url in urls:
            kept, fresh = ask(cache, url), ask(django_site, url)
            shown += fresh.body != before[url]
            # What cannot be made at all is shown as it last was.
            if fresh.status < 500 and (kept.status, kept.body) != (fresh.status, fresh.body):
                different.append((what, url))

    assert different == []
    assert cache.counts.confirmed > CHANGES
    assert shown > CHANGES // 20
