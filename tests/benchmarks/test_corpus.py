"""The quick way to many articles writes what the site itself would have written."""

import re

import pytest

from benchmarks import corpus
from blog.models import Article
from website.models import SearchDocument

pytestmark = pytest.mark.django_db
ROW = [field.attname for field in SearchDocument._meta.concrete_fields if field.attname != "id"]


def rows():
    found = list(SearchDocument.objects.filter(kind="article").order_by("ref").values(*ROW))
    for row in found:  # nobody says in which order hashtags are read, or joins neighbours
        del row["keywords_words"]
        row |= {name: sorted(re.split(r"[,\n]\s*", row[name])) for name in ("keywords", "facets")}
    return found


def test_articles_are_found_by_what_indexing_them_would_write(capsys):
    from website import search

    corpus.fill(5)
    quick = rows()
    for _ in search.rebuild():
        pass

    assert len(quick) == 5
    assert rows() == quick


def test_articles_are_what_rendering_their_bodies_would_make(capsys):
    corpus.fill(2)

    for article in Article.objects.all():
        quick = {name: getattr(article, name) for name in ("body", *Article.RENDERED_FIELDS)}
        article.render()
        assert {name: getattr(article, name) for name in quick} == quick


def test_a_corpus_grows_by_what_it_lacks(capsys):
    corpus.fill(2)
    first = list(Article.objects.order_by("slug").values_list("pk", "title"))
    corpus.fill(4)

    assert list(Article.objects.order_by("slug").values_list("pk", "title")[:2]) == first
    assert [article.slug for article in Article.objects.order_by("slug")] == [
        f"synthetic-{number}" for number in range(4)
    ]


def test_a_corpus_that_is_too_large_is_not_measured_as_a_smaller_one(capsys):
    corpus.fill(2)

    with pytest.raises(SystemExit, match="has 2 articles already"):
        corpus.fill(1)


def test_two_rare_words_lead_to_one_article_in_a_thousand_and_to_few_in_many():
    pairs = [corpus.rare_words(number) for number in range(16_000)]

    assert pairs[:1_000].count(pairs[7]) == 1
    assert pairs.count(pairs[7]) == 2
