"""What is told to search engines stands in a script element: text from the desk must not get out of it."""

import json

from tests.factories import ArticleFactory, CategoryFactory

BREAKS_OUT = "</script><script>alert(1)</script>"


def test_no_title_runs_in_the_data_of_a_page(ran, base_url, transactional_db):
    category = CategoryFactory(name=BREAKS_OUT, description=BREAKS_OUT)
    article = ArticleFactory(title=BREAKS_OUT, summary=BREAKS_OUT, category=category)

    for page in (article, category):
        assert ran(lambda browser, page=page: browser.goto(f"{base_url}{page.get_absolute_url()}")) == []


def test_the_same_text_would_run_as_plain_json(ran):
    raw = f'<script type="application/ld+json">{json.dumps({"headline": BREAKS_OUT})}</script>'

    assert ran(lambda page: page.set_content(raw)) == ["1"]
