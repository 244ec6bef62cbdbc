"""Every page that is measured is there, on a site with the articles and the facts."""

from io import StringIO

import pytest
from django.core.management import call_command

from benchmarks import addresses, corpus, importing, queries
from blog.models import Article

ARTICLES = 200


def test_only_the_pages_that_were_asked_for_are_measured():
    assert list(addresses.chosen(ARTICLES, "home, feed")) == ["home", "feed"]
    assert addresses.chosen(ARTICLES, "") == addresses.pages(ARTICLES)


def test_a_page_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(SystemExit, match=r"can have.*comparison"):
        addresses.chosen(ARTICLES, "hom")


@pytest.mark.parametrize("articles", [1_000, 20_000, 100_000])
def test_the_deep_page_is_far_down_the_list(articles):
    listed = articles / len(corpus.CATEGORIES)

    assert 0.7 * listed < addresses.deep(articles) * 12 < 0.9 * listed


@pytest.mark.django_db
def test_every_page_is_there_and_takes_queries_to_make(capsys, monkeypatch):
    monkeypatch.setattr(corpus, "BODIES", 20)  # each is made ready by itself
    call_command("load_careers", stdout=StringIO())
    corpus.fill(ARTICLES)
    found = queries.counted(list(addresses.pages(ARTICLES).values()))

    assert min(found.values()) > 0


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_not_counted():
    with pytest.raises(RuntimeError, match="answered 404"):
        queries.counted(["/blog/synthetic-7/"])


@pytest.mark.django_db
def test_texts_are_imported_as_drafts_and_the_next_ones_are_others(capsys):
    corpus.fill(1)

    assert importing.per_second(1) > 0
    assert importing.per_second(1) > 0
    assert Article.objects.drafts().count() == 2
