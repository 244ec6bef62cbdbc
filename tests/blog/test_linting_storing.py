"""What the last check found, kept."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import linting
from blog.linting import storing
from blog.models import Article, ArticleCheck, ArticleFinding
from tests.blog.checked import found
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)


def keep(article):
    linting.store(article, found(linting.Story.of_article(article)), now=NOW)


def test_what_was_found_takes_the_place_of_what_was_found_before():
    article = ArticleFactory(body="<h2>Empty</h2>")
    keep(article)
    article.body = "<p>[web:1]</p>"

    keep(article)

    rules = set(ArticleFinding.objects.values_list("rule", flat=True))
    assert "ai-marks" in rules
    assert "empty-section" not in rules
    assert ArticleCheck.objects.get().checked_at == NOW


def test_findings_are_kept_in_their_order_and_words():
    article = ArticleFactory(body="<p>[web:1]</p><h2>Empty</h2>", title="In 2019")
    findings = found(linting.Story.of_article(article))

    linting.store(article, findings, now=NOW)

    assert [str(row) for row in article.findings.all()] == [finding.message for finding in findings]


def test_an_article_is_unchecked_until_it_meets_the_rules_of_today(monkeypatch):
    article, other = ArticleFactory(), ArticleFactory()
    keep(article)

    assert list(linting.unchecked(Article.objects.all())) == [other]

    monkeypatch.setattr(storing, "version", lambda: "other rules")

    assert linting.unchecked(Article.objects.all()).count() == 2


def test_articles_are_found_by_the_gravest_they_have():
    bad, good = ArticleFactory(body="<h2>Empty</h2>"), ArticleFactory()
    keep(bad)
    keep(good)

    assert list(linting.with_findings(Article.objects.all(), "block")) == [bad]


def test_an_article_takes_its_findings_with_it():
    article = ArticleFactory(body="<h2>Empty</h2>")
    keep(article)

    article.delete()

    assert (ArticleCheck.objects.count(), ArticleFinding.objects.count()) == (0, 0)


def test_storing_costs_the_same_for_one_finding_and_for_many():
    def queries(count):
        article = ArticleFactory(body="".join(f"<h2>Empty {n}</h2>" for n in range(count)))
        keep(article)
        with CaptureQueriesContext(connection) as captured:
            keep(article)
        return len(captured)

    assert queries(25) == queries(1)
