from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from blog import publishing
from blog.models import Article, Batch, ChangeNote
from blog.new_year import coming_year
from tests.factories import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:blog_article_new_year") + "?on=2027-01-02"


@pytest.fixture
def publisher(as_group):
    return as_group("publisher")


@pytest.fixture
def old():
    return ArticleFactory(title="Exams of 2026", slug="exams-2026")


def sent_for(*articles, **texts):
    sent = {}
    for article in articles:
        row = {"chosen": "on", "version": article.version, "note": "New fees.", **texts}
        row.setdefault("title", article.title.replace("2026", "2027"))
        sent |= {f"{article.pk}-{name}": value for name, value in row.items()}
    return sent


def titles():
    return sorted(Article.objects.values_list("title", flat=True))


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_page_proposes_this_years_number_and_ticks_nothing(publisher, old):
    page = publisher.get(PAGE)

    (row,) = page.context["rows"]
    assert row["title"].value() == "Exams of 2027"
    assert not row["chosen"].value()
    assert "/exams-2026/" in page.content.decode()


def test_drafts_are_listed_and_what_has_expired_is_not(publisher, old):
    DraftFactory(title="A draft of 2026")
    ArticleFactory(title="Gone 2026", expires_at=timezone.now())

    shown = [row.stale.article.title for row in publisher.get(PAGE).context["rows"]]

    assert sorted(shown) == ["A draft of 2026", "Exams of 2026"]


@pytest.mark.parametrize("on", ["", "x", "2027-13-45", "9" * 8, "9999-12-31", "0001-01-01", "９９９９-01-01"])
def test_a_day_that_makes_no_sense_is_today(publisher, on):
    page = publisher.get(reverse("admin:blog_article_new_year"), {"on": on})

    assert page.context["year"] == coming_year(timezone.localdate())


def test_nothing_changes_before_it_was_shown(publisher, old):
    answer = publisher.post(PAGE, sent_for(old))

    page = answer.content.decode()
    assert "<del>Exams of 2026</del> → <ins>Exams of 2027</ins>" in page
    assert "Readers are told: “New fees.”" in page
    assert titles() == ["Exams of 2026"]


def test_what_was_shown_is_changed_with_a_note_and_a_line_in_the_history(publisher, old):
    answer = publisher.post(PAGE, sent_for(old) | {"apply": "1"}, follow=True)

    assert titles() == ["Exams of 2027"]
    assert ChangeNote.objects.get().text == "New fees."
    assert LogEntry.objects.get().change_message == "Year put right."
    assert said(answer) == [
        f'Changed 1 article. To undo this, press Undo in <a href="#batch-{Batch.objects.get().pk}">'
        "what was done lately</a>."
    ]


def test_what_is_not_ticked_stays(publisher, old):
    other = ArticleFactory(title="Roles of 2026")
    sent = sent_for(old, other)
    del sent[f"{other.pk}-chosen"]

    publisher.post(PAGE, sent | {"apply": "1"})

    assert titles() == ["Exams of 2027", "Roles of 2026"]


def test_without_a_note_nothing_is_changed_and_all_that_was_typed_is_still_there(publisher, old):
    answer = publisher.post(PAGE, sent_for(old, note="", title="Exams in 2027, all new") | {"apply": "1"})

    page = answer.content.decode()
    assert "Readers have seen this article: say what has changed." in page
    assert "Exams in 2027, all new" in page
    assert titles() == ["Exams of 2026"]


def test_a_row_without_a_tick_is_not_scolded(publisher, old):
    other = ArticleFactory(title="Roles of 2026")
    sent = sent_for(old, note="") | sent_for(other, note="")
    del sent[f"{other.pk}-chosen"]

    rows = {row.stale.article: row for row in publisher.post(PAGE, sent).context["rows"]}

    assert rows[old].errors
    assert not rows[other].errors


def test_where_only_addresses_are_old_there_is_nothing_to_press(publisher):
    ArticleFactory(title="Exams", slug="exams-2026")

    assert "Show what would change" not in publisher.get(PAGE).text


def test_nothing_ticked_is_said(publisher, old):
    assert said(publisher.post(PAGE, {"preview": "1"})) == ["Nothing is ticked yet."]


def test_the_way_back_from_the_preview_keeps_what_was_typed(publisher, old):
    answer = publisher.post(PAGE, sent_for(old, title="My own title") | {"back": "1"})

    assert not answer.context["chosen"]
    assert "My own title" in answer.content.decode()


