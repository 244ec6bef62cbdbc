"""The ways into the list of articles, counted for the one who looks."""

import re

import pytest
from django.urls import reverse

from blog import publishing, snapshots, workflow
from blog.models import Article
from tests.factories import ArticleFactory, DraftFactory, UserFactory
from tests.website.test_desk import DAY, NOW

pytestmark = pytest.mark.django_db
LIST = reverse("admin:blog_article_changelist")


@pytest.fixture
def editor(as_group):
    return as_group("editor")


def counts(desk):
    page = desk.get(LIST).text
    return dict(re.findall(r">([^<]+) <span>(\d+)</span></a>", page))


def titles(desk, **query):
    return {article.title for article in desk.get(LIST, query).context["cl"].result_list}


def submitted(title, by):
    article = DraftFactory(title=title, created_by=by)
    workflow.submit(article, by=by, now=NOW)
    return article


def test_each_view_shows_what_it_counts(editor, person):
    me, writer = editor.person, person("writer")
    DraftFactory(title="Mine", created_by=me)
    workflow.assign(DraftFactory(title="Given"), to=me, by=person("editor"), now=NOW)
    submitted("Waiting", writer)
    workflow.approve(submitted("Approved", writer), by=me, now=NOW)
    DraftFactory(title="Binned", state="bin", created_by=me)
    over = ArticleFactory(title="Live")
    snapshots.open_working_copy(over)
    over.summary = "Other."
    publishing.save(over, by=None, now=NOW)

    assert titles(editor, work="mine") == {"Mine", "Given"}
    assert titles(editor, work="assigned") == {"Given"}
    assert titles(editor, work="review") == {"Waiting"}
    assert titles(editor, work="approved") == {"Approved"}
    assert titles(editor, standing="bin") == {"Binned"}
    assert counts(editor) == {
        "My work": "2",
        "Needs review": "1",
        "Approved": "1",
        "Scheduled this week": "0",
        "Drafts": "2",
        "Live with a draft": "1",
        "Bin": "1",
    }


def test_what_came_back_is_mine_to_mend(editor, as_group, person):
    writer = person("writer")
    article = submitted("Back", writer)
    workflow.return_to_writer(article, by=editor.person, note="More.", now=NOW)
    editor.force_login(writer)

    assert titles(editor, work="returned") == {"Back"}


def test_this_week_counts_from_now(editor, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ArticleFactory(title="Soon", published_at=NOW + DAY)
    ArticleFactory(title="Later", published_at=NOW + 9 * DAY)

    assert titles(editor, work="week") == {"Soon"}
    assert counts(editor)["Scheduled this week"] == "1"


def test_the_view_one_is_in_is_marked_and_the_others_lead_out_of_it(editor):
    page = editor.get(LIST, {"work": "review"}).text

    assert re.findall(r'<a href="(\?[^"]*)" aria-current="page">', page) == ["?work=review"]


def test_a_view_that_is_none_shows_everything(editor):
    DraftFactory(title="One")

    assert titles(editor, work="nonsense") == {"One"}


def test_the_list_says_in_whose_hands_an_article_is(editor, person):
    writer = person("writer")
    article = submitted("Waiting", writer)
    workflow.assign(article, to=editor.person, by=editor.person, now=NOW)

    assert f"with {editor.person}" in editor.get(LIST).text
    workflow.approve(Article.objects.get(), by=editor.person, now=NOW)
    assert f"Approved by {editor.person}" in editor.get(LIST).text


def test_ten_articles_cost_what_two_cost(editor, person, count_queries):
    def fill(number):
        for _ in range(number):
            article = submitted("Waiting", UserFactory(is_superuser=True))
            workflow.assign(article, to=person("editor"), by=editor.person, now=NOW)
            workflow.approve(article, by=editor.person, now=NOW)

    fill(2)
    two = count_queries(editor, LIST)
    fill(8)

    assert count_queries(editor, LIST) == two
