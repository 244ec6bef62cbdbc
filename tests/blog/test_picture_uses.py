"""Where pictures are used, in every place that can show one."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from blog import publishing, snapshots
from blog.models import Article, Picture, PictureUse
from blog.picture_uses import uses_of
from tests.factories import ArticleFactory, AuthorFactory, DraftFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictures():
    return [Picture.objects.create(title=f"P{n}", token=str(n) * 32, width=900, height=600) for n in range(3)]


def figure(picture):
    return f'<img src="/media/pictures/{picture.token}/800.jpg" alt="A" width="900" height="600">'


def told(*pictures):
    return [f"{use.model} {use.name}: {use.how}" for use in uses_of(pictures)]


def test_texts_drafts_covers_and_photographs_are_all_named(pictures):
    first, second, _ = pictures
    ArticleFactory(title="Trails", body=figure(first) * 2 + figure(second))
    DraftFactory(title="Bridges", body=figure(first), cover=first)
    AuthorFactory(name="The desk", photo=first)

    assert told(first) == [
        "article Bridges: in its text",
        "article Trails: in its text",
        "article Bridges: as its cover",
        "author The desk: as the photograph",
    ]
    assert told(second) == ["article Trails: in its text"]
    assert told(pictures[2]) == []


def test_a_text_that_drops_a_picture_uses_it_no_more(pictures):
    article = ArticleFactory(body=figure(pictures[0]))

    article.body = figure(pictures[1])
    article.save(update_fields=["body"])

    assert told(pictures[0]) == []
    assert len(told(pictures[1])) == 1


def test_a_save_that_leaves_the_text_alone_leaves_its_pictures_alone(pictures, django_assert_num_queries):
    article = ArticleFactory(body=figure(pictures[0]))

    with django_assert_num_queries(1):
        article.save(update_fields=["title"])

    assert len(told(pictures[0])) == 1


def test_saving_costs_as_many_queries_for_ten_pictures_as_for_two():
    made = [Picture.objects.create(title="P", token=f"{n:032x}", width=9, height=6) for n in range(12)]

    def queries(count, start):
        article = ArticleFactory(body="")
        article.body = "".join(map(figure, made[start : start + count]))
        with CaptureQueriesContext(connection) as captured:
            article.save()
        return len(captured)

    assert queries(10, 0) == queries(2, 10)


LIVE, IN_TEXT = datetime(2026, 6, 1, tzinfo=UTC), "article Trails: in its text"
LATER, IN_DRAFT = LIVE + timedelta(days=1), "article Trails: in a draft of it"


def with_changes(article, verb, body, **more):
    """``body`` of a live article, as ``verb`` of publishing keeps it."""
    changed = Article.objects.get(pk=article.pk)
    snapshots.open_working_copy(changed)
    changed.body = body
    verb(changed, by=None, now=LIVE, **more)


def test_what_went_live_is_held_by_the_text_and_no_longer_by_a_draft(pictures):
    article = ArticleFactory(title="Trails", body="<p>None.</p>")
    with_changes(article, publishing.schedule, figure(pictures[0]), at=LATER)
    assert told(*pictures) == [IN_DRAFT]

    publishing.catch_up(LATER)

    assert told(*pictures) == [IN_TEXT]


def test_what_is_to_go_live_holds_its_pictures_beside_a_newer_draft(pictures):
    article = ArticleFactory(title="Trails", body="<p>None.</p>")
    with_changes(article, publishing.schedule, figure(pictures[0]), at=LATER)
    with_changes(article, publishing.save, figure(pictures[1]))
    assert told(*pictures) == [IN_DRAFT, IN_DRAFT]

    publishing.catch_up(LATER)

    assert told(*pictures) == [IN_TEXT, IN_DRAFT]


def test_a_draft_thrown_away_holds_nothing(pictures):
    article = ArticleFactory(title="Trails", body="<p>None.</p>")
    with_changes(article, publishing.save, figure(pictures[0]))

    publishing.discard_draft(Article.objects.get(pk=article.pk), by=None, now=LIVE)

    assert told(*pictures) == []


def test_a_draft_over_a_live_article_holds_its_pictures_too(pictures):
    article = ArticleFactory(title="Trails", body=figure(pictures[0]))

    PictureUse.objects.keep(article.pk, {pictures[1].pk}, place="draft")
    assert told(*pictures) == ["article Trails: in its text", "article Trails: in a draft of it"]

    PictureUse.objects.keep(article.pk, [], place="draft")
    assert told(*pictures) == ["article Trails: in its text"]


@pytest.mark.parametrize("use", ["text", "cover", "photo"])
def test_a_picture_in_use_is_not_deleted_and_its_files_stay(
    pictures, use, django_capture_on_commit_callbacks
):
    picture = pictures[0]
    {
        "text": lambda: ArticleFactory(body=figure(picture)),
        "cover": lambda: DraftFactory(cover=picture),
        "photo": lambda: AuthorFactory(photo=picture),
    }[use]()

    with django_capture_on_commit_callbacks() as callbacks:
        for delete in (picture.delete, Picture.objects.filter(pk=picture.pk).delete):
            with pytest.raises(ProtectedError):
                delete()

    assert callbacks == []
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_an_article_that_goes_frees_its_pictures(pictures):
    ArticleFactory(body=figure(pictures[0])).delete()

    pictures[0].delete()
    assert Picture.objects.count() == 2


def test_used_and_unused_are_told_apart_and_counted(pictures):
    article = ArticleFactory(body=figure(pictures[0]), cover=pictures[0])
    AuthorFactory(photo=pictures[1])

    assert list(Picture.objects.unused()) == [pictures[2]]
    assert set(Picture.objects.used()) == {pictures[0], pictures[1]}
    counts = Picture.objects.counting_uses().order_by("title").values_list("use_count", flat=True)
    assert list(counts) == [2, 1, 0]
    assert article.cover == pictures[0]


def test_ten_uses_cost_what_two_cost(pictures):
    def queries(articles):
        ArticleFactory.create_batch(articles, body=figure(pictures[0]), cover=pictures[1])
        with CaptureQueriesContext(connection) as captured:
            uses_of(pictures)
        return len(captured)

    assert queries(2) == queries(10) == 3


def test_what_came_into_the_database_by_another_way_is_found_by_the_command(pictures):
    article = ArticleFactory()
    Article.objects.filter(pk=article.pk).update(body=figure(pictures[0]))
    PictureUse.objects.keep(ArticleFactory().pk, [pictures[1].pk])
    said = StringIO()

    call_command("find_picture_uses", stdout=said)

    assert said.getvalue() == "Read 2 articles.\n"
    assert told(*pictures) == [f"article {article}: in its text"]


@pytest.mark.parametrize(
    "wrong", [{"alt": "Words", "is_decorative": True}, {"focus_x": 101}, {"focus_y": 101}]
)
def test_the_database_keeps_what_the_library_promises(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.create(title="P", token="f" * 32, width=9, height=6, **wrong)


def test_what_articles_showed_before_there_was_a_list_is_found_by_the_migration(pictures):
    drawn, shown, _ = pictures
    Picture.objects.filter(pk=shown.pk).update(uploaded_by=UserFactory())
    article = ArticleFactory()
    Article.objects.filter(pk=article.pk).update(body=figure(shown) * 2 + figure(drawn))

    import_module("blog.migrations.0011_pictures_that_articles_show").fill(apps, None)

    assert told(shown) == told(drawn) == [f"article {article}: in its text"]
    drawn.refresh_from_db()
    shown.refresh_from_db()
    assert (drawn.is_decorative, shown.is_decorative) == (True, False)
