"""Changed addresses and signposts in the admin."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import ArticleFactory, DraftFactory
from tests.website.test_redirects import move
from tests.website.test_review import log_in
from website.models import Redirect, Signpost
from website.moving import MovingMixin
from website.public import public_models

pytestmark = pytest.mark.django_db
CHANGED, SIGNPOSTS = "/admin/website/redirect/", "/admin/website/signpost/"


@pytest.fixture
def editor(client):
    return log_in(client, "editor")


def add(desk, **fields):
    sent = {"path": "/old/", "kind": "gone", "target_path": "", "reason": "", **fields}
    return desk.post(f"{SIGNPOSTS}add/", sent, follow=True)


def test_the_admin_of_every_public_page_tells_of_its_address():
    assert all(isinstance(admin.site.get_model_admin(model), MovingMixin) for model in public_models())


def test_a_changed_address_shows_where_it_leads_now_and_hides_where_readers_may_not_go(editor):
    move(ArticleFactory(slug="a"), "b")
    hidden = move(ArticleFactory(slug="c"), "secret-plans")
    hidden.state = "draft"
    hidden.save()

    text = editor.get(CHANGED).text

    assert "/blog/b/" in text
    assert "nowhere: its page is hidden" in text


@pytest.mark.parametrize("page", [CHANGED, SIGNPOSTS])
def test_a_list_of_ten_costs_what_a_list_of_two_costs(editor, page):
    def cost(number):
        for n in range(number):
            article = move(ArticleFactory(), f"moved-{number}-{n}")
            Signpost.objects.create(
                path=f"/{article.pk}/",
                kind="moved",
                target_path=article.get_absolute_url(),
                target_model="blog.Article",
                target_ref=article.pk,
                put_up_at=article.published_at,
            )
        with CaptureQueriesContext(connection) as queries:
            editor.get(page)
        return len(queries)

    cost(1)
    assert cost(10) == cost(2)


def test_deleting_a_changed_address_names_the_way_back(editor):
    move(ArticleFactory(slug="a"), "b")
    row = Redirect.objects.get()

    said = editor.post(f"{CHANGED}{row.pk}/delete/", {"post": "yes"}, follow=True).text

    assert "add a signpost at /blog/a/ that leads to /blog/b/" in said
    assert editor.get("/blog/a/").status_code == 404


def test_several_changed_addresses_are_deleted_with_the_same_words(editor):
    move(ArticleFactory(slug="a"), "b")
    sent = {"action": "delete_selected", "_selected_action": [Redirect.objects.get().pk], "post": "yes"}

    assert "add a signpost at /blog/a/" in editor.post(CHANGED, sent, follow=True).text


def test_changed_addresses_can_be_taken_along_as_a_table(editor):
    move(ArticleFactory(slug="a"), "b")
    row = Redirect.objects.get()

    answer = editor.post(CHANGED, {"action": "as_csv", "_selected_action": [row.pk]})

    assert answer["Content-Type"].startswith("text/csv")
    assert answer.text.splitlines()[:2] == [
        "old address,leads to,since",
        f"/blog/a/,/blog/b/,{row.created_at.date()}",
    ]


def test_a_signpost_is_put_up_by_hand_and_follows_its_page(editor):
    article = ArticleFactory(slug="a")
    add(editor, path="http://testserver/Old", kind="moved", target_path="/blog/a")

    move(article, "b")

    assert editor.get("/old/").headers["Location"] == "/blog/b/"
    assert "/blog/b/" in editor.get(SIGNPOSTS).text


def test_a_signpost_can_be_changed_and_moved(editor):
    add(editor, kind="withdrawn", reason="Wrong.")
    sign = Signpost.objects.get()

    sent = {"path": "/other/", "kind": "gone", "target_path": "", "reason": "left over"}
    editor.post(f"{SIGNPOSTS}{sign.pk}/change/", sent)

    assert [(row.path, row.kind, row.reason) for row in Signpost.objects.all()] == [("/other/", "gone", "")]


@pytest.mark.parametrize(
    "fields",
    [
        {"path": ""},
        {"path": "https://evil.example/"},
        {"path": "//evil.example/"},
        {"path": "/x\x00/"},
        {"path": "/" + "x" * 400},
        {"kind": "moved", "target_path": "/old/"},
        {"kind": "moved", "target_path": "//evil.example/"},
        {"kind": "withdrawn", "reason": ""},
        {"kind": ""},
    ],
)
def test_a_signpost_that_makes_no_sense_is_refused_with_a_message(editor, fields):
    answer = add(editor, **fields)

    assert answer.status_code == 200
    assert 'class="errorlist' in answer.text
    assert not Signpost.objects.exists()


def test_a_second_signpost_at_one_address_is_refused(editor):
    add(editor)

    assert "a signpost at this address already" in add(editor, path="/Old").text
    assert Signpost.objects.count() == 1


def test_a_signpost_where_a_page_stands_says_that_it_waits(editor):
    ArticleFactory(slug="a")

    assert "the signpost waits until it is gone" in add(editor, path="/blog/a/").text


def test_a_signpost_to_a_draft_is_refused_like_one_to_nothing(editor):
    draft = DraftFactory(slug="secret-plans")

    for target in (draft.get_absolute_url(), "/blog/nothing/"):
        answer = add(editor, kind="moved", target_path=target)
        assert f"Readers find nothing at {target}" in answer.text


def test_the_pages_can_be_opened(editor):
    add(editor)
    sign = Signpost.objects.get()

    assert editor.get(reverse("admin:website_signpost_change", args=[sign.pk])).status_code == 200
