from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from blog import bulk, new_year, publishing
from blog.models import Article, ChangeNote
from blog.new_year import Change, coming_year, old_year, renewed, stale
from tests.factories import LONG_AGO, ArticleFactory, DraftFactory

NOW = datetime(2026, 12, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 11, 1), 2026),
        (date(2026, 11, 2), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
        (date(2027, 11, 1), 2027),
    ],
)
def test_the_year_turns_sixty_days_before_it_begins(on, year):
    assert coming_year(on) == year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The best exams of 2026", 2026),
        ("From 2024 to 2026", 2026),
        ("From 2026 to 2027", None),
        ("Written in 2028", None),
        ("Since 1995", None),
        ("No number", None),
        ("Room 120261 and AI-20260", None),
        ("2019: a look back", 2019),
        ("٢٠٢٦", None),
    ],
)
def test_a_text_is_old_when_its_newest_year_is(text, found):
    assert old_year(text, year=2027) == found


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("The best of 2026", "The best of 2027"),
        ("2019–2026", "2019–2027"),
        ("2026 and 2026", "2027 and 2027"),
        ("Code 120261 of 2026", "Code 120261 of 2027"),
        ("From 2026 to 2027", "From 2026 to 2027"),
    ],
)
def test_only_the_newest_year_is_replaced(text, after):
    assert renewed(text, year=2027) == after


def found(year=2027):
    return {
        one.article.title: (one.proposed, one.year_in_address)
        for one in stale(Article.objects.all(), year=year)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["title", "summary", "seo_title", "seo_description"])
def test_an_old_year_is_found_wherever_lists_and_search_engines_show_it(name):
    article = ArticleFactory(**{name: "Exams of 2026"})

    assert found()[article.title] == ({name: "Exams of 2027"}, None)


@pytest.mark.django_db
def test_a_year_in_the_address_is_told_apart():
    ArticleFactory(title="Exams", slug="exams-2025")

    assert found() == {"Exams": ({}, 2025)}


@pytest.mark.django_db
def test_what_is_up_to_date_or_has_no_year_is_not_found():
    ArticleFactory(title="Exams of 2027", body="<p>In 2019.</p>")
    ArticleFactory(title="Exam 12345")

    assert found() == {}


@pytest.mark.django_db
def test_as_many_queries_for_ten_as_for_two(django_assert_num_queries):
    for _ in range(10):
        DraftFactory(title="Exams of 2026")

    with django_assert_num_queries(1):
        assert len(stale(Article.objects.all(), year=2027)) == 10


# --- Changing ---------------------------------------------------------------


def change_of(article, note="New fees.", **texts):
    return Change(article.pk, article.version, texts or {"title": "Exams of 2027"}, note)


def applied(*changes, by):
    return new_year.apply(changes, what="Titles for 2027", by=by, now=NOW)


@pytest.fixture
def publisher(person):
    return person("publisher")


@pytest.mark.django_db
def test_applying_changes_the_texts_and_tells_readers(publisher):
    article = ArticleFactory(title="Exams of 2026", seo_title="2026", slug="exams-2026")

    applied(change_of(article, title="Exams of 2027", seo_title="2027"), by=publisher)

    article.refresh_from_db()
    assert (article.title, article.seo_title, article.slug) == ("Exams of 2027", "2027", "exams-2026")
    assert article.updated_at == NOW
    assert [note.text for note in article.change_notes.all()] == ["New fees."]


@pytest.mark.django_db
def test_without_a_note_nothing_that_readers_have_seen_changes(publisher):
    first, second = ArticleFactory(title="Exams of 2026"), ArticleFactory(title="Roles of 2026")

    with pytest.raises(ValidationError):
        applied(change_of(first), change_of(second, note=" "), by=publisher)

    assert set(Article.objects.values_list("title", flat=True)) == {"Exams of 2026", "Roles of 2026"}
    assert not ChangeNote.objects.exists()


@pytest.mark.django_db
def test_a_draft_needs_no_note_and_gets_none(publisher):
    draft = DraftFactory(title="Exams of 2026")

    applied(change_of(draft, note=""), by=publisher)

    draft.refresh_from_db()
    assert (draft.title, draft.updated_at, draft.change_notes.count()) == ("Exams of 2027", None, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["saved", "gone"])
