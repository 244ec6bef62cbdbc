from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import freshness
from blog.freshness import MayNotReview, due, due_on, next_review, still_correct, with_reviews
from blog.models import Article, ArticleReview, ChangeNote
from tests.factories import ArticleFactory, CredentialFactory, DraftFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def published(days_ago, **fields):
    moment = NOW - days_ago * DAY
    return ArticleFactory(published_at=moment, first_published_at=moment, **fields)


def due_now(on=None):
    return list(due(Article.objects.public(NOW), on=on or NOW.date()))


# --- When -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("certification", date(2026, 4, 1)),
        ("role", date(2026, 6, 30)),
        ("other", date(2027, 1, 1)),
    ],
)
def test_each_kind_has_its_own_time(kind, day):
    assert due_on(kind, date(2026, 1, 1)) == day


def test_an_article_about_a_certification_is_due_after_ninety_days_and_not_before():
    early, late = published(89), published(90)
    for article in (early, late):
        article.credentials.add(CredentialFactory())

    assert due_now() == [late]


def test_one_about_a_role_is_due_after_half_a_year_and_any_other_after_a_year():
    fresh, about_role = published(179), published(180)
    for article in (fresh, about_role):
        article.roles.add(RoleFactory())
    published(364)
    other = published(365)

    assert due_now() == [other, about_role]


def test_what_is_about_both_is_due_as_soon_as_the_sooner():
    both = published(100)
    both.roles.add(RoleFactory())
    both.credentials.add(CredentialFactory())

    assert due_now() == [both]


def test_a_review_and_a_major_change_each_begin_the_time_anew():
    reviewed, changed, neither = published(400), published(400), published(400)
    still_correct(reviewed, by=None, now=NOW - DAY)
    Article.objects.filter(pk=changed.pk).update(updated_at=NOW - DAY)

    assert due_now() == [neither]


def test_a_day_chosen_for_an_article_counts_instead_of_its_kind_both_ways():
    sooner, later = published(10), published(400)
    still_correct(sooner, by=None, review_by=NOW.date(), now=NOW - DAY)
    still_correct(later, by=None, review_by=NOW.date() + DAY, now=NOW - DAY)

    assert due_now() == [sooner]
    assert set(due_now(on=NOW.date() + DAY)) == {sooner, later}


def test_only_what_readers_see_is_due():
    published(400, state=Article.State.DRAFT)
    published(400, expires_at=NOW - DAY)
    DraftFactory()

    assert due_now() == []


def test_the_day_is_that_of_the_editors_clock(settings):
    settings.TIME_ZONE = "Asia/Kolkata"
    timezone.get_default_timezone.cache_clear()
    article = ArticleFactory(published_at=datetime(2026, 1, 1, 20, tzinfo=UTC))  # 2 January in Kolkata

    shown = with_reviews(Article.objects.filter(pk=article.pk)).get()
    before = due(Article.objects.public(NOW), on=date(2027, 1, 1)).exists()
    on_the_day = due(Article.objects.public(NOW), on=date(2027, 1, 2)).exists()
    timezone.get_default_timezone.cache_clear()

    assert next_review(shown) == date(2027, 1, 2)
    assert (before, on_the_day) == (False, True)


def test_what_is_due_and_the_day_shown_never_disagree():
    for days in (1, 89, 90, 91, 179, 180, 181, 364, 365, 366):
        for subjects in ("credentials", "roles", None):
            article = published(days)
            if subjects:
                getattr(article, subjects).add(
                    CredentialFactory() if subjects == "credentials" else RoleFactory()
                )

    shown = with_reviews(Article.objects.all())
    by_day = {article.pk for article in shown if next_review(article) <= NOW.date()}

    assert {article.pk for article in due_now()} == by_day
    assert 0 < len(by_day) < 30


def test_ten_due_articles_cost_what_two_cost(person):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            [
                next_review(article)
                for article in with_reviews(due(Article.objects.public(NOW), on=NOW.date()))
            ]
        return len(queries)

    for _ in range(2):
        still_correct(published(400), by=person("editor"), now=NOW - 390 * DAY)
    two = cost()
    for _ in range(8):
        still_correct(published(400), by=person("editor"), now=NOW - 390 * DAY)

    assert cost() == two == 1


