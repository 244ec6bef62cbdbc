"""People of each group, and what the article form sends."""

import pytest
from django.contrib.auth.models import Group

from tests.factories import UserFactory


@pytest.fixture
def person(db):
    """``person("writer")``: someone in that group."""

    def make(group):
        someone = UserFactory(username=f"{group}-{UserFactory._meta.model.objects.count()}")
        someone.groups.add(Group.objects.get(name=group))
        return someone

    return make


@pytest.fixture
def as_group(client, person):
    """``as_group("writer")``: a browser in which such a person is logged in, and the person."""

    def log_in(group):
        someone = person(group)
        client.force_login(someone)
        client.person = someone
        return client

    return log_in


def form_of(article=None, **changes):
    """What the browser would send of the article's form, with ``changes``."""
    sent = {
        "title": article.title if article else "A new title",
        "slug": article.slug if article and article.pk else "",
        "summary": article.summary if article else "What it says.",
        "body": article.body if article else "<p>Words.</p>",
        "category": article.category_id if article else "",
        "hashtags": "",
        "seo_title": "",
        "seo_description": "",
        "canonical_url": "",
        "cover_alt": "",
        "base_version": article.version if article and article.pk else "",
    }
    if article and article.pk:
        sent["byline"] = [line.author_id for line in article.bylines.all()]
    return sent | {name: value for name, value in changes.items() if value is not None}