def test_if_one_has_changed_meanwhile_none_is_changed(publisher, what):
    first, second = ArticleFactory(title="Exams of 2026"), ArticleFactory(title="Roles of 2026")
    changes = [change_of(first), change_of(second)]
    second.summary = "Changed by somebody."
    publishing.publish(second, by=None, now=NOW) if what == "saved" else second.delete()

    with pytest.raises(ValidationError, match=r"meanwhile\. Nothing was changed"):
        applied(*changes, by=publisher)

    first.refresh_from_db()
    assert first.title == "Exams of 2026"


@pytest.mark.django_db
def test_putting_back_leaves_no_trace_for_readers(publisher):
    seen, dated = (
        ArticleFactory(title="Exams of 2026"),
        ArticleFactory(title="Roles of 2026", updated_at=LONG_AGO),
    )
    names = ("pk", "title", "updated_at", "state", "published_at")
    before = list(Article.objects.order_by("pk").values(*names))
    batch = applied(change_of(seen), change_of(dated), by=publisher)

    left = bulk.undo(batch, by=publisher, now=NOW + timedelta(minutes=1))

    assert left == []
    assert list(Article.objects.order_by("pk").values(*names)) == before
    assert not ChangeNote.objects.exists()


@pytest.mark.django_db
def test_what_somebody_changed_since_is_not_put_back(publisher):
    first, second = ArticleFactory(title="Exams of 2026"), ArticleFactory(title="Roles of 2026")
    batch = applied(change_of(first), change_of(second), by=publisher)
    second.refresh_from_db()
    second.title = "Another title"
    publishing.publish(second, by=None, now=NOW)

    left = bulk.undo(batch, by=publisher, now=NOW)

    assert left == ["Another title"]
    assert set(Article.objects.values_list("title", flat=True)) == {"Exams of 2026", "Another title"}
    assert ChangeNote.objects.get().article == second


# --- What waits -------------------------------------------------------------


def with_changes(article, verb=publishing.save, **more):
    """What readers see has an old year; what waits over it, too, in another title."""
    changed = Article.objects.get(pk=article.pk)
    changed.title = "Better exams of 2026"
    verb(changed, by=None, now=NOW, **more)
    return Article.objects.get(pk=article.pk)


@pytest.mark.django_db
def test_what_waits_over_a_live_article_is_looked_at_instead_of_it():
    with_changes(ArticleFactory(title="Exams of 2026", slug="a"))
    fresh = with_changes(ArticleFactory(title="Roles of 2026", slug="b"))
    fresh.draft.content["title"] = "Roles of 2027"
    fresh.draft.save()

    (one,) = stale(Article.objects.all(), year=2027)

    assert (one.article.slug, one.has_draft, one.has_schedule) == ("a", True, False)
    assert one.proposed == {"title": "Better exams of 2027"}


@pytest.mark.django_db
def test_as_many_queries_for_ten_that_wait_as_for_two(django_assert_num_queries):
    for _ in range(10):
        with_changes(ArticleFactory(title="Exams of 2026"))

    with django_assert_num_queries(1):
        assert len(stale(Article.objects.all(), year=2027)) == 10


@pytest.mark.django_db
def test_a_change_goes_into_the_draft_and_readers_see_what_they_saw(publisher):
    article = with_changes(ArticleFactory(title="Exams of 2026"))

    batch = applied(change_of(article, note="", title="Better 2027"), by=publisher)

    article = Article.objects.get(pk=article.pk)
    assert (article.title, article.draft.content["title"]) == ("Exams of 2026", "Better 2027")
    assert not ChangeNote.objects.exists()

    assert bulk.undo(batch, by=publisher, now=NOW) == []
    article = Article.objects.get(pk=article.pk)
    assert (article.title, article.draft.content["title"]) == ("Exams of 2026", "Better exams of 2026")


@pytest.mark.django_db
def test_what_was_published_since_is_not_put_back_under_readers_eyes(publisher):
    article = with_changes(ArticleFactory(title="Exams of 2026"))
    batch = applied(change_of(article, note="", title="Better 2027"), by=publisher)
    publishing.publish(Article.objects.get(pk=article.pk), by=None, now=NOW)

    assert bulk.undo(batch, by=publisher, now=NOW) == ["Better 2027"]
    assert Article.objects.get().title == "Better 2027"


@pytest.mark.django_db
def test_changes_to_come_are_named_and_left_to_who_decided_on_them():
    with_changes(ArticleFactory(title="Exams of 2026"), publishing.schedule, at=NOW + timedelta(days=9))

    (one,) = stale(Article.objects.all(), year=2027)

    assert (one.has_draft, one.has_schedule) == (False, True)
