"""Many articles to another state: counted first, all or none, and one undo that puts each back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from blog import bulk, publishing, snapshots, state_changes, states, workflow
from blog.models import Act, Article, Batch, Picture
from tests.factories import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LIST = reverse("admin:blog_article_changelist")


def stored(article):
    return Article.objects.select_related("draft", "scheduled").get(pk=article.pk)


def planned(act, *articles, **more):
    return state_changes.plan([stored(article) for article in articles], act, now=NOW, **more)


def made(act, *articles):
    return state_changes.make(planned(act, *articles), by=None, now=NOW)


def with_a_draft(article, **texts):
    draft = stored(article)
    for name, text in texts.items():
        setattr(draft, name, text)
    publishing.save(draft, by=None, now=NOW - DAY)
    return article


def scheduled_over(article, title, at=NOW + DAY):
    later = stored(article)
    later.title = title
    publishing.schedule(later, by=None, at=at, now=NOW - DAY)
    return article


def stands(*articles):
    """All that is to come back: where each stands, its text, its relations and what waits. Not the version,
    and not since when readers have its address: that cannot be taken back.
    """
    found = states.of(articles)
    return [
        (
            {**found[article.pk], "version": 0, "first_published_at": ""},
            snapshots.of(stored(article)),
            snapshots.of(stored(article), newest(article)),
        )
        for article in articles
    ]


def newest(article):
    return snapshots.open_working_copy(stored(article))


def every_kind():
    return {
        "draft": DraftFactory(title="A draft"),
        "review": DraftFactory(submitted_at=NOW - DAY),
        "scheduled": ArticleFactory(published_at=NOW + DAY, first_published_at=NOW + DAY),
        "live": ArticleFactory(hashtags=["Python"]),
        "live-draft": with_a_draft(ArticleFactory(title="Live", hashtags=["Go"]), title="Waiting"),
        "live-scheduled": scheduled_over(ArticleFactory(title="Before"), "After"),
        "archived": ArticleFactory(state="archived"),
        "expired": ArticleFactory(expires_at=NOW - DAY),
        "bin": DraftFactory(state="bin"),
    }


MOVING = {
    "publish": {"draft", "review", "live-draft", "live-scheduled", "archived"},
    "unpublish": {"scheduled", "live", "live-draft", "live-scheduled", "archived", "expired"},
    "bin": {"draft", "review", "scheduled", "live", "live-draft", "live-scheduled", "archived", "expired"},
    "restore": {"bin"},
}


@pytest.mark.parametrize("act", MOVING)
def test_what_moves_is_counted_becomes_what_was_said_and_one_undo_brings_all_of_it_back(act):
    rows = every_kind()
    before = stands(*rows.values())

    plan = planned(act, *rows.values())
    assert {move.before for move in plan.moving} == MOVING[act]
    assert all(reason for _, reason in plan.staying)
    batch = state_changes.make(plan, by=None, now=NOW)

    assert all(stored(move.article).standing_at(NOW) == move.after for move in plan.moving)
    assert batch.articles == len(MOVING[act])
    assert bulk.undo(batch, by=None, now=NOW) == []
    assert stands(*rows.values()) == before


def test_what_goes_out_of_a_batch_is_known_to_search_engines_and_readers_by_its_dates_as_before():
    article = ArticleFactory(updated_at=NOW - DAY)
    before = stored(article)

    bulk.undo(made("unpublish", article), by=None, now=NOW + DAY)

    after = stored(article)
    for name in ("published_at", "first_published_at", "updated_at", "slug"):
        assert getattr(after, name) == getattr(before, name)


def test_what_readers_have_had_in_the_meantime_they_have_had():
    draft = DraftFactory()

    batch = made("publish", draft)
    bulk.undo(batch, by=None, now=NOW + DAY)

    assert (stored(draft).state, stored(draft).published_at) == ("draft", None)
    assert stored(draft).was_public_by(NOW + DAY)


def test_pictures_of_what_waits_again_are_held_again():
    picture = Picture.objects.create(title="One", token="1" * 32, width=10, height=10)
    article = with_a_draft(ArticleFactory(), cover=picture)
    batch = made("publish", article)

    bulk.undo(batch, by=None, now=NOW)

    assert [use.place for use in picture.uses.all()] == ["draft"]
    assert stored(article).cover is None


def test_who_changed_one_since_keeps_it_and_is_named():
    saved, submitted = ArticleFactory(title="Saved"), ArticleFactory(title="Handed in")
    back = ArticleFactory()
    batch = made("unpublish", saved, submitted, back)
    since = stored(saved)
    since.summary = "Since."
    publishing.save(since, by=None, now=NOW)
    Article.objects.filter(pk=submitted.pk).update(submitted_at=NOW)

    assert bulk.undo(batch, by=None, now=NOW) == ["Saved", "Handed in"]

    assert [stored(one).state for one in (saved, submitted, back)] == ["draft", "draft", "published"]
    assert Batch.objects.get().left == [saved.pk, submitted.pk]


def test_an_article_that_is_gone_is_named_and_the_others_come_back():
    gone, back = ArticleFactory(), ArticleFactory()
    batch = made("bin", gone, back)
    stored(gone).delete()

    assert bulk.undo(batch, by=None, now=NOW) == ["an article that is gone"]
    assert stored(back).state == "published"


def test_nobody_takes_back_twice():
    article = ArticleFactory()
    batch = made("unpublish", article)
    again = Batch.objects.get(pk=batch.pk)
    bulk.undo(batch, by=None, now=NOW)
    version = stored(article).version

    assert bulk.undo(again, by=None, now=NOW) == []
    assert stored(article).version == version


def test_an_address_that_somebody_took_since_is_not_fought_over():
    article = with_a_draft(ArticleFactory(slug="first"), slug="second")
    batch = made("publish", article)
    DraftFactory(slug="first")

    bulk.undo(batch, by=None, now=NOW)

    assert stored(article).slug == "first-2"


def test_what_must_be_mended_stays_and_is_told_why():
    faulty = DraftFactory(body="<p>As an AI language model :contentReference[oaicite:0]{index=0}</p>")
    late = DraftFactory(expires_at=NOW - DAY)
    fine = DraftFactory()

    plan = planned("publish", faulty, late, fine)

    assert [move.article for move in plan.moving] == [fine]
    assert plan.staying[0][1].startswith("Mend first: ")
    assert "expired at once" in plan.staying[1][1]


def test_who_was_quicker_stops_all_of_it():
    one, two = DraftFactory(), DraftFactory(title="Two")
    plan = planned("publish", one, two)
    quicker = stored(two)
    quicker.summary = "Quicker."
    publishing.save(quicker, by=None, now=NOW)

    with pytest.raises(ValidationError, match="“Two” was changed meanwhile"):
        state_changes.make(plan, by=None, now=NOW)

    assert stored(one).state == "draft"
    assert not Batch.objects.exists()


def test_each_act_and_its_undo_are_in_the_log_by_name(as_group):
    publisher, article = as_group("publisher").person, ArticleFactory(title="One")
    batch = state_changes.make(planned("unpublish", article), by=publisher, now=NOW)
    bulk.undo(batch, by=publisher, now=NOW)

    told = Act.objects.filter(article=article).order_by("pk").values_list("verb", "by_name", "note")
    assert list(told) == [
        ("unpublished", publisher.username, "Unpublish: “One”"),
        ("taken back", publisher.username, "Undone: Unpublish: “One”"),
    ]


@pytest.mark.parametrize("group", ["writer", "editor"])
def test_nobody_but_a_publisher_does_it_or_takes_it_back(as_group, group):
    person, article = as_group(group).person, ArticleFactory()

    with pytest.raises(PermissionDenied):
        state_changes.make(planned("bin", article), by=person, now=NOW)
    batch = made("unpublish", article)
    with pytest.raises(PermissionDenied):
        bulk.undo(batch, by=person, now=NOW)

    assert (stored(article).state, Batch.objects.get().undone_at) == ("draft", None)


# --- The list ---------------------------------------------------------------


def chosen(action, *articles, **more):
    return {"action": action, "_selected_action": [article.pk for article in articles], **more}


def undo_of(batch):
    return reverse("admin:blog_batch_undo", args=[batch.pk])


def test_the_list_counts_first_does_what_it_showed_and_leads_to_the_undo(as_group):
    desk = as_group("publisher")
    draft, live = DraftFactory(title="One <b>"), ArticleFactory(title="Out")

    asked = desk.post(LIST, chosen("publish_selected", draft, live))
    assert "Publish: 1 of 2" in asked.text
    assert "One &lt;b&gt;" in asked.text
    assert "It is live already." in asked.text
    assert stored(draft).state == "draft"

    seen = [move.key for move in asked.context["plan"].moving]
    done = desk.post(LIST, chosen("publish_selected", draft, seen=seen, post="yes"), follow=True).text
    batch = Batch.objects.get()
    assert "Published: 1 article. To undo this" in done
    assert f"#batch-{batch.pk}" in done
    assert stored(draft).state == "published"

    lately = desk.get(reverse("admin:blog_article_many")).text
    assert undo_of(batch) in lately
    told = desk.post(undo_of(batch), follow=True).text
    assert "Taken back in 1 article: Publish: “One &lt;b&gt;”." in told
    assert f"Taken back by {desk.person.username}" in told
    assert stored(draft).state == "draft"


def test_what_was_changed_after_it_was_shown_is_not_touched_and_nor_is_the_rest(as_group):
    desk = as_group("publisher")
    one, two = DraftFactory(), DraftFactory()
    asked = desk.post(LIST, chosen("delete_selected", one, two))
    seen = [move.key for move in asked.context["plan"].moving]
    since = stored(two)
    since.summary = "Since."
    publishing.save(since, by=None, now=NOW)

    told = desk.post(LIST, chosen("delete_selected", one, two, seen=seen, post="yes"), follow=True).text

    assert "was changed meanwhile" in told
    assert {stored(one).state, stored(two).state} == {"draft"}


def test_what_left_the_list_after_it_was_shown_stops_the_rest(as_group):
    desk = as_group("publisher")
    one, two = DraftFactory(), DraftFactory()
    seen = [f"{one.pk}:0", f"{two.pk}:0"]

    told = desk.post(LIST, chosen("publish_selected", one, seen=seen, post="yes"), follow=True).text

    assert "please look again" in told
    assert stored(one).state == "draft"


@pytest.mark.parametrize("seen", ["x", "1:\0", "²:1", "9" * 30 + ":1", ":"])
def test_odd_words_for_what_was_shown_are_nobodys(as_group, seen):
    draft = DraftFactory()

    as_group("publisher").post(LIST, chosen("publish_selected", draft, seen=seen, post="yes"))

    assert stored(draft).state == "published"


def test_more_than_can_be_shown_is_refused(as_group, monkeypatch):
    monkeypatch.setattr("blog.admin.bulk_states.MOST", 1)
    desk, one, two = as_group("publisher"), DraftFactory(), DraftFactory()

    told = desk.post(LIST, chosen("publish_selected", one, two, post="yes"), follow=True).text

    assert "At most 1 articles at once" in told
    assert {stored(one).state, stored(two).state} == {"draft"}


@pytest.mark.parametrize("group", ["writer", "editor"])
def test_a_forged_undo_by_whom_it_is_not_for_changes_nothing_and_no_button_is_shown(as_group, group):
    article = ArticleFactory()
    batch = made("unpublish", article)
    desk = as_group(group)

    assert undo_of(batch) not in desk.get(reverse("admin:blog_article_many")).text
    assert desk.post(undo_of(batch)).status_code == 403
    Batch.objects.update(by=desk.person)  # who may publish no longer takes nothing back either
    assert desk.post(undo_of(batch)).status_code == 403

    assert (stored(article).state, Batch.objects.get().undone_at) == ("draft", None)


def test_an_undo_that_found_nothing_as_it_left_it_says_so(as_group):
    article = ArticleFactory(title="Since")
    batch = made("unpublish", article)
    workflow.submit(stored(article), by=as_group("editor").person, now=NOW)

    told = as_group("publisher").post(undo_of(batch), follow=True).text

    assert "Taken back in 0 articles" in told
    assert "left as they are: Since" in told
    assert "except 1 that somebody had changed since" in told
