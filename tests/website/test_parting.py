"""Before readers lose an article the desk says what they would miss, and asks what its address answers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Batch
from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, DraftFactory, RoleFactory, UserFactory
from tests.website.test_redirects import move
from tests.website.test_review import log_in
from website import signposts
from website.models import Redirect, Signpost
from website.signposts import Choice, answer_for

pytestmark = pytest.mark.django_db
LIST = "/admin/blog/article/"
GONE = {"parting-asked": "1", "parting-kind": "gone"}


@pytest.fixture
def publisher(client):
    return log_in(client, "publisher")


def page(article, verb="change"):
    return reverse(f"admin:blog_article_{verb}", args=[article.pk])


def stored(article):
    return Article.objects.filter(pk=article.pk).first()


def is_kept(article):
    return Article.objects.kept().filter(pk=article.pk).exists()


def form(article, **changes):
    return form_of(article, published_at="2026-01-05T09:00", **changes)


def chosen(action, *articles, **more):
    return {"action": action, "_selected_action": [article.pk for article in articles], "index": "0", **more}


def answer(kind, target="", reason=""):
    named = {"kind": kind, "target_path": target, "reason": reason}
    return {"parting-asked": "1", **{f"parting-{name}": value for name, value in named.items()}}


# --- Unpublishing ---------------------------------------------------------------------


def test_unpublishing_asks_first_and_changes_nothing(publisher):
    article = ArticleFactory()
    ArticleFactory(title="It links", body=f'<p><a href="{article.get_absolute_url()}">x</a></p>')

    asked = publisher.post(page(article), form(article, _unpublish="1", title="Better"))

    assert asked.status_code == 200
    assert "Nothing has happened yet" in asked.text
    assert "It links" in asked.text
    assert "publish it again" in asked.text
    assert (stored(article).state, stored(article).title) == ("published", article.title)
    assert not Signpost.objects.exists()


def test_what_was_typed_and_the_answer_are_kept_together(publisher):
    article = ArticleFactory()
    body = '<p>Two\n"lines" & <b>more</b></p>'
    asked = publisher.post(
        page(article), form(article, _unpublish="1", title='A "better" <title>', body=body)
    )

    carried = {}
    for name, value in asked.context["carried"]:
        carried.setdefault(name, []).append(value)
    sent = carried | answer("withdrawn", reason="The exam was retired.")
    told = publisher.post(page(article), sent, follow=True)

    assert "as a draft. Readers no longer see it." in told.text
    assert (stored(article).state, stored(article).title) == ("draft", 'A "better" <title>')
    assert "lines" in stored(article).body
    assert answer_for(article.get_absolute_url()).sign.reason == "The exam was retired."
    assert Signpost.objects.get().put_up_by.groups.get().name == "publisher"


def test_every_address_readers_had_answers_the_same(publisher, client):
    article = move(ArticleFactory(slug="a"), "b")

    publisher.post(page(article), form(article, _unpublish="1", slug="c", **GONE))

    assert [client.get(f"/blog/{slug}/").status_code for slug in "abc"] == [410, 410, 404]


def test_readers_are_led_to_the_page_chosen_in_one_step(publisher, client):
    article, other = move(ArticleFactory(slug="a"), "b"), ArticleFactory(slug="other")
    sent = answer("moved", f"http://testserver{other.get_absolute_url()}")

    publisher.post(page(article), form(article, _unpublish="1", **sent))

    assert client.get("/blog/a/").headers["Location"] == "/blog/other/"
    assert client.get("/blog/b/").headers["Location"] == "/blog/other/"


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        (answer(""), "Choose what readers find"),
        (answer("nonsense"), "not one of the available choices"),
        (answer("moved"), "Say where readers are to go"),
        (answer("moved", "//evil.example/"), "begins with a slash"),
        (answer("moved", "https://evil.example/"), "another site"),
        (answer("moved", "/admin/"), "find nothing"),
        (answer("moved", "/blog/a/"), "going too"),
        (answer("moved", "/blog/x\x00/"), "Null characters"),
        (answer("withdrawn", reason="  "), "Say why"),
        (answer("withdrawn", reason="x" * 500), "at most 400"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_happens(publisher, sent, complaint):
    article = ArticleFactory(slug="a")

    again = publisher.post(page(article), form(article, _unpublish="1", **sent))

    assert complaint in again.text
    assert stored(article).state == "published"
    assert not Signpost.objects.exists()


def test_a_draft_is_no_place_to_lead_readers_to(publisher):
    article, draft = ArticleFactory(), DraftFactory(slug="secret-plans")

    again = publisher.post(
        page(article), form(article, _unpublish="1", **answer("moved", draft.get_absolute_url()))
    )

    assert "find nothing" in again.text
    assert stored(article).state == "published"


def test_nothing_is_asked_of_an_article_readers_never_saw(publisher):
    later = timezone.now() + timedelta(days=9)
    article = ArticleFactory(published_at=later, first_published_at=later)

    publisher.post(page(article), form_of(article, _unpublish="1", published_at="2050-01-05T09:00"))

    assert stored(article).state == "draft"
    assert not Signpost.objects.exists()


def test_a_form_with_a_fault_unpublishes_nothing_and_leaves_no_sign(publisher):
    article = ArticleFactory()

    publisher.post(page(article), form(article, _unpublish="1", title="", **GONE))

    assert stored(article).state == "published"
    assert not Signpost.objects.exists()


def test_published_again_its_own_page_answers(publisher, client):
    article = ArticleFactory(slug="a")
    publisher.post(page(article), form(article, _unpublish="1", **GONE))
    assert client.get("/blog/a/").status_code == 410

    publisher.post(page(article), form(stored(article), _publish="1"))

    assert client.get("/blog/a/").status_code == 200
    assert not Signpost.objects.exists()


@pytest.mark.parametrize("group", ["writer", "editor"])
def test_nobody_else_unpublishes_or_deletes_by_sending_the_answer(client, group):
    article = ArticleFactory()
    desk = log_in(client, group)

    desk.post(page(article), form(article, _unpublish="1", **GONE))
    desk.post(page(article, "delete"), {"post": "yes", **GONE})
    for action in ("unpublish_selected", "delete_selected"):
        desk.post(LIST, chosen(action, article, post="yes", **GONE))

    assert stored(article).state == "published"
    assert not Signpost.objects.exists()


# --- Many at once ---------------------------------------------------------------------


def test_many_are_asked_about_once_and_answer_alike(publisher, client):
    one, other, draft = ArticleFactory(slug="a"), ArticleFactory(slug="b"), DraftFactory(slug="c")
    one.roles.add(RoleFactory(name="Data Engineer"))
    sent = chosen("unpublish_selected", one, other, draft)

    asked = publisher.post(LIST, sent)
    assert "2 articles" in asked.text
    assert "<strong>1 page</strong> of careers lists them: Data Engineer" in asked.text
    assert {stored(one).state, stored(other).state} == {"published"}
    publisher.post(LIST, sent | GONE)

    assert {stored(one).state, stored(other).state} == {"draft"}
    assert [client.get(f"/blog/{slug}/").status_code for slug in "abc"] == [410, 410, 404]


def test_the_question_costs_the_same_for_two_and_for_ten(publisher):
    def cost(number):
        articles = ArticleFactory.create_batch(number, hashtags=["Python"])
        with CaptureQueriesContext(connection) as queries:
            publisher.post(LIST, chosen("unpublish_selected", *articles))
        return len(queries)

    assert cost(10) == cost(2)


# --- Deleting -------------------------------------------------------------------------


def test_deleting_asks_first(publisher):
    article = ArticleFactory()

    for asked in (
        publisher.get(page(article, "delete")),
        publisher.post(page(article, "delete"), {"post": "yes"}),
    ):
        assert "Nothing has happened yet" in asked.text
    assert stored(article)


def test_what_is_deleted_leaves_its_answer_at_every_address(publisher, client):
    article = move(ArticleFactory(slug="a"), "b")

    publisher.post(page(article, "delete"), {"post": "yes", **answer("withdrawn", reason="Out of date.")})

    assert not is_kept(article)
    assert ["Out of date." in client.get(f"/blog/{slug}/").text for slug in "ab"] == [True, True]


def test_a_draft_nobody_saw_is_deleted_as_ever_and_leaves_nothing(publisher, client):
    draft = DraftFactory(slug="a")

    publisher.post(page(draft, "delete"), {"post": "yes"})

    assert not is_kept(draft)
    assert client.get("/blog/a/").status_code == 404


def test_many_are_deleted_after_one_answer(publisher, client):
    one, other, draft = ArticleFactory(slug="a"), ArticleFactory(slug="b"), DraftFactory(slug="c")
    one.roles.add(RoleFactory(name="Data Engineer"))
    sent = chosen("delete_selected", one, other, draft)
    assert "Nothing has happened yet" in publisher.post(LIST, sent | {"post": "yes"}).text
    assert Article.objects.count() == 3

    publisher.post(LIST, sent | {"post": "yes"} | GONE)

    assert not Article.objects.kept().exists()
    assert [client.get(f"/blog/{slug}/").status_code for slug in "abc"] == [410, 410, 404]


def test_an_article_that_is_hidden_already_is_asked_about_with_what_its_address_says(publisher):
    article = ArticleFactory()
    publisher.post(page(article), form(article, _unpublish="1", **answer("withdrawn", reason="Wrong.")))

    assert "Wrong." in publisher.get(page(article, "delete")).text


@pytest.mark.parametrize("key", ["0", "999", "x", "9" * 18, "a%00b"])
def test_an_article_that_is_not_there_is_not_asked_about(publisher, key):
    for verb in ("change", "delete"):
        answered = publisher.post(f"/admin/blog/article/{key}/{verb}/", {"_unpublish": "1", "post": "yes"})
        assert answered.status_code in (302, 404)


# --- Taking back what was done to many --------------------------------------------------


def undo(publisher):
    return publisher.post(reverse("admin:blog_batch_undo", args=[Batch.objects.get().pk]))


@pytest.mark.parametrize("action", ["unpublish_selected", "delete_selected"])
def test_one_undo_takes_down_the_signs_and_readers_find_all_of_them_again(publisher, client, action):
    one, other = move(ArticleFactory(slug="a"), "b"), ArticleFactory(slug="c")
    publisher.post(LIST, chosen(action, one, other, post="yes") | answer("moved", "/blog/"))
    assert [client.get(f"/blog/{slug}/").status_code for slug in "abc"] == [301] * 3

    undo(publisher)

    assert [client.get(f"/blog/{slug}/").status_code for slug in "abc"] == [301, 200, 200]
    assert client.get("/blog/a/").headers["Location"] == "/blog/b/"
    assert not Signpost.objects.exists()


def test_what_an_address_answered_before_it_answers_again(publisher, client):
    article = ArticleFactory(slug="a")
    publisher.post(page(article), form(article, _unpublish="1", **answer("withdrawn", reason="Out of date.")))
    before = Signpost.objects.values().get()
    publisher.post(LIST, chosen("publish_selected", article, post="yes"))
    assert client.get("/blog/a/").status_code == 200

    undo(publisher)

    assert "Out of date." in client.get("/blog/a/").text
    assert {**Signpost.objects.values().get(), "id": 0} == {**before, "id": 0}


def test_a_sign_put_up_by_somebody_who_left_is_nobodys(publisher):
    article = ArticleFactory(slug="a", state="archived")
    other = UserFactory()
    signposts.put_up(["/blog/a/"], Choice("gone"), by=other, now=timezone.now())
    publisher.post(LIST, chosen("publish_selected", article, post="yes"))
    other.delete()

    undo(publisher)

    assert Signpost.objects.get().put_up_by is None


def test_what_an_editor_decided_about_an_address_since_stays(publisher):
    article = ArticleFactory(slug="a", state="archived")
    publisher.post(LIST, chosen("publish_selected", article, post="yes"))
    signposts.put_up(["/blog/a/"], Choice("moved", "/blog/"), by=None, now=timezone.now())

    undo(publisher)

    assert Signpost.objects.get().kind == "moved"


def test_an_article_left_alone_keeps_its_sign(publisher, client):
    changed, back = ArticleFactory(slug="a"), ArticleFactory(slug="b")
    publisher.post(LIST, chosen("unpublish_selected", changed, back, **GONE))
    Article.objects.filter(pk=changed.pk).update(version=99)

    undo(publisher)

    assert [client.get(f"/blog/{slug}/").status_code for slug in "ab"] == [410, 200]


def test_a_former_address_of_another_page_leads_there_again(publisher, client):
    newcomer = ArticleFactory(slug="x")
    move(ArticleFactory(slug="a"), "b")
    newcomer = move(newcomer, "a")
    publisher.post(LIST, chosen("unpublish_selected", newcomer, **GONE))
    assert not Redirect.objects.filter(old_path="/blog/a/").exists()

    undo(publisher)
    publisher.post(page(newcomer), form(stored(newcomer), slug="c", _publish="1"))

    assert Redirect.objects.filter(old_path="/blog/a/").exists()


def test_the_page_that_asks_about_many_counts_them_and_says_what_stays(publisher):
    live, draft = ArticleFactory(), DraftFactory()

    asked = publisher.post(LIST, chosen("unpublish_selected", live, draft)).text

    assert "1 article would change" in asked
    assert "It is not published." in asked
    assert f'name="seen" value="{live.pk}:0"' in asked
