"""What is not published, as it would look: for the desk beside the form, for others by a link that ends."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog import previewing, publishing, snapshots
from blog.models import Article, Hashtag, PreviewLink
from tests.blog.conftest import form_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
NEW = "admin:blog_article_preview"
SHARE = "admin:blog_article_share"


def stored(article):
    return Article.objects.get(pk=article.pk)


def contents():
    return [list(model.objects.order_by("pk").values()) for model in (Article, Hashtag, PreviewLink)]


def link_to(article, days=7):
    return previewing.make_link(stored(article), by=None, days=days, now=timezone.now())


def open_link(client, link):
    return client.get(reverse("blog:preview", args=[previewing.token_of(link)]))


def is_for_nobody_else(answer):
    kept = {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    return kept and (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (
        "noindex, nofollow",
        "no-referrer",
    )


# --- Beside the form ----------------------------------------------------------


def test_the_preview_shows_the_form_as_it_stands_and_writes_nothing(as_group):
    desk = as_group("writer")
    article = DraftFactory(title="Saved", created_by=desk.person)
    first, second = AuthorFactory(), AuthorFactory()
    role, credential = RoleFactory(), CredentialFactory()
    sent = form_of(
        article,
        title="Typed",
        body="<h2>New heading</h2><p>Typed words.</p>",
        byline=[second.pk, first.pk],
        hashtags="#Brandnew",
        roles=[role.pk],
        credentials=[credential.pk],
    )
    before = contents()

    answer = desk.post(reverse(NEW, args=[article.pk]), sent)

    text = answer.content.decode()
    for told in ("Typed", "New heading</h2>", "Typed words.", "Brandnew", role.name, credential.name):
        assert told in text
    assert text.index(second.name) < text.index(first.name)
    assert contents() == before
    assert is_for_nobody_else(answer)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"title": "Only a title"},
        {"title": "x" * 500, "category": "999999", "hashtags": "🚀", "published_at": "nonsense"},
        {"body": "<div>" * 400},
        {"title": "\0", "body": "\0"},
        {"body": "<script>alert(1)</script><p>Fine.</p>"},
    ],
)
def test_an_incomplete_form_has_a_preview_all_the_same(as_group, sent):
    answer = as_group("writer").post(reverse(NEW), sent)

    assert answer.status_code == 200
    assert "alert(1)" not in answer.content.decode()
    assert not Article.objects.exists()


def test_the_preview_of_a_saved_article_is_of_its_newest_draft(as_group):
    live = ArticleFactory(title="Live")
    draft = stored(live)
    draft.title = "Waiting"
    publishing.save(draft, by=None, now=timezone.now())

    assert "Waiting" in as_group("writer").get(reverse(NEW, args=[live.pk])).content.decode()


@pytest.mark.parametrize("make", [ArticleFactory, DraftFactory])
def test_who_may_only_read_an_article_gets_the_preview_of_what_is_stored(as_group, make):
    article = make(title="A colleague's", body="<p>Their words.</p>", summary="In short.")

    answer = as_group("writer").post(reverse(NEW, args=[article.pk]), {"title": "Forged"})

    text = answer.content.decode()
    assert "A colleague&#x27;s" in text
    assert "Their words." in text
    assert "Forged" not in text


@pytest.mark.parametrize("many", [2, 10])
def test_a_preview_costs_the_same_however_much_is_typed(as_group, many):
    desk = as_group("editor")
    article = DraftFactory()
    sent = form_of(
        article,
        byline=[AuthorFactory().pk for _ in range(many)],
        hashtags=" ".join(f"#topic{n}" for n in range(many)),
        roles=[RoleFactory().pk for _ in range(many)],
        credentials=[CredentialFactory().pk for _ in range(many)],
    )

    with CaptureQueriesContext(connection) as queries:
        desk.post(reverse(NEW, args=[article.pk]), sent)

    assert len(queries) <= 33
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_it_may_stand_in_a_frame_of_ours_only_and_run_no_script(as_group):
    answer = as_group("writer").get(reverse(NEW))

    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]


# --- Links ------------------------------------------------------------------


def test_who_has_the_link_reads_the_version_it_was_made_for(as_group, client):
    article = DraftFactory(title="First", hashtags=["Go"])
    link = link_to(article)
    changed = stored(article)
    changed.title = "Second"
    publishing.save(changed, by=None, now=timezone.now(), related=snapshots.Related())

    answer = open_link(client, link)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "First" in text
    assert "Second" not in text
    assert "Go" in text
    assert "Draft preview." in text
    assert 'content="noindex, nofollow"' in text
    assert is_for_nobody_else(answer)


def test_once_published_the_link_leads_to_the_live_page(client):
    article = DraftFactory()
    link = link_to(article)
    publishing.publish(stored(article), by=None, now=timezone.now())

    answer = open_link(client, link)

    assert (answer.status_code, answer["Location"]) == (302, stored(article).get_absolute_url())
    assert is_for_nobody_else(answer)


def test_a_link_to_a_draft_over_a_live_article_shows_the_draft_until_it_is_published(client):
    live = ArticleFactory(title="Live")
    draft = stored(live)
    draft.title = "Waiting"
    publishing.save(draft, by=None, now=timezone.now())
    link = link_to(live)

    assert "Waiting" in open_link(client, link).content.decode()

    publishing.publish(stored(live), by=None, now=timezone.now())
    assert open_link(client, link).status_code == 302


def test_a_link_to_what_is_scheduled_shows_it_before_and_leads_to_it_after(client):
    live = ArticleFactory(title="Live")
    next_one, now = stored(live), timezone.now()
    next_one.title = "Next"
    publishing.schedule(next_one, by=None, at=now + timedelta(hours=1), now=now)
    link = link_to(live)

    assert "Next" in open_link(client, link).content.decode()
    publishing.catch_up(now + timedelta(hours=2))
    assert open_link(client, link).status_code == 302


def test_a_link_that_ran_out_or_was_taken_back_says_so_and_shows_nothing(client):
    article = DraftFactory(title="Canary")
    revoked, expired, binned = link_to(article), link_to(article), link_to(DraftFactory(title="Canary"))
    previewing.revoke(revoked, now=timezone.now())
    past = timezone.now() - timedelta(days=9)
    PreviewLink.objects.filter(pk=expired.pk).update(made_at=past, expires_at=past + timedelta(days=1))
    publishing.move_to_bin(stored(binned.article), by=None, now=timezone.now())

    for link, words in ((revoked, "taken back"), (expired, "run out"), (binned, "taken back")):
        answer = open_link(client, link)
        assert answer.status_code == 410
        assert words in answer.content.decode()
        assert "Canary" not in answer.content.decode()
        assert is_for_nobody_else(answer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(place=st.integers(0, 70), letter=st.sampled_from("aZ0-_:"))
def test_a_link_with_one_other_letter_is_none(db, client, place, letter):
    link = PreviewLink.objects.first() or link_to(DraftFactory())
    token = previewing.token_of(link)
    forged = token[:place] + letter + token[place + 1 :]

    if forged != token:
        assert client.get(reverse("blog:preview", args=[forged])).status_code == 404


def test_the_nonce_alone_is_no_link(client):
    link = link_to(DraftFactory())

    assert client.get(reverse("blog:preview", args=[link.nonce])).status_code == 404
    assert client.get("/preview/%00/").status_code == 404


def test_the_desk_makes_and_revokes_links(as_group, client):
    desk = as_group("editor")
    article = DraftFactory()
    share = reverse(SHARE, args=[article.pk])

    desk.post(share, {"days": "1"})
    link = PreviewLink.objects.get()
    assert (link.expires_at - link.made_at, link.made_by) == (timedelta(days=1), desk.person)
    assert previewing.token_of(link) in desk.get(share).content.decode()

    desk.post(share, {"revoke": str(link.pk)})
    assert open_link(client, link).status_code == 410
    assert previewing.token_of(link) not in desk.get(share).content.decode()


@pytest.mark.parametrize("sent", [{"days": "9999"}, {"days": "x"}, {"days": "\0"}, {"revoke": "0"}])
def test_a_lifetime_nobody_offered_is_the_usual_one(as_group, sent):
    as_group("editor").post(reverse(SHARE, args=[DraftFactory().pk]), sent)

    for link in PreviewLink.objects.all():
        assert link.expires_at - link.made_at == timedelta(days=7)


def test_who_may_not_change_an_article_shares_and_revokes_nothing(as_group):
    article, own = DraftFactory(), DraftFactory()
    link = link_to(article)
    desk = as_group("writer")

    assert desk.post(reverse(SHARE, args=[article.pk]), {"days": "7"}).status_code == 403
    Article.objects.filter(pk=own.pk).update(created_by=desk.person)
    desk.post(reverse(SHARE, args=[own.pk]), {"revoke": str(link.pk)})

    assert PreviewLink.objects.get().revoked_at is None


def test_a_preview_of_an_article_without_anything_stands_on_its_own(as_group):
    article = DraftFactory(category=CategoryFactory(name="News"))

    assert "News" in as_group("writer").get(reverse(NEW, args=[article.pk])).content.decode()
