"""What the article form keeps by itself, offers again, and says of who else is there."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog import publishing
from blog.models import Act, Article, Autosave, EditingSession
from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory

pytestmark = pytest.mark.django_db
TOKEN = "11111111-2222-4333-8444-555555555555"
ADD = "/admin/blog/article/add/"
NEW = "/admin/blog/article/autosave/"
NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)


def of(article, what="autosave"):
    return reverse(f"admin:blog_article_{what}", args=[article.pk])


def written(article=None, **changes):
    return form_of(article, **{"form_token": TOKEN, **changes})


@pytest.fixture
def draft(as_group):
    """A draft of the writer who is logged in."""
    return DraftFactory(created_by=as_group("writer").person, title="Before")


def test_what_is_typed_is_kept_beside_the_article_and_changes_nothing_of_it(client, draft):
    row = Article.objects.filter(pk=draft.pk).values().get()

    answer = client.post(of(draft), written(draft, title="After"))

    assert answer.json()["code"] == "kept"
    assert Article.objects.filter(pk=draft.pk).values().get() == row
    assert not draft.revisions.exists()
    assert not Act.objects.exists()
    assert not LogEntry.objects.exists()
    kept = Autosave.objects.get()
    assert (kept.article, kept.by, kept.title) == (draft, client.person, "After")


def test_readers_of_a_live_article_see_nothing_of_it(client, as_group):
    person = as_group("publisher").person
    live = ArticleFactory(created_by=person)

    client.post(of(live), written(live, title="Half a thought", body="<p>Half</p>"))

    assert "Half" not in Client().get(live.get_absolute_url()).content.decode()


def test_the_newest_state_of_a_form_takes_the_place_of_the_one_before(client, draft):
    client.post(of(draft), written(draft, title="One"))
    client.post(of(draft), written(draft, title="Two"))

    assert [kept.title for kept in Autosave.objects.all()] == ["Two"]


def test_what_is_not_valid_is_kept_as_it_is_typed(client, as_group):
    as_group("writer")
    sent = written(title="", slug="admin", body="<p>Words \0</p>", hashtags="#" * 3000, category="")

    assert client.post(NEW, sent).json()["code"] == "kept"
    assert Autosave.objects.get().data["slug"] == ["admin"]
    assert Autosave.objects.get().data["body"] == ["<p>Words �</p>"]


def test_only_what_the_form_asks_for_is_kept(client, draft):
    client.post(of(draft), written(draft, csrfmiddlewaretoken="secret", _publish="1", password="secret"))

    assert not {"csrfmiddlewaretoken", "_publish", "password"} & set(Autosave.objects.get().data)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"body": "x" * 1_000_001}, 413, "too_large"),
        ({"form_token": "none"}, 400, "no_token"),
        ({"form_token": ""}, 400, "no_token"),
        ({"person": "0"}, 409, "someone_else"),
    ],
)
def test_what_cannot_be_kept_is_answered_with_a_reason(client, draft, sent, status, code):
    answer = client.post(of(draft), written(draft, **sent))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("base", ["", "-1", "1e3", "²", "9" * 40, "x"])
def test_a_version_that_makes_no_sense_is_none(client, draft, base):
    assert client.post(of(draft), written(draft, base_version=base)).status_code == 200
    assert Autosave.objects.get().base_version == 0


def test_it_is_for_those_who_may_change_the_article(client, as_group):
    as_group("writer")
    others = DraftFactory(created_by=None)

    assert client.post(of(others), written(others)).json() == {"code": "forbidden"}
    assert client.post(of(others, "presence"), written(others)).json() == {"code": "forbidden"}
    assert not Autosave.objects.exists()
    assert not EditingSession.objects.exists()


def test_what_is_written_in_the_bin_is_kept_too(client, as_group):
    person = as_group("publisher").person
    article = DraftFactory(created_by=person, state=Article.State.BIN)

    assert client.post(of(article), written(article)).status_code == 200


@pytest.mark.parametrize("key", [404_404, 2**70])
def test_an_article_that_is_gone_is_said_to_be(client, draft, key):
    answer = client.post(reverse("admin:blog_article_autosave", args=[key]), written(draft))

    assert (answer.status_code, answer.json()["code"]) == (404, "gone")


def test_a_form_that_fell_behind_is_told_who_saved_and_kept_all_the_same(client, draft, person):
    colleague = person("editor")
    sent = written(draft, title="Mine")
    draft.title = "Theirs"
    publishing.save(draft, by=colleague, now=NOW)

    newer = client.post(of(draft), sent).json()["newer"]

    assert newer == {"version": 1, "at": "2026-06-01T10:00:00Z", "by": str(colleague), "is_own": False}
    assert Autosave.objects.get().title == "Mine"


# --- Offered again ------------------------------------------------------------


def page_of(client, article=None, **query):
    address = reverse("admin:blog_article_change", args=[article.pk]) if article else ADD
    return client.get(address, query)


def test_a_form_opened_again_offers_what_was_not_saved(client, draft):
    client.post(of(draft), written(draft, title="After"))

    page = page_of(client, draft)

    assert 'value="Before"' in page.content.decode()
    assert f"?autosave={TOKEN}" in page.content.decode()


def test_going_on_shows_it_as_it_was_typed_even_what_is_not_valid(client, draft):
    authors = [AuthorFactory(), AuthorFactory()]
    byline = [authors[1].pk, authors[0].pk]
    client.post(of(draft), written(draft, title="", slug="admin", hashtags="#Java", byline=byline))

    form = page_of(client, draft, autosave=TOKEN).context["adminform"].form

    shown = {name: form[name].value() for name in ("title", "slug", "hashtags", "form_token")}
    assert shown == {"title": "", "slug": "admin", "hashtags": "#Java", "form_token": TOKEN}
    assert [*map(int, form["byline"].value())] == byline
    assert not form.errors


def test_going_on_goes_on_from_the_version_it_was_written_over(client, draft, person):
    sent = written(draft, title="Mine")
    client.post(of(draft), sent)
    draft.title = "Theirs"
    publishing.save(draft, by=person("editor"), now=NOW)

    page = page_of(client, draft)
    form = page_of(client, draft, autosave=TOKEN).context["adminform"].form
    answer = client.post(reverse("admin:blog_article_change", args=[draft.pk]), sent)

    assert "you will be asked when you save" in page.content.decode()
    assert form["base_version"].value() == "0"
    assert answer.status_code == 409
    assert Autosave.objects.get().title == "Mine"


def test_a_conflict_keeps_what_was_sent_even_without_scripts(client, draft, person):
    sent = written(draft, title="Mine")
    draft.title = "Theirs"
    publishing.save(draft, by=person("editor"), now=NOW)

    client.post(reverse("admin:blog_article_change", args=[draft.pk]), sent)

    assert Autosave.objects.get().title == "Mine"


def test_nobody_is_offered_what_another_wrote(client, draft, as_group):
    client.post(of(draft), written(draft, title="Private thought"))
    as_group("publisher")

    page = page_of(client, draft, autosave=TOKEN)
    client.post(reverse("admin:blog_article_discard", args=[TOKEN]))

    assert "Private thought" not in page.content.decode()
    assert Autosave.objects.count() == 1


def test_a_form_never_saved_is_offered_on_the_add_page_and_on_the_desk(client, as_group):
    as_group("writer")
    client.post(NEW, written(title="Begun"))

    assert f"{ADD}?autosave={TOKEN}" in page_of(client).content.decode()
    assert f"{ADD}?autosave={TOKEN}" in client.get("/admin/").content.decode()
    assert 'value="Begun"' in page_of(client, autosave=TOKEN).content.decode()


@pytest.mark.parametrize("token", [str(uuid4()), "none", ""])
def test_a_text_that_is_not_there_is_not_shown(client, draft, token):
    assert 'value="Before"' in page_of(client, draft, autosave=token).content.decode()


def test_what_an_article_deleted_for_good_was_to_say_stays_with_its_writer(client, draft, person):
    client.post(of(draft), written(draft, title="After"))

    publishing.delete(draft, by=person("publisher"), now=NOW)

    assert 'value="After"' in page_of(client, autosave=TOKEN).content.decode()


def test_what_is_sent_to_an_article_deleted_for_good_becomes_a_new_draft_if_wanted(client, draft, person):
    form = reverse("admin:blog_article_change", args=[draft.pk])
    sent = written(draft, title="Written meanwhile", slug=draft.slug)
    publishing.delete(draft, by=person("publisher"), now=NOW)

    answer = client.post(form, sent, follow=True)

    assert "deleted this article for good" in answer.content.decode()
    shown = answer.context["adminform"].form
    assert shown["title"].value() == "Written meanwhile"
    again = {**sent, "form_token": shown["form_token"].value(), "base_version": shown["base_version"].value()}
    assert client.post(ADD, again).status_code == 302
    assert Article.objects.get().title == "Written meanwhile"
    assert not Autosave.objects.exists()


def test_where_there_never_was_an_article_nothing_is_kept(client, as_group):
    as_group("writer")

    answer = client.post(reverse("admin:blog_article_change", args=[404]), {"title": "Nothing"})

    assert answer.url == "/admin/"
    assert not Autosave.objects.exists()


def test_discarding_removes_it_and_tells_the_browser(client, draft):
    client.post(of(draft), written(draft))

    answer = client.post(reverse("admin:blog_article_discard", args=[TOKEN]))

    assert answer.url == reverse("admin:blog_article_change", args=[draft.pk])
    assert answer.cookies["written_form"].value == TOKEN
    assert not Autosave.objects.exists()


def test_the_form_and_its_autosave_cost_the_same_with_many_texts_and_colleagues(
    client, draft, person, count_queries
):
    address = reverse("admin:blog_article_change", args=[draft.pk])

    def costs(rows):
        for _ in range(rows):
            client.post(of(draft), written(draft, form_token=str(uuid4())))
            now = {"last_seen_at": datetime.now(UTC)}
            EditingSession.objects.create(article=draft, by=person("editor"), form_token=uuid4(), **now)
        with CaptureQueriesContext(connection) as autosave:
            client.post(of(draft), written(draft))
        return count_queries(client, address), len(autosave)

    costs(1)

    assert costs(1) == costs(8)


# --- Saved for real -----------------------------------------------------------


def test_saving_the_form_removes_what_was_kept_of_it_and_nothing_else(client, draft):
    other = str(uuid4())
    client.post(of(draft), written(draft, title="After"))
    client.post(of(draft), written(draft, form_token=other))

    answer = client.post(reverse("admin:blog_article_change", args=[draft.pk]), written(draft, title="After"))

    assert answer.cookies["written_form"].value == TOKEN
    assert [kept.form_token for kept in Autosave.objects.all()] == [UUID(other)]


def test_a_save_that_was_refused_removes_nothing(client, draft):
    client.post(of(draft), written(draft))

    answer = client.post(reverse("admin:blog_article_change", args=[draft.pk]), written(draft, title=""))

    assert "written_form" not in answer.cookies
    assert Autosave.objects.exists()


def test_what_nobody_came_back_for_in_ninety_days_goes_with_the_next_save(client, draft):
    client.post(of(draft), written(draft, form_token=str(uuid4())))
    Autosave.objects.update(saved_at=datetime.now(UTC) - timedelta(days=91))

    client.post(reverse("admin:blog_article_change", args=[draft.pk]), written(draft, title="After"))

    assert not Autosave.objects.exists()


# --- Sent twice ---------------------------------------------------------------


def test_a_new_form_sent_twice_makes_one_article(client, as_group):
    as_group("writer")
    sent = written(category=CategoryFactory().pk)

    answers = [client.post(ADD, sent), client.post(ADD, sent)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Article.objects.get().version == 1


def test_a_new_form_sent_again_with_other_words_goes_on_from_the_first_save(client, as_group):
    as_group("writer")
    sent = written(category=CategoryFactory().pk)

    client.post(ADD, sent)
    client.post(ADD, {**sent, "title": "Second thoughts"})

    assert Article.objects.get().title == "Second thoughts"


def test_a_new_form_sent_again_does_not_overwrite_what_was_saved_since(client, as_group, person):
    as_group("writer")
    sent = written(category=CategoryFactory().pk)
    client.post(ADD, sent)
    article = Article.objects.get()
    article.title = "Theirs"
    publishing.save(article, by=person("editor"), now=NOW)

    assert client.post(ADD, {**sent, "title": "Mine"}).status_code == 409
    assert Article.objects.get().title == "Theirs"


def test_the_name_of_anothers_form_opens_no_article(client, as_group):
    as_group("writer")
    client.post(ADD, written(category=CategoryFactory().pk))
    as_group("writer")

    assert client.post(ADD, written(title="Forged")).status_code == 403


# --- Who else is here ---------------------------------------------------------


def test_colleagues_see_each_other_and_not_themselves(client, as_group, person):
    publisher = as_group("publisher").person
    article, colleague = DraftFactory(), Client()
    editor = person("editor")
    colleague.force_login(editor)

    colleague.post(of(article, "presence"), {"form_token": str(uuid4()), "is_writing": "1"})
    seen = client.post(of(article, "presence"), {"form_token": TOKEN}).json()["others"]
    seen_back = colleague.post(of(article, "presence"), {"form_token": TOKEN}).json()["others"]

    assert [(one["name"], one["is_writing"]) for one in seen] == [(str(editor), True)]
    assert [one["name"] for one in seen_back] == [str(publisher)]


def test_who_leaves_is_gone_at_once(client, draft):
    sent = {"form_token": TOKEN}
    client.post(of(draft, "presence"), sent)

    client.post(of(draft, "presence"), {**sent, "is_leaving": "1"})

    assert not EditingSession.objects.exists()


def test_a_presence_without_a_form_is_refused(client, draft):
    assert client.post(of(draft, "presence")).json() == {"code": "no_token"}
