from datetime import UTC, datetime

import pytest

from blog.views import LATEST
from tests.factories import LONG_AGO, ArticleFactory

pytestmark = pytest.mark.django_db


def test_the_newest_featured_article_leads(client):
    ArticleFactory(title="Newest", published_at=datetime(2026, 3, 1, tzinfo=UTC))
    featured = ArticleFactory(title="Featured", is_featured=True)

    response = client.get("/")

    assert response.context["lead"] == featured
    assert [article.title for article in response.context["latest"]] == ["Newest"]


def test_a_featured_article_leads_when_many_newer_ones_have_come(client):
    featured = ArticleFactory(is_featured=True, published_at=LONG_AGO)
    for _ in range(LATEST + 2):
        ArticleFactory()

    response = client.get("/")

    assert response.context["lead"] == featured
    assert featured not in response.context["latest"]
    assert len(response.context["latest"]) == LATEST
