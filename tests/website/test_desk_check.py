"""The desk check at work: on the form, in store and by command."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from blog import linting, publishing
from blog.models import Article, ArticleFinding, Author
from tests.blog.conftest import form_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    DraftFactory,
    ExamVersionFactory,
    UserFactory,
)
from website import desk_check
from website.desk_check import findings_of, recheck, stored, story_of_form

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)
BOX = (
    "<p>Text.</p><table><tr><td>Author</td><td>{}</td></tr><tr><td>Category</td><td>{}</td></tr>"
    "<tr><td>HashTags</td><td>#SQL #Java #Python</td></tr></table>"
)


def address():
    return reverse("admin:blog_article_check")


def by_group(client, group):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return client


def fix_of(body, rule, **fields):
    story = story_of_form(QueryDict(urlencode(form_of(body=body, **fields), doseq=True)))
    return next(one.key for one in findings_of([story], now=NOW)[0] if one.rule == rule)


def ask_for_fix(client, body, rule):
    sent = {**form_of(body=body), "_fix": fix_of(body, rule)}
    return by_group(client, "writer").post(address(), sent).json()


# --- On the form --------------------------------------------------------------


def test_a_form_is_read_with_its_section_authors_and_hashtags():
    article = ArticleFactory(authors=[AuthorFactory(name="Ada"), AuthorFactory(name="Ben")])
    sent = form_of(article, hashtags="#SQL #Java", byline=[article.bylines.first().author_id])

    story = story_of_form(QueryDict(urlencode(sent, doseq=True)))

    assert (story.title, story.body) == (article.title, article.body)
    assert (story.category, story.authors, story.hashtags) == (
        article.category.name,
        ("Ada",),
        ("SQL", "Java"),
    )


@pytest.mark.parametrize("odd", ["\x00", "-1", "9" * 40, "²", "<p>", ""])
def test_odd_keys_on_a_form_count_as_nothing(odd):
    story = story_of_form(QueryDict(urlencode(form_of(category=odd, byline=[odd]), doseq=True)))

    assert (story.category, story.authors) == ("", ())


@pytest.mark.parametrize("group", ["writer", "editor", "publisher"])
def test_whoever_writes_may_ask_and_nothing_is_written(client, group):
    desk = by_group(client, group)

    answer = desk.post(address(), form_of(body="<h2>Empty</h2><p>[web:1]</p><h2>End</h2>")).json()

    assert "2 must be mended" in answer["said"]
    assert "Nothing stands below “End”" in answer["html"]
    assert (Article.objects.count(), ArticleFinding.objects.count()) == (0, 0)


def test_what_a_writer_typed_is_shown_as_text(client):
    answer = (
        by_group(client, "writer").post(address(), form_of(body="<h2>&lt;script&gt;alert(1)</h2>")).json()
    )

    assert "<script>" not in answer["html"]
    assert "&lt;script&gt;" in answer["html"]


def test_a_fix_answers_with_the_fields_it_changes(client):
    body = "<p>Costs [web:1] much.</p>"

    answer = (
        by_group(client, "writer")
        .post(address(), {**form_of(body=body), "_fix": fix_of(body, "ai-marks")})
        .json()
    )

    assert answer["fields"] == {"body": "<p>Costs much.</p>"}


def test_a_box_is_lifted_into_rows_that_exist(client):
    author, category = AuthorFactory(name="Ada Example"), CategoryFactory(name="Databases")
    body = BOX.format("ada example", "databases")

    answer = (
        by_group(client, "writer")
        .post(address(), {**form_of(body=body), "_fix": fix_of(body, "details-box")})
        .json()
    )

    assert answer["fields"] == {
        "body": "<p>Text.</p>",
        "hashtags": ["SQL", "Java", "Python"],
        "category": [{"value": category.pk, "label": "Databases"}],
        "authors": [{"value": author.pk, "label": "Ada Example"}],
    }


def test_a_name_that_nobody_has_is_told_and_nobody_is_made(client):
    body = BOX.format("Nobody Known", "Nowhere")

    answer = (
        by_group(client, "writer")
        .post(address(), {**form_of(body=body), "_fix": fix_of(body, "details-box")})
        .json()
    )

    assert answer["told"] == [
        "There is no category called “Nowhere”. Choose one by hand.",
        "There is no author called “Nobody Known”. Choose one by hand.",
    ]
    assert Author.objects.count() == 0


def test_a_fix_for_a_text_that_has_changed_mends_nothing(client):
    answer = by_group(client, "writer").post(address(), {**form_of(), "_fix": "ai-marks-0"})

    assert (answer.status_code, "changed meanwhile" in answer.json()["error"]) == (409, True)


@pytest.mark.parametrize(
    "body", ["\x00", "<ul><li>" * 900, "x" * 1_000_001, "\ud800".encode("utf-8", "replace")]
)
def test_odd_bodies_are_answered(client, body):
    assert by_group(client, "writer").post(address(), form_of(body=body)).status_code == 200


def test_the_form_of_an_article_shows_what_is_found_without_scripts(client):
    article = ArticleFactory(body="<h2>Empty</h2>")

    page = by_group(client, "publisher").get(reverse("admin:blog_article_change", args=[article.pk]))

    assert "Nothing stands below “Empty”" in page.content.decode()


def test_a_form_that_comes_back_with_faults_is_checked_as_it_was_typed(client):
    page = by_group(client, "writer").post(reverse("admin:blog_article_add"), form_of(body="<h2>Typed</h2>"))

    assert "Nothing stands below “Typed”" in page.content.decode()


def test_a_new_form_says_nothing_yet(client):
    page = by_group(client, "writer").get(reverse("admin:blog_article_add")).content.decode()

    assert "Checked as you write." in page


def test_one_who_may_only_read_sees_no_check(client):
    article = ArticleFactory(body="<h2>Empty</h2>")

    page = by_group(client, "writer").get(reverse("admin:blog_article_change", args=[article.pk]))

    assert "data-desk-check" not in page.content.decode()


# --- In store -----------------------------------------------------------------


def test_links_and_facts_are_asked_of_the_site(client):
    ExamVersionFactory(exam_code="AA-100", status="retired")
    body = '<p>Take AA-100, see <a href="/blog/none/">the guide</a>.</p>'

    (findings,) = findings_of([linting.Story(body=body)], now=NOW)

    assert {"exam-retired", "dead-link"} <= {finding.rule for finding in findings}


def test_ten_articles_are_checked_with_the_questions_of_two():
    def queries(count):
        for _ in range(count):
            link = f'<p><a href="{ArticleFactory().get_absolute_url()}">x</a></p>'
            DraftFactory(body=link, authors=[AuthorFactory()], hashtags=["One", "Two"])
        stories = [linting.Story.of_article(a) for a in stored(Article.objects.drafts())]
        with CaptureQueriesContext(connection) as captured:
            findings_of(stories, now=NOW)
        with CaptureQueriesContext(connection) as reading:
            [linting.Story.of_article(a) for a in stored(Article.objects.drafts())]
        return len(captured), len(reading)

    assert queries(2) == queries(8)


def test_what_is_found_in_each_is_kept():
    bad, good = ArticleFactory(body="<h2>Empty</h2>"), ArticleFactory()

    checked = [article for article, _ in recheck(stored(Article.objects.order_by("pk")), now=NOW)]

    assert checked == [bad, good]
    assert list(linting.with_findings(Article.objects.all(), "block")) == [bad]
    assert not linting.unchecked(Article.objects.all()).exists()


# --- By command ---------------------------------------------------------------


def run(*arguments):
    out = StringIO()
    call_command("check_articles", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_of_each_article_and_sums_up():
    ArticleFactory(slug="one", authors=[])

    said = run()

    assert "1/1 one: 1 to mend" in said
    assert "warn no-author: Nobody is named as author." in said
    assert "No author" in said


def test_the_command_fails_where_a_live_article_must_be_mended():
    ArticleFactory(slug="bad", body="<h2>Empty</h2>")

    with pytest.raises(CommandError, match="bad"):
        run()


def test_a_draft_may_be_unfinished():
    DraftFactory(body="<h2>Empty</h2>")

    assert "block empty-section" in run()


def test_only_what_is_live_or_outdated_is_checked_where_asked():
    ArticleFactory()
    DraftFactory()

    assert "1 articles checked" in run("--live-only")
    assert "1 articles checked" in run("--outdated")
    assert "0 articles checked" in run("--outdated")


# --- On the desk --------------------------------------------------------------


def test_the_list_is_narrowed_by_what_was_found(client):
    DraftFactory(title="Bad one", body="<h2>Empty</h2>")
    list(recheck(stored(Article.objects.all()), now=NOW))
    DraftFactory(title="New one")
    shown = {}

    for value in ("block", "warn", "unchecked"):
        page = by_group(client, "publisher").get(
            reverse("admin:blog_article_changelist"), {"findings": value}
        )
        shown[value] = [article.title for article in page.context["cl"].queryset]

    assert shown == {"block": ["Bad one"], "warn": ["Bad one"], "unchecked": ["New one"]}


def test_the_desk_names_live_articles_to_mend_and_counts_the_unchecked(client):
    ArticleFactory(title="Bad one", body="<h2>Empty</h2>")
    list(recheck(stored(Article.objects.all()), now=NOW))
    ArticleFactory()

    page = by_group(client, "publisher").get(reverse("admin:index"))

    piles = {
        pile.title: [(line.label, line.note) for line in pile.lines] for pile in page.context["attention"]
    }
    assert piles["Live, and must be mended"] == [
        ("Bad one", "Nothing stands below “Empty”. Write the section or remove its heading.")
    ]
    assert "Live, not yet checked: 1" in page.content.decode()


# --- On save ------------------------------------------------------------------


def test_a_save_is_checked_once_it_is_committed(django_capture_on_commit_callbacks):
    article = ArticleFactory()
    article.body = "<h2>Nothing below</h2>"
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish(article, by=None, now=timezone.now())

    found = ArticleFinding.objects.filter(article=article)
    assert "empty-section" in set(found.values_list("rule", flat=True))


def test_a_check_that_breaks_is_logged_and_the_save_stands(
    django_capture_on_commit_callbacks, monkeypatch, caplog
):
    monkeypatch.setattr(desk_check, "recheck", lambda *args, **kwargs: 1 / 0)
    article = ArticleFactory()
    article.title = "Saved"
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish(article, by=None, now=timezone.now())

    assert Article.objects.get(pk=article.pk).title == "Saved"
    assert "division by zero" in caplog.text
