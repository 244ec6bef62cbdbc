"""The history of an article: its versions, the log, two compared, one brought back."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog import publishing, snapshots
from blog.admin.histories import changed_by
from blog.models import Act, Article
from blog.snapshots import Related
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def page(name, article, **query):
    return reverse(f"admin:blog_article_{name}", args=[article.pk], query=query or None)


def stored(article):
    return Article.objects.get(pk=article.pk)


def saved(article, by=None, related=None, **changes):
    article = stored(article)
    snapshots.open_working_copy(article)
    for name, value in changes.items():
        setattr(article, name, value)
    publishing.save(article, by=by, now=NOW, related=related, note="Better")
    return article


@pytest.fixture
def article():
    made = DraftFactory(title="First", body="<p>A quick fox.</p>", hashtags=["Go"])
    saved(made, title="Second", body="<p>A slow fox.</p>", related=Related(hashtags=("C#",)))
    return made


def test_the_history_tells_every_version_and_every_act(as_group, article):
    answer = as_group("writer").get(page("history", article))

    text = answer.content.decode()
    assert [revision.version for revision in answer.context["revisions"]] == [1, 0]
    assert "Better" in text
    assert "<strong>Saved</strong> by the site" in text


def test_two_versions_are_compared_by_what_they_mean(as_group, article):
    text = as_group("writer").get(page("compare", article, old=1, new=0)).content.decode()

    assert "From version 0" in text
    assert "<del>First</del><ins>Second</ins>" in text
    assert "A <del>quick</del><ins>slow</ins> fox." in text
    assert "<del>Go</del>" in text
    assert "<ins>C#</ins>" in text


def test_hostile_words_are_compared_as_words(as_group, article):
    saved(article, title="<script>alert(1)</script>")

    text = as_group("writer").get(page("compare", article, old=1, new=2)).content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize("query", [{}, {"old": "x", "new": "1"}, {"old": "7", "new": "8"}, {"old": "9" * 40}])
def test_a_version_that_is_none_is_not_found(as_group, article, query):
    assert as_group("writer").get(page("compare", article, **query)).status_code == 404


def test_a_version_is_restored_as_a_draft_by_who_may_write(as_group, article):
    desk = as_group("editor")

    desk.post(page("restore", article), {"version": 0, "base_version": 1})

    assert (stored(article).title, stored(article).version) == ("First", 2)
    assert [tag.name for tag in article.hashtags.all()] == ["Go"]
    assert article.revisions.first().note == "From version 0"


def test_a_version_is_not_restored_over_what_somebody_saved_meanwhile(as_group, article):
    desk = as_group("editor")
    saved(article, title="Third")

    answer = desk.post(page("restore", article), {"version": 0, "base_version": 1}, follow=True)

    assert stored(article).title == "Third"
    assert "Nothing was restored" in answer.content.decode()


@pytest.mark.parametrize("verb", ["restore", "discard_draft"])
def test_who_may_not_write_restores_and_discards_nothing(as_group, article, verb):
    desk = as_group("writer")
    before = stored(article).version

    assert desk.post(page(verb, article), {"version": 0, "base_version": 1}).status_code == 403
    assert as_group("editor").get(page(verb, article)).status_code == 405
    assert stored(article).version == before


def test_a_draft_over_a_live_article_is_discarded_and_can_be_had_back(as_group):
    live = ArticleFactory(title="Live")
    saved(live, title="Draft")
    desk = as_group("editor")

    desk.post(page("discard_draft", live), {"base_version": stored(live).version})
    assert (stored(live).title, stored(live).draft) == ("Live", None)

    desk.post(page("restore", live), {"version": 1, "base_version": stored(live).version})
    assert stored(live).draft.content["title"] == "Draft"


def test_the_page_that_says_a_draft_is_discarded_has_the_button_that_brings_it_back(as_group):
    live = ArticleFactory(title="Live")
    saved(live, title="Draft")
    desk = as_group("editor")

    answer = desk.post(page("discard_draft", live), {"base_version": stored(live).version}, follow=True)

    text = answer.content.decode()
    assert "restore its version below" in text
    assert 'form="restore" name="version" value="1"' in text
    assert f'name="base_version" value="{stored(live).version}"' in text
    assert f'value="{answer.context["revisions"][0].version}" aria-label="Restore' not in text


def test_who_may_not_write_is_offered_no_version_to_restore(as_group, article):
    assert 'form="restore"' not in as_group("writer").get(page("history", article)).content.decode()


@pytest.mark.parametrize("name", ["history", "compare"])
def test_a_page_costs_the_same_with_two_and_with_ten_versions_and_names(as_group, name):
    desk = as_group("editor")
    costs = []
    for many in (2, 10):
        article = DraftFactory()
        for n in range(many):
            authors = tuple(AuthorFactory().pk for _ in range(many))
            roles = tuple(RoleFactory().pk for _ in range(many))
            saved(article, by=desk.person, title=f"Title {n}", related=Related(authors=authors, roles=roles))
        with CaptureQueriesContext(connection) as queries:
            desk.get(page(name, article, old=1, new=2))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_log_is_read_and_never_written_by_hand(as_group, article):
    desk = as_group("publisher")

    assert "Second" in desk.get(reverse("admin:blog_act_changelist")).content.decode()
    assert desk.get(reverse("admin:blog_act_add")).status_code == 403
    assert desk.post(reverse("admin:blog_act_delete", args=[article.acts.get().pk])).status_code == 403


def test_the_log_is_headed_in_english(as_group, article):
    saved(article, by=as_group("editor").person, title="Third")
    page = as_group("publisher").get(reverse("admin:blog_act_changelist")).content.decode()

    assert "<h1>Log</h1>" in page
    assert "By person" in page
    assert "By by" not in page


def test_one_version_is_not_offered_for_comparison(as_group):
    desk = as_group("writer")
    new = Article(title="New", category=CategoryFactory())
    publishing.save(new, by=desk.person, now=NOW)
    alone = desk.get(page("history", new)).content.decode()
    saved(new, by=desk.person, title="Newer")
    beside_another = desk.get(page("history", new)).content.decode()

    assert "Compare these two" not in alone
    assert 'type="radio"' not in alone
    assert "Compare these two" in beside_another
    assert beside_another.count('type="radio"') == 4


def test_the_history_says_which_version_readers_see_and_what_changed_in_the_words_of_the_form(as_group):
    article = ArticleFactory(title="Seen", live_version=0)
    saved(article, title="Not yet seen", seo_title="Found")

    text = as_group("writer").get(page("history", article)).content.decode()

    marked = re.findall(r'"row">(\d) <span class="pill pill--[\w-]+">(\w+)<', text)
    assert marked == [("1", "Draft"), ("0", "Live")]
    assert "(Title, Search title)" in text


def test_roles_and_certifications_in_another_order_are_no_change():
    before, after = Related(roles=(9, 2), credentials=(3, 1)), Related(roles=(2, 9), credentials=(1, 3))

    assert before == after
    assert Related(authors=(2, 1)) != Related(authors=(1, 2))


def test_a_review_going_on_is_told_once_and_what_went_live_by_its_fields():
    reviewed = Act(changes={"review": ["", "submitted"], "version": [1, 2]})

    assert changed_by(reviewed) == ""
    assert changed_by(Act(changes={"fields": ["body", "seo_title"]})) == "Body, Search title"


def test_as_many_queries_to_save_ten_authors_as_two():
    costs = []
    for many in (2, 10):
        draft, authors = DraftFactory(), tuple(AuthorFactory().pk for _ in range(many))
        with CaptureQueriesContext(connection) as queries:
            saved(draft, related=Related(authors=authors))
        assert tuple(draft.bylines.values_list("author", flat=True)) == authors
        costs.append(len(queries))

    assert costs[0] == costs[1]