# --- Still correct ----------------------------------------------------------


def test_still_correct_keeps_who_and_when_and_forgets_a_day_chosen_before(person):
    editor = person("editor")
    article = published(400)
    still_correct(article, by=editor, review_by=NOW.date() + 5 * DAY, now=NOW)

    still_correct(article, by=editor, now=NOW + DAY)

    review = ArticleReview.objects.get()
    assert (review.reviewed_at, review.reviewed_by, review.review_by) == (NOW + DAY, editor, None)


def test_still_correct_touches_nothing_of_the_article():
    article = published(400)
    before = Article.objects.filter(pk=article.pk).values().get()

    still_correct(article, by=None, now=NOW)

    assert Article.objects.filter(pk=article.pk).values().get() == before


@pytest.mark.parametrize(("group", "whose", "may"), [
    ("writer", "own", True),
    ("writer", "another's", False),
    ("editor", "another's", True),
    ("publisher", "another's", True),
])  # fmt: skip
def test_a_writer_vouches_for_own_articles_an_editor_for_any(person, group, whose, may):
    someone = person(group)
    article = published(400, created_by=someone if whose == "own" else UserFactory())

    if may:
        still_correct(article, by=someone, now=NOW)
    else:
        with pytest.raises(MayNotReview):
            still_correct(article, by=someone, now=NOW)

    assert ArticleReview.objects.exists() is may
    assert freshness.reviewed_by(someone, Article.objects.all()).exists() is may


def test_someone_without_any_permission_vouches_for_nothing():
    stranger = UserFactory()
    article = published(400, created_by=stranger)

    with pytest.raises(MayNotReview):
        still_correct(article, by=stranger, now=NOW)
    assert not freshness.reviewed_by(stranger, Article.objects.all()).exists()


def test_a_draft_cannot_be_still_correct():
    with pytest.raises(ValidationError, match="Readers do not see"):
        still_correct(DraftFactory(), by=None, now=NOW)


@pytest.mark.parametrize("day", [NOW.date(), NOW.date() - DAY])
def test_the_next_review_lies_ahead(day):
    with pytest.raises(ValidationError, match="after today"):
        still_correct(published(3), by=None, review_by=day, now=NOW)


def test_an_editor_who_leaves_takes_no_review_along(person):
    editor = person("editor")
    article = published(400)
    still_correct(article, by=editor, now=NOW)
    ChangeNote.tell(article, "New fees.", by=editor, now=NOW)

    editor.delete()

    assert ArticleReview.objects.get().reviewed_by is None
    assert ChangeNote.objects.get().by is None


# --- What readers are told ----------------------------------------------------


def test_a_note_is_kept_in_one_line_with_who_and_when(person):
    editor = person("editor")

    note = ChangeNote.tell(published(3), "  New\n fees.  ", by=editor, now=NOW)

    assert (note.text, note.by, note.at) == ("New fees.", editor, NOW)


@pytest.mark.parametrize("unseen", ["a draft", "a scheduled article"])
def test_readers_are_told_nothing_of_what_they_have_never_seen(unseen):
    article = DraftFactory() if unseen == "a draft" else published(-3)

    assert ChangeNote.tell(article, "A secret.", by=None, now=NOW) is None
    assert not ChangeNote.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_note_says_something(text):
    with pytest.raises(ValidationError):
        ChangeNote.tell(published(3), text, by=None, now=NOW)


def test_the_database_refuses_an_empty_note():
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeNote.objects.create(article=published(3), at=NOW, text="")


def test_the_newest_note_comes_first():
    article = published(30)
    ChangeNote.tell(article, "First.", by=None, now=NOW - DAY)
    ChangeNote.tell(article, "Second.", by=None, now=NOW)

    assert [note.text for note in article.change_notes.all()] == ["Second.", "First."]