def test_a_draft_needs_no_note(publisher):
    draft = DraftFactory(title="A draft of 2026")

    publisher.post(PAGE, sent_for(draft) | {"apply": "1"})

    assert titles() == ["A draft of 2027"]
    assert not ChangeNote.objects.exists()


def test_what_somebody_saved_meanwhile_is_shown_again_before_it_is_changed(publisher, old):
    sent = sent_for(old) | {"apply": "1"}
    old.title = "Exams of 2026, revised"
    publishing.publish(old, by=None, now=timezone.now())

    answer = publisher.post(PAGE, sent)

    assert "was changed meanwhile" in said(answer)[0]
    assert titles() == ["Exams of 2026, revised"]
    page = answer.content.decode()
    assert "<del>Exams of 2026, revised</del>" in page
    assert f'name="{old.pk}-version" value="1"' in page


def test_another_publisher_in_another_browser_takes_all_of_it_back(publisher, old, as_group):
    publisher.post(PAGE, sent_for(old) | {"apply": "1"})
    batch = Batch.objects.get()
    other = as_group("publisher")
    undo = reverse("admin:blog_batch_undo", args=[batch.pk])
    for page in (PAGE, reverse("admin:blog_article_many")):
        assert f'action="{undo}"' in other.get(page).text

    answer = other.post(undo, follow=True)

    assert said(answer) == ["Taken back in 1 article: Titles for 2027."]
    assert titles() == ["Exams of 2026"]
    assert not ChangeNote.objects.exists()
    assert f'action="{undo}"' not in other.get(PAGE).text


def test_what_was_done_lately_is_not_beside_what_is_about_to_be_done(publisher, old):
    assert "Done lately" not in publisher.post(PAGE, sent_for(old)).text


@pytest.mark.parametrize("title", ["", "x" * 201, "\0"])
def test_a_title_that_cannot_be_is_refused_beside_its_field(publisher, old, title):
    (row,) = publisher.post(PAGE, sent_for(old, title=title) | {"apply": "1"}).context["rows"]

    assert row.errors["title"]
    assert titles() == ["Exams of 2026"]


def test_a_forged_field_changes_nothing(publisher, old):
    publisher.post(PAGE, sent_for(old, slug="forged", state="draft", summary="Forged") | {"apply": "1"})

    stored = Article.objects.get()
    assert (stored.slug, stored.state, stored.summary) == ("exams-2026", "published", old.summary)


@pytest.mark.parametrize("group", ["writer", "editor"])
@pytest.mark.parametrize("verb", ["preview", "apply"])
def test_only_publishers_change_years(as_group, old, group, verb):
    client = as_group(group)

    assert client.post(PAGE, sent_for(old) | {verb: "1"}).status_code == 403
    assert client.get(PAGE).status_code == 403
    assert titles() == ["Exams of 2026"]


def test_ten_rows_cost_what_two_cost(publisher, count_queries):
    for number in range(2):
        ArticleFactory(title=f"Exams {number} of 2026")
    two = count_queries(publisher, PAGE)
    for number in range(8):
        ArticleFactory(title=f"Roles {number} of 2026")

    assert count_queries(publisher, PAGE) == two


def test_of_a_draft_over_a_live_article_nobody_is_told_anything_before_it_is_published(publisher, old):
    old.title = "Better of 2026"
    publishing.save(old, by=None, now=timezone.now())
    old.refresh_from_db()
    shown = publisher.post(PAGE, sent_for(old, title="Better of 2027", note="")).text
    assert "has a draft" in publisher.get(PAGE).text
    assert "This goes into its draft." in shown

    publisher.post(PAGE, sent_for(old, title="Better of 2027", note="") | {"apply": "1"})

    article = Article.objects.get()
    assert (article.title, article.draft.content["title"]) == ("Exams of 2026", "Better of 2027")


def test_changes_to_come_lead_to_their_form_and_cannot_be_ticked(publisher, old):
    later = timezone.now() + timedelta(days=9)
    old.summary = "Of 2026."
    publishing.schedule(old, by=None, at=later, now=timezone.now())
    old.refresh_from_db()

    page = publisher.get(PAGE).text
    publisher.post(PAGE, sent_for(old, title="Of 2027") | {"apply": "1"})

    assert "What is to go live has an old year in it, too" in page
    assert f'name="{old.pk}-chosen"' not in page
    assert titles() == ["Exams of 2026"]
