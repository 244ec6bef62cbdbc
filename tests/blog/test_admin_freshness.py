from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, ArticleReview, ChangeNote, LinkCheck
from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, CredentialFactory, DraftFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:blog_article_changelist")
LONG_PUBLISHED = "2026-01-05T09:00"


def page_of(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def button_of(article):
    return reverse("admin:blog_article_still_correct", args=[article.pk])


def said(response):
    return [str(message) for message in response.context["messages"]]


def today(**later):
    return timezone.localdate() + timedelta(**later)


# --- Still correct ----------------------------------------------------------


def test_one_press_on_the_form_vouches_for_the_article_and_is_kept_in_its_history(as_group):
    client, article = as_group("editor"), ArticleFactory(title="The one")

    answer = client.post(button_of(article), follow=True)

    review = ArticleReview.objects.get()
    assert (review.article, review.reviewed_by) == (article, client.person)
    assert said(answer) == [f"“The one” is still correct. Next review by {today(days=365):%-d %B %Y}."]
    assert answer.redirect_chain[-1][0] == page_of(article)
    assert LogEntry.objects.get().change_message == "Still correct."


def test_one_press_on_the_desk_leads_back_to_the_desk(as_group):
    answer = as_group("editor").post(button_of(ArticleFactory()), {"desk": "1"})

    assert answer["Location"] == reverse("admin:index")


def test_the_day_of_the_next_review_can_be_chosen(as_group):
    as_group("editor").post(button_of(ArticleFactory()), {"review_by": today(days=7).isoformat()})

    assert ArticleReview.objects.get().review_by == today(days=7)


@pytest.mark.parametrize("typed", ["yesterday", "0000-00-00", "\0", "9" * 99, "2020-01-01", "\ufffd"])
def test_a_day_that_makes_no_sense_changes_nothing_and_says_so(as_group, typed):
    answer = as_group("editor").post(button_of(ArticleFactory()), {"review_by": typed}, follow=True)

    assert answer.status_code == 200
    assert len(said(answer)) == 1
    assert not ArticleReview.objects.exists()


@pytest.mark.parametrize("group", ["writer", "editor", "publisher"])
@pytest.mark.parametrize("whose", ["own", "another's"])
def test_who_may_vouch_for_a_live_article(as_group, group, whose):
    client = as_group(group)
    article = ArticleFactory(created_by=client.person if whose == "own" else UserFactory())
    may = group != "writer" or whose == "own"

    answer = client.post(button_of(article))

    assert answer.status_code == (302 if may else 403)
    assert ArticleReview.objects.exists() is may
    assert ("Still correct</button>" in client.get(page_of(article)).content.decode()) is may


@pytest.mark.parametrize(
    "make", [DraftFactory, lambda: ArticleFactory(expires_at=timezone.now() - timedelta(days=1))]
)
def test_what_readers_do_not_see_is_not_vouched_for(as_group, make):
    article, client = make(), as_group("publisher")

    answer = client.post(button_of(article), follow=True)

    assert "Readers do not see this article now" in said(answer)[0]
    assert not ArticleReview.objects.exists()
    assert "Still correct?" not in client.get(page_of(article)).content.decode()


def test_asking_by_get_changes_nothing(as_group):
    assert as_group("publisher").get(button_of(ArticleFactory())).status_code == 405
    assert not ArticleReview.objects.exists()


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_an_article_that_is_not_there_is_not_found(as_group, key):
    assert as_group("publisher").post(f"/admin/blog/article/{key}/still-correct/").status_code == 404


def test_the_form_says_who_reviewed_it_and_when_the_next_time_is(as_group):
    article, client = ArticleFactory(), as_group("editor")
    article.credentials.add(CredentialFactory())
    assert "Not reviewed since it was published." in client.get(page_of(article)).content.decode()

    client.post(button_of(article))

    box = " ".join(client.get(page_of(article)).content.decode().split())
    assert f"by {client.person}. Next by {today(days=90):%-d %b %Y}." in box
    assert "as for articles about certifications" in box


# --- Lists ------------------------------------------------------------------


def listed(client, **query):
    return [str(row) for row in client.get(LIST, query).context["cl"].result_list]


def test_the_list_shows_what_is_due_for_review(as_group):
    old = timezone.now() - timedelta(days=400)
    ArticleFactory(title="Old", published_at=old)
    ArticleFactory(title="New", published_at=timezone.now() - timedelta(days=1))

    client = as_group("writer")

    assert listed(client, due="review") == ["Old"]
    assert sorted(listed(client, due="nonsense")) == ["New", "Old"]


def test_the_list_shows_articles_with_links_to_mend(as_group):
    now = timezone.now()
    for status in ("ok", "broken", "danger", "moved"):
        article = ArticleFactory(title=status)
        for url in ("/a/", "/b/"):
            LinkCheck.objects.create(
                article=article, url=url, is_external=False, status=status, checked_at=now
            )

    client = as_group("writer")

    assert sorted(listed(client, links="dead")) == ["broken", "danger"]
    assert listed(client, links="moved") == ["moved"]


# --- Links on save ------------------------------------------------------------


def test_a_save_names_the_links_that_lead_nowhere_and_holds_nothing_up(as_group):
    client = as_group("writer")
    draft = DraftFactory(created_by=client.person)
    body = '<p><a href="/blog/never/">this guide</a> and <a href="/blog/">all</a></p>'

    answer = client.post(page_of(draft), form_of(draft, body=body, _continue="1"), follow=True)

    warning = "The link “this guide” (/blog/never/) leads nowhere. There is no such page on this site."
    assert said(answer)[-1] == warning
    draft.refresh_from_db()
    assert "/blog/never/" in draft.body
    assert LinkCheck.objects.count() == 2


def test_a_save_knows_the_host_it_was_asked_by_as_its_own(as_group):
    client = as_group("writer")
    draft = DraftFactory(created_by=client.person)

    answer = client.post(
        page_of(draft),
        form_of(draft, body='<p><a href="http://testserver/blog/never/">x</a></p>'),
        follow=True,
    )

    assert "leads nowhere" in said(answer)[-1]


def test_words_of_a_link_are_shown_as_words(as_group):
    client = as_group("writer")
    draft = DraftFactory(created_by=client.person)
    body = '<p><a href="/blog/never/">&lt;script&gt;alert(1)&lt;/script&gt;</a></p>'

    answer = client.post(page_of(draft), form_of(draft, body=body), follow=True)

    assert "<script>alert(1)" not in answer.content.decode()


def test_many_dead_links_are_counted_not_all_named(as_group):
    client = as_group("writer")
    draft = DraftFactory(created_by=client.person)
    body = "".join(f'<p><a href="/blog/never-{n}/">x</a></p>' for n in range(9))

    answer = client.post(page_of(draft), form_of(draft, body=body), follow=True)

    assert said(answer)[-1] == "… and 4 more links to mend."
    assert len(said(answer)) == 7


# --- The note of a major change -----------------------------------------------


@pytest.fixture
def publisher(as_group):
    return as_group("publisher")


def errors(answer, field):
    return answer.context["adminform"].form.errors.get(field, [])


def test_a_major_change_to_what_readers_have_seen_needs_a_note(publisher):
    article = ArticleFactory()
    sent = form_of(article, title="Changed", published_at=LONG_PUBLISHED, is_major="on", _publish="1")

    answer = publisher.post(page_of(article), sent)

    assert errors(answer, "change_note") == ["Say in a sentence what has changed: readers see it."]
    assert Article.objects.get().title != "Changed"
    assert 'value="Changed"' in answer.content.decode()

    publisher.post(page_of(article), sent | {"change_note": "New fees."})

    assert (ChangeNote.objects.get().text, ChangeNote.objects.get().by) == ("New fees.", publisher.person)
    assert Article.objects.get().title == "Changed"


def test_a_note_without_a_major_change_is_not_lost_in_silence(publisher):
    article = ArticleFactory()
    sent = form_of(article, _publish="1", published_at=LONG_PUBLISHED, change_note="New fees.")

    answer = publisher.post(page_of(article), sent)

    assert "Tick “A major change”" in errors(answer, "change_note")[0]
    assert "New fees." in answer.content.decode()


def test_a_minor_change_leaves_no_note(publisher):
    article = ArticleFactory()

    publisher.post(
        page_of(article), form_of(article, title="Changed", _publish="1", published_at=LONG_PUBLISHED)
    )

    assert Article.objects.get().title == "Changed"
    assert not ChangeNote.objects.exists()


def test_a_draft_that_nobody_has_seen_is_not_asked_for_a_note_and_keeps_none(publisher):
    draft = DraftFactory()

    assert 'name="change_note"' not in publisher.get(page_of(draft)).content.decode()
    publisher.post(page_of(draft), form_of(draft, title="Changed", is_major="on", change_note="A secret."))

    assert Article.objects.get().title == "Changed"
    assert not ChangeNote.objects.exists()


@pytest.mark.parametrize("note", ["\0", "x" * 301])
def test_a_note_that_cannot_be_kept_is_refused_beside_its_field(publisher, note):
    article = ArticleFactory()
    sent = form_of(article, _publish="1", published_at=LONG_PUBLISHED, is_major="on", change_note=note)

    assert errors(publisher.post(page_of(article), sent), "change_note")
