"""Each role against each action, by the form, by the list and by forged request."""

from datetime import UTC, datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from blog import snapshots
from blog.models import Article
from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory

pytestmark = pytest.mark.django_db
FAR_AHEAD = datetime(2050, 1, 1, tzinfo=UTC)
GROUPS = ["writer", "editor", "publisher"]
LIST = "admin:blog_article_changelist"


def change_page(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def stored(article):
    return Article.objects.get(pk=article.pk)


def make(standing, **fields):
    if standing == "draft":
        return DraftFactory(**fields)
    if standing == "scheduled":
        return ArticleFactory(published_at=FAR_AHEAD, first_published_at=FAR_AHEAD, **fields)
    if standing == "bin":
        return DraftFactory(state=Article.State.BIN, **fields)
    return ArticleFactory(**fields)


@pytest.mark.parametrize("group", GROUPS)
def test_everyone_of_the_desk_begins_articles_as_drafts(as_group, group):
    desk = as_group(group)

    desk.post(reverse("admin:blog_article_add"), form_of(category=CategoryFactory().pk))

    article = Article.objects.get()
    assert (article.state, article.created_by) == ("draft", desk.person)


@pytest.mark.parametrize(
    ("group", "standing", "whose", "may"),
    [
        ("writer", "draft", "own", True),
        ("writer", "draft", "other's", False),
        ("writer", "scheduled", "own", True),
        ("writer", "live", "own", True),
        ("writer", "live", "other's", False),
        ("editor", "draft", "other's", True),
        ("editor", "scheduled", "own", True),
        ("editor", "live", "other's", True),
        ("publisher", "bin", "own", True),
        ("publisher", "draft", "other's", True),
        ("publisher", "scheduled", "other's", True),
        ("publisher", "live", "other's", True),
    ],
)
def test_who_may_change_what(as_group, group, standing, whose, may):
    desk = as_group(group)
    article = make(standing, title="Before", created_by=desk.person if whose == "own" else None)

    answer = desk.post(change_page(article), form_of(article, title="After", published_at=local(article)))

    assert answer.status_code == (302 if may else 403)
    assert newest(article)["title"] == ("After" if may else "Before")
    assert stored(article).title == ("After" if may and standing in ("draft", "bin") else "Before")
    assert stored(article).state == article.state


def test_who_may_only_read_an_article_is_told_who_may_change_it(as_group, person):
    article = ArticleFactory(created_by=person("editor"), assigned_to=person("publisher"))
    desk = as_group("writer")

    page = desk.get(change_page(article)).content.decode()

    who = f"{article.created_by}, {article.assigned_to} and any editor or publisher"
    assert f"You may read this, not change it: {who} may." in page
    assert "What you save is a draft" not in page
    assert "autosave.js" not in page
    assert "data-unsaved" not in page


def newest(article):
    """What the next save would go on from."""
    article = stored(article)
    related = snapshots.open_working_copy(article)
    return snapshots.of(article, related)


def local(article):
    return article.published_at.strftime("%Y-%m-%dT%H:%M") if article.published_at else None


@pytest.mark.parametrize("group", GROUPS)
def test_everyone_of_the_desk_sees_every_article(as_group, group):
    articles = [make(standing) for standing in ("draft", "scheduled", "live")]
    desk = as_group(group)

    assert [desk.get(change_page(article)).status_code for article in articles] == [200] * 3
    listed = desk.get(reverse(LIST)).content.decode()
    assert [article.title for article in articles if article.title not in listed] == []


@pytest.mark.parametrize("group", ["writer", "editor"])
@pytest.mark.parametrize(
    "forged",
    [
        {"_publish": "Publish"},
        {"_publish_now": "Publish now"},
        {"_publish": "Publish", "published_at": "2020-01-01T00:00"},
        {"state": "published", "published_at": "2020-01-01T00:00"},
        {"is_featured": "on"},
        {"expires_at": "2030-01-01T00:00"},
    ],
    ids=lambda forged: "+".join(forged),
)
def test_a_forged_request_publishes_nothing_and_is_told_so(as_group, group, forged):
    desk = as_group(group)
    article = make("draft", created_by=desk.person)

    answer = desk.post(change_page(article), form_of(article, title="Written", **forged))

    after = stored(article)
    assert (after.state, after.published_at, after.is_featured, after.expires_at) == (
        "draft",
        None,
        False,
        None,
    )
    assert after.title == "Written"
    assert "Only publishers publish" in " ".join(map(str, get_messages(answer.wsgi_request)))


@pytest.mark.parametrize("group", ["writer", "editor"])
def test_a_forged_new_article_is_a_draft(as_group, group):
    sent = form_of(
        category=CategoryFactory().pk, _publish="1", state="published", published_at="2020-01-01T00:00"
    )

    as_group(group).post(reverse("admin:blog_article_add"), sent)

    assert Article.objects.get().state == "draft"


@pytest.mark.parametrize("group", ["writer", "editor"])
@pytest.mark.parametrize("verb", ["_publish", "_unpublish", "_publish_now"])
def test_a_live_article_stays_as_it_is(as_group, group, verb):
    article = make("live")

    as_group(group).post(change_page(article), form_of(article, title="Changed", **{verb: "1"}))

    assert (stored(article).state, stored(article).title) == ("published", article.title)


@pytest.mark.parametrize("group", ["writer", "editor"])
@pytest.mark.parametrize("action", ["publish_selected", "unpublish_selected", "delete_selected"])
def test_list_actions_of_publishers_do_nothing_for_others(as_group, group, action):
    draft, live = make("draft"), make("live")
    sent = {"action": action, "_selected_action": [draft.pk, live.pk], "post": "yes"}

    as_group(group).post(reverse(LIST), sent)

    assert (stored(draft).state, stored(live).state) == ("draft", "published")


def test_a_publisher_publishes_and_unpublishes_from_the_list(as_group):
    draft, live = make("draft"), make("live")
    desk = as_group("publisher")

    desk.post(reverse(LIST), {"action": "publish_selected", "_selected_action": [draft.pk], "post": "yes"})
    answer = {"parting-asked": "1", "parting-kind": "gone"}
    desk.post(reverse(LIST), {"action": "unpublish_selected", "_selected_action": [live.pk], **answer})

    assert (stored(draft).state, stored(live).state) == ("published", "draft")


@pytest.mark.parametrize("group", ["writer", "editor"])
def test_only_publishers_delete_articles(as_group, group):
    draft = make("draft")

    answer = as_group(group).post(reverse("admin:blog_article_delete", args=[draft.pk]), {"post": "yes"})

    assert answer.status_code == 403
    assert stored(draft)


def test_a_publisher_moves_one_and_many_to_the_bin_and_deletes_for_good_only_from_there(as_group):
    one, two, three = make("draft"), make("draft"), make("draft")
    desk = as_group("publisher")

    desk.post(reverse("admin:blog_article_delete", args=[one.pk]), {"post": "yes"})
    desk.post(
        reverse(LIST), {"action": "delete_selected", "_selected_action": [two.pk, three.pk], "post": "yes"}
    )

    assert [stored(article).state for article in (one, two, three)] == ["bin"] * 3
    desk.post(reverse("admin:blog_article_delete", args=[one.pk]), {"post": "yes"})
    assert not Article.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize("group", GROUPS)
def test_a_forged_save_as_new_makes_a_draft_of_ones_own_and_leaves_the_live_one_alone(as_group, group):
    live = make("live", is_featured=True)
    desk = as_group(group)

    desk.post(
        change_page(live), form_of(live, _saveasnew="1", title="Copy", slug="", published_at=local(live))
    )

    copy = Article.objects.exclude(pk=live.pk).get()
    assert (copy.state, copy.is_featured, copy.created_by) == ("draft", False, desk.person)
    assert stored(live).title == live.title


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("blog_category_add", {"editor", "publisher"}),
        ("blog_author_add", {"editor", "publisher"}),
        ("blog_hashtag_add", {"editor", "publisher"}),
        ("auth_user_changelist", set()),
        ("auth_group_changelist", set()),
    ],
)
@pytest.mark.parametrize("group", GROUPS)
def test_who_may_open_what_else(as_group, group, page, allowed):
    answer = as_group(group).get(reverse(f"admin:{page}"))

    assert answer.status_code == (200 if group in allowed else 403)


@pytest.mark.parametrize("field", ["author", "cover"])
def test_autocompletes_answer_the_desk_only(as_group, client, field):
    model = "articleauthor" if field == "author" else "article"
    address = reverse("admin:autocomplete")
    asked = {"app_label": "blog", "model_name": model, "field_name": field, "term": ""}

    assert client.get(address, asked).status_code == 302
    assert as_group("writer").get(address, asked).status_code == 200


def test_an_autocomplete_nobody_offered_is_refused(as_group):
    asked = {"app_label": "blog", "model_name": "article", "field_name": "created_by", "term": ""}

    assert as_group("publisher").get(reverse("admin:autocomplete"), asked).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {"created_by__password__startswith": "p"},
        {"created_by__email__contains": "@"},
        {"authors__user__password__startswith": "p"},
    ],
)
def test_lookups_into_accounts_answer_nothing(as_group, query):
    make("live")

    assert as_group("publisher").get(reverse(LIST), query).status_code == 400
