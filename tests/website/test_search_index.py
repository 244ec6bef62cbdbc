"""That the index follows what readers may see: on commit, once, and with few queries."""

from datetime import UTC, datetime, timedelta

import pytest
from asgiref.local import Local
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Article, Hashtag, HashtagAlias
from blog.models.hashtags import merged
from careers.models import Fee, RoleTask, RoleTitle, Status
from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
)
from website.models import SearchDocument
from website.search import index, rebuild, search

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def found(query, now=NOW):
    return {hit.url for hit in search(query, now=now).hits}


@pytest.fixture(autouse=True)
def _nothing_noted(monkeypatch):
    """What other tests changed and never committed is not this test's business."""
    monkeypatch.setattr(index, "_pending", Local())


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """``with committed():`` what happens inside is a transaction that succeeds."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# --- What moves the index -----------------------------------------------------------


def test_a_published_article_is_found_once_its_transaction_is_committed(committed):
    with committed():
        article = ArticleFactory(title="Splicing", hashtags=["knots"])
        assert found("splicing") == set()

    assert found("splicing knots") == {article.get_absolute_url()}


def test_a_draft_is_not_indexed_and_an_unpublished_article_goes(committed):
    with committed():
        article = ArticleFactory(title="Splicing")
        DraftFactory(title="Splicing in secret")
    with committed():
        article.state = Article.State.DRAFT
        article.save()

    assert not SearchDocument.objects.filter(kind="article").exists()


def test_a_scheduled_article_waits_and_an_expiring_one_leaves(committed):
    with committed():
        ArticleFactory(title="Splicing", published_at=NOW, expires_at=NOW + timedelta(days=1))

    assert not found("splicing", NOW - timedelta(seconds=1))
    assert found("splicing", NOW)
    assert not found("splicing", NOW + timedelta(days=1))


def test_a_deleted_page_goes(committed):
    with committed():
        article, role = ArticleFactory(title="Splicing"), RoleFactory(name="Splicer")
    with committed():
        article.delete()
        role.delete()

    assert not SearchDocument.objects.filter(kind__in=["article", "role"]).exists()


def test_hashtags_given_and_taken_later_move_the_article_and_the_hashtag(committed):
    with committed():
        article = ArticleFactory()
    with committed():
        article.hashtags.add("knots")
    assert found("knots") == {article.get_absolute_url(), "/tag/knots/"}

    with committed():
        article.hashtags.set(["hitches"])
    assert found("knots") == set()
    assert found("hitches") == {article.get_absolute_url(), "/tag/hitches/"}

    with committed():
        article.hashtags.clear()
    assert found("hitches") == set()


def test_an_article_is_found_by_what_its_live_parts_say_and_follows_them(committed):
    role, skill = RoleFactory(slug="r"), SkillFactory(slug="s")
    version = ExamVersionFactory(credential__slug="gold", credential__name="Goldsmith", exam_code="AB-777")
    version.credential.skills.add(skill)
    with committed():
        article = ArticleFactory(
            body='<p>It costs <careers-fact data-ref="gold" data-field="price"></careers-fact>.</p>'
            '<careers-block data-kind="role-card" data-ref="r"></careers-block>'
            '<careers-block data-kind="certifications" data-by="skill" data-ref="s"></careers-block>'
        ).get_absolute_url()
    assert article in found("goldsmith") & found("AB-777")

    with committed():
        Fee.objects.create(version=version, amount=4321)
    assert article in found("4,321")

    with committed():
        role.main_focus = "Splicing"
        role.save()
        version.credential.name = "Silversmith"
        version.credential.save()
    assert article in found("splicing") & found("silversmith")
    assert article not in found("goldsmith")

    with committed():
        version.fees.get().delete()
        version.credential.status = "draft"
        version.credential.save()
    assert article not in found("4,321") | found("silversmith")


def test_a_whole_credential_can_be_deleted_with_its_exams_and_fees(committed):
    version = ExamVersionFactory()
    Fee.objects.create(version=version, amount=1)
    Fee.objects.create(credential=version.credential, amount=1)
    with committed():
        version.credential.delete()

    assert not SearchDocument.objects.filter(kind="certification").exists()


def test_a_renamed_category_hashtag_or_author_moves_its_articles(committed):
    category, author = CategoryFactory(name="Sailing"), AuthorFactory(name="Harbour desk")
    with committed():
        article = ArticleFactory(category=category, authors=[author], hashtags=["knots"])
    with committed():
        for row, name in [(category, "Rowing"), (author, "River desk"), (Hashtag.objects.get(), "bends")]:
            row.name = name
            row.save()

    assert all(article.get_absolute_url() in found(word) for word in ["rowing", "river", "bends"])
    assert not any(article.get_absolute_url() in found(word) for word in ["sailing", "harbour", "knots"])


def test_an_author_added_to_an_article_is_found_with_it(committed):
    with committed():
        article = ArticleFactory()
    with committed():
        article.bylines.create(author=AuthorFactory(name="Harbour desk"))

    assert article.get_absolute_url() in found("harbour")


def test_an_alias_finds_its_hashtag(committed):
    with committed():
        ArticleFactory(hashtags=["machine learning"])
    with committed():
        HashtagAlias.objects.create(name="ML", key="ml", hashtag=Hashtag.objects.get())

    assert "/tag/machine-learning/" in found("ml")


def test_titles_and_tasks_of_a_role_are_found_with_it(committed):
    with committed():
        role = RoleFactory()
    with committed():
        title = RoleTitle.objects.create(role=role, title="Bosun")
        RoleTask.objects.create(role=role, text="Mends sails")
    assert found("bosun sails") == {role.get_absolute_url()}

    with committed():
        title.delete()
    assert found("bosun") == set()


def test_an_exam_code_and_a_providers_name_are_found_with_the_certification(committed):
    provider = ProviderFactory(name="Lloyd")
    with committed():
        credential = CredentialFactory(provider=provider)
    with committed():
        ExamVersionFactory(credential=credential, exam_code="SEA-101")
    with committed():  # by itself: an exam brings its certification up to date anyway
        provider.name = "Veritas"
        provider.save()

    assert credential.get_absolute_url() in found("sea101")
    assert credential.get_absolute_url() in found("veritas")
    assert found("lloyd") == set()


def test_an_unpublished_fact_goes(committed):
    with committed():
        skill = SkillFactory(name="Splicing")
    with committed():
        skill.status = Status.DRAFT
        skill.save()

    assert found("splicing") == set()


# --- Hashtags in time ------------------------------------------------------------------


def test_a_hashtag_is_found_only_while_one_of_its_articles_is():
    day, soon = timedelta(days=1), timezone.now() + timedelta(hours=1)  # what is over is not kept
    ArticleFactory(published_at=soon, expires_at=soon + 2 * day, hashtags=["knots"])
    ArticleFactory(published_at=soon + day, expires_at=soon + 3 * day, hashtags=["knots"])
    ArticleFactory(published_at=soon + 5 * day, hashtags=["knots"])
    DraftFactory(hashtags=["knots"])
    list(rebuild())

    visible = [bool(found("knots", soon + n * day) & {"/tag/knots/"}) for n in (-1, 0, 1, 2, 3, 4, 5, 9)]
    public = [Hashtag.objects.public(soon + n * day).exists() for n in (-1, 0, 1, 2, 3, 4, 5, 9)]

    assert visible == [False, True, True, True, False, False, True, True]
    assert visible == public


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([], []),
        ([(1, 2), (3, 4)], [(1, 2), (3, 4)]),
        ([(3, 4), (1, 3)], [(1, 4)]),
        ([(1, None), (2, 3)], [(1, None)]),
        ([(1, 5), (2, 3), (4, None)], [(1, None)]),
    ],
)
def test_stretches_of_time_are_merged(spans, whole):
    assert merged(spans) == whole


# --- Robust and cheap -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_the_index_alone_and_the_next_commit_is_right():
    with transaction.atomic():
        ArticleFactory(title="Never was")
        transaction.set_rollback(True)
    assert not SearchDocument.objects.exists()

    with transaction.atomic():
        article = ArticleFactory(title="Came to be")
        with transaction.atomic():
            ArticleFactory(title="Half way")
            transaction.set_rollback(True)

    assert list(SearchDocument.objects.filter(kind="article").values_list("ref", flat=True)) == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_a_page_that_cannot_be_indexed_is_saved_and_logged(monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("no index today")

    monkeypatch.setattr(index, "index_pages", fail)
    article = ArticleFactory()

    assert Article.objects.filter(pk=article.pk).exists()
    assert "no index today" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_save_outside_any_transaction_is_indexed_at_once():
    article = ArticleFactory(title="Splicing")

    assert found("splicing") == {article.get_absolute_url()}


def test_one_transaction_is_indexed_once_however_often_it_saves(committed, monkeypatch):
    calls = []
    monkeypatch.setattr(index, "index_pages", lambda label, refs: calls.append((label, len(refs))))
    with committed():
        article = ArticleFactory(hashtags=["knots"])
        for _ in range(3):
            article.save()

    assert sorted(calls) == [("blog.Article", 1), ("blog.Category", 1), ("blog.Hashtag", 1)]


def test_ten_articles_are_indexed_with_the_queries_of_two():
    few, many = ([a.pk for a in ArticleFactory.create_batch(n, hashtags=["a", "b"])] for n in (2, 10))
    with CaptureQueriesContext(connection) as two:
        index.index_pages("blog.Article", few)
    with CaptureQueriesContext(connection) as ten:
        index.index_pages("blog.Article", many)

    assert len(two) == len(ten)


def test_a_hashtag_is_indexed_without_reading_the_bodies_of_its_articles():
    ArticleFactory(hashtags=["knots"])
    with CaptureQueriesContext(connection) as queries:
        index.index_pages("blog.Hashtag", [Hashtag.objects.get().pk])

    assert not any("plain_text" in query["sql"] for query in queries)


def test_an_index_row_holds_no_markup_and_no_null():
    article = ArticleFactory(title="Knots & <b>bends</b>", body="<p>One</p><p>two &amp; three</p>")
    index.index_pages("blog.Article", [article.pk])
    row = SearchDocument.objects.get()

    assert row.title == "Knots & <b>bends</b>"
    assert "<p>" not in row.body
    assert row.visible_from == LONG_AGO


def test_lists_and_paragraphs_are_shown_on_one_line():
    assert index.one_line("One thing.\nTwo\n\nThree\n four:\tfive ") == "One thing. Two · Three · four: five"


def test_an_endless_article_is_indexed():
    article = ArticleFactory(body="<p>knots " + "endless words of sailing " * 20_000 + "</p>")
    index.index_pages("blog.Article", [article.pk])

    assert article.get_absolute_url() in found("endless knots")


# --- Rebuilding -----------------------------------------------------------------------


def test_rebuilding_makes_everything_anew_and_removes_what_is_stale():
    article, draft, role = (
        ArticleFactory(title="Splicing"),
        DraftFactory(title="Splicing soon"),
        RoleFactory(),
    )
    for kind, ref in [("article", draft.pk), ("article", 987654), ("gone-kind", 1)]:
        SearchDocument.objects.create(
            kind=kind,
            ref=ref,
            url="/",
            names="|x|",
            title="Splicing",
            title_words="splic",
            visible_from=LONG_AGO,
        )
    list(rebuild())

    assert found("splicing") == {article.get_absolute_url()}
    assert role.get_absolute_url() in found(role.name)
    assert not SearchDocument.objects.filter(kind="gone-kind").exists()


def test_rebuilding_twice_changes_nothing():
    ArticleFactory(title="Splicing", hashtags=["knots"])
    list(rebuild())
    before = set(SearchDocument.objects.values_list("kind", "ref", "title", "visible_from"))
    list(rebuild())

    assert set(SearchDocument.objects.values_list("kind", "ref", "title", "visible_from")) == before


def test_the_command_shows_how_far_it_is_and_what_it_did(capsys):
    ArticleFactory.create_batch(3, category=CategoryFactory())
    call_command("rebuild_search", batch=2)

    lines = capsys.readouterr().out.splitlines()
    assert "Articles: 2/3" in lines
    assert "Articles: 3/3" in lines
    assert lines[-1] == "The index now has 4 entries; it had 0."


def test_the_command_on_an_empty_site_says_so(capsys):
    call_command("rebuild_search")

    assert capsys.readouterr().out == "The index now has 0 entries; it had 0.\n"
