"""Feeds in a browser, which shows them as documents: what stands in them must not run."""

import pytest

from tests.factories import ArticleFactory

HOSTILE = "</title>]]><img src=x onerror=alert(1)><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize("form", ["feed/", "feed.json"])
def test_a_hostile_title_runs_in_no_feed(ran, base_url, transactional_db, form):
    article = ArticleFactory(title=HOSTILE, summary=HOSTILE, hashtags=["one"])
    article.category.description = HOSTILE
    article.category.save()
    address = f"{base_url}{article.category.get_absolute_url()}{form}"

    assert ran(lambda page: page.goto(address, wait_until="load")) == []


def test_the_same_text_would_run_where_nobody_minds_it(ran):
    assert "1" in ran(lambda page: page.set_content(HOSTILE))
