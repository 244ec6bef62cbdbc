"""Submitting, returning, approving, assigning, commenting: who may, on which version, what is logged."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from blog import publishing, snapshots, workflow
from blog.models import Act, Article, DraftComment
from blog.saving import Conflict
from blog.workflow import NotNow
from tests.factories import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def writer(person):
    return person("writer")


@pytest.fixture
def editor(person):
    return person("editor")


@pytest.fixture
def publisher(person):
    return person("publisher")


@pytest.fixture
def draft(writer):
    return DraftFactory(created_by=writer)


@pytest.fixture
def in_review(draft, writer):
    workflow.submit(draft, by=writer, now=NOW)
    return draft


def stored(article):
    return Article.objects.get(pk=article.pk)


def written(article, by, title="Changed"):
    """As the form does it: what was saved last is opened, changed and saved."""
    article = stored(article)
    snapshots.open_working_copy(article)
    article.title = title
    publishing.save(article, by=by, now=NOW)
    return article


def log(article):
    return [(act.verb, act.by_name) for act in Act.objects.filter(article=article).order_by("pk")]


def test_a_writer_submits_with_a_note_and_the_log_says_so(draft, writer):
    workflow.submit(draft, by=writer, note="Prices are new.", now=NOW)

    assert stored(draft).submitted_at == NOW
    act = Act.objects.get()
    assert (act.verb, act.by, act.note, act.at) == ("submitted", writer, "Prices are new.", NOW)
    assert act.changes == {"review": ["", "submitted"]}
    assert stored(draft).standing_at(NOW) == "review"


def test_submitting_twice_is_submitting_once(draft, writer):
    assert workflow.submit(draft, by=writer, now=NOW)

    assert not workflow.submit(draft, by=writer, now=NOW + DAY)
    assert stored(draft).submitted_at == NOW
    assert len(log(draft)) == 1


def test_whoever_submits_what_somebody_has_changed_since_is_told(draft, writer, editor):
    seen = stored(draft)
    written(draft, editor)

    with pytest.raises(Conflict) as told:
        workflow.submit(seen, by=writer, now=NOW)

    assert told.value.mine == snapshots.of(draft)
    assert stored(draft).submitted_at is None
    assert [verb for verb, _ in log(draft)] == ["saved"]


@pytest.mark.parametrize("act", [workflow.approve, workflow.return_to_writer])
def test_an_editor_judges_only_what_is_in_front_of_them(in_review, writer, editor, act):
    seen = stored(in_review)
    written(in_review, writer)

    with pytest.raises(Conflict):
        act(seen, by=editor, note="Fine?", now=NOW)

    assert stored(in_review).approved_version is None
    assert stored(in_review).submitted_at == NOW


def test_approval_is_of_one_version_and_a_later_save_ends_it(in_review, writer, editor):
    workflow.approve(in_review, by=editor, now=NOW)
    assert stored(in_review).is_approved
    assert list(Article.objects.approved()) == [in_review]

    written(in_review, writer)

    assert not stored(in_review).is_approved
    assert list(Article.objects.in_review()) == [in_review]
    assert list(Article.objects.approved()) == []


def test_a_save_that_changes_nothing_leaves_the_approval(in_review, writer, editor):
    workflow.approve(in_review, by=editor, now=NOW)

    publishing.save(stored(in_review), by=writer, now=NOW)

    assert stored(in_review).is_approved


def test_approving_twice_is_approving_once(in_review, editor, publisher):
    assert workflow.approve(in_review, by=editor, now=NOW)

    assert not workflow.approve(stored(in_review), by=publisher, now=NOW)
    assert stored(in_review).approved_by == editor
    assert [verb for verb, _ in log(in_review)] == ["submitted", "approved"]


def test_nobody_approves_what_they_began(editor, publisher):
    for person in (editor, publisher):
        own = DraftFactory(created_by=person)
        workflow.submit(own, by=person, now=NOW)

        with pytest.raises(PermissionDenied):
            workflow.approve(own, by=person, now=NOW)


def test_what_was_never_submitted_is_not_approved(draft, editor):
    with pytest.raises(NotNow):
        workflow.approve(draft, by=editor, now=NOW)

    assert log(draft) == []


def test_returning_takes_a_note_and_puts_it_on_the_writers_desk(in_review, writer, editor):
    with pytest.raises(NotNow):
        workflow.return_to_writer(in_review, by=editor, note="  ", now=NOW)

    workflow.return_to_writer(in_review, by=editor, note="Sources, please.", now=NOW)

    assert list(Article.objects.returned_to(writer)) == [in_review]
    assert list(Article.objects.in_review()) == []
    assert Act.objects.first().note == "Sources, please."


def test_submitting_again_clears_the_writers_desk(in_review, writer, editor):
    workflow.return_to_writer(in_review, by=editor, note="More.", now=NOW)

    workflow.submit(written(in_review, writer), by=writer, now=NOW)

    assert list(Article.objects.returned_to(writer)) == []
    assert Act.objects.filter(verb="submitted").first().changes == {"review": ["returned", "submitted"]}


def test_a_writer_takes_back_what_was_submitted(in_review, writer):
    assert workflow.take_back(in_review, by=writer, now=NOW)

    assert not workflow.take_back(stored(in_review), by=writer, now=NOW)
    assert stored(in_review).submitted_at is None
    assert list(Article.objects.returned_to(writer)) == []


def test_of_an_approval_and_a_return_at_once_the_first_counts(in_review, editor, publisher):
    one, other = stored(in_review), stored(in_review)
    workflow.return_to_writer(one, by=editor, note="No.", now=NOW)

    with pytest.raises(NotNow):
        workflow.approve(other, by=publisher, now=NOW)

    assert not stored(in_review).is_approved


def test_assigning_gives_it_to_somebody_who_may_then_go_on_with_it(draft, editor, person):
    colleague = person("writer")
    assert not workflow.may_edit(colleague, draft)

    workflow.assign(draft, to=colleague, by=editor, now=NOW)

    assert workflow.may_edit(colleague, stored(draft))
    assert list(Article.objects.work_of(colleague)) == [draft]
    assert Act.objects.get().changes == {"assigned to": ["", str(colleague)]}
    assert not workflow.assign(draft, to=colleague, by=editor, now=NOW)


def test_nothing_is_assigned_to_those_who_cannot_open_it(draft, editor, person):
    gone = person("editor")
    gone.is_active = False
    gone.save()

    with pytest.raises(NotNow):
        workflow.assign(draft, to=gone, by=editor, now=NOW)

    assert stored(draft).assigned_to is None


def test_assigning_to_nobody_takes_it_from_everybody(draft, editor):
    workflow.assign(draft, to=editor, by=editor, now=NOW)

    workflow.assign(draft, to=None, by=editor, now=NOW)

    assert stored(draft).assigned_to is None


ACTS = {
    "submit": lambda article, by: workflow.submit(article, by=by, now=NOW),
    "take back": lambda article, by: workflow.take_back(article, by=by, now=NOW),
    "return": lambda article, by: workflow.return_to_writer(article, by=by, note="No.", now=NOW),
    "approve": lambda article, by: workflow.approve(article, by=by, now=NOW),
    "assign": lambda article, by: workflow.assign(article, to=by, by=by, now=NOW),
    "comment": lambda article, by: workflow.comment(article, by=by, text="So?", now=NOW),
}
OF_EDITORS = {"return", "approve", "assign"}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("group", "whose"), [("writer", "own"), ("writer", "other's"), ("editor", "other's")]
)
def test_who_may_do_what(in_review, writer, editor, person, act, group, whose):
    by = {"own": writer, "other's": person(group)}[whose]
    allowed = group == "editor" or (whose == "own" and act not in OF_EDITORS)
    before = Act.objects.count()

    if allowed:
        ACTS[act](in_review, by)
    else:
        with pytest.raises(PermissionDenied):
            ACTS[act](in_review, by)
        assert Act.objects.count() == before


def test_what_a_form_offers_is_what_is_allowed(in_review, writer, editor, person):
    assert workflow.open_to(writer, in_review) == {"take_back", "comment"}
    assert workflow.open_to(editor, in_review) == {"return", "approve", "assign", "comment"}
    assert workflow.open_to(person("writer"), in_review) == set()


def test_a_draft_over_a_live_article_is_reviewed_while_readers_see_the_live_one(writer, editor):
    live = ArticleFactory(title="Live", created_by=writer)
    with pytest.raises(NotNow):
        workflow.submit(live, by=writer, now=NOW)

    over = written(live, writer)
    workflow.submit(over, by=writer, now=NOW)
    workflow.approve(stored(live), by=editor, now=NOW)

    assert stored(live).standing_at(NOW) == "live-draft"
    assert list(Article.objects.approved()) == [live]
    assert stored(live).title == "Live"


@pytest.mark.parametrize(
    "verb", [publishing.publish, publishing.unpublish, publishing.archive, publishing.move_to_bin]
)
def test_whatever_a_publisher_decides_ends_the_review(in_review, editor, verb):
    workflow.assign(in_review, to=editor, by=editor, now=NOW)
    workflow.approve(stored(in_review), by=editor, now=NOW)

    verb(stored(in_review), by=None, now=NOW)

    after = stored(in_review)
    assert [getattr(after, name) for name in Article.REVIEW_FIELDS] == [None] * 5
    assert not Article.objects.in_review().exists()


def test_what_colleagues_did_meanwhile_outlives_a_save(draft, writer):
    opened = stored(draft)
    workflow.submit(draft, by=writer, now=NOW)

    opened.title = "Changed"
    publishing.save(opened, by=writer, now=NOW)

    assert stored(draft).submitted_at == NOW


def test_a_comment_names_its_words_version_and_writer_even_after_the_account_is_gone(draft, writer, editor):
    article = written(draft, writer)
    made = workflow.comment(article, by=editor, text=" Which year? ", quote="this year", now=NOW)
    name = editor.get_username()

    editor.delete()

    made = DraftComment.objects.get(pk=made.pk)
    assert (made.text, made.quote, made.version, made.by_name) == (
        "Which year?",
        "this year",
        article.version,
        name,
    )
    assert Act.objects.filter(verb="commented").get().note == "Which year?"


def test_an_answer_opens_its_thread_again(draft, writer, editor):
    thread = workflow.comment(draft, by=editor, text="Which year?", now=NOW)
    assert workflow.resolve(thread, by=writer, now=NOW)
    assert not workflow.resolve(thread, by=writer, now=NOW)

    answer = workflow.comment(draft, by=editor, text="No, really.", answer_to=thread, now=NOW)
    workflow.comment(draft, by=writer, text="2026.", answer_to=answer, now=NOW)

    (found,) = draft.comments.threads()
    assert found.is_open
    assert [one.text for one in found.answers.all()] == ["No, really.", "2026."]


def test_a_thread_is_resolved_and_opened_again_by_those_who_may_edit(draft, editor, person):
    thread = workflow.comment(draft, by=editor, text="Which year?", now=NOW)

    with pytest.raises(PermissionDenied):
        workflow.resolve(thread, by=person("writer"), now=NOW)
    workflow.resolve(thread, by=editor, now=NOW)
    assert workflow.reopen(DraftComment.objects.get(), by=editor, now=NOW)

    assert [verb for verb, _ in log(draft)] == ["commented", "resolved", "reopened"]
    assert DraftComment.objects.get().resolved_by_name == ""


def test_open_threads_come_before_resolved_ones(draft, editor):
    first = workflow.comment(draft, by=editor, text="First", now=NOW)
    workflow.comment(draft, by=editor, text="Second", now=NOW + DAY)
    workflow.resolve(first, by=editor, now=NOW)

    assert [one.text for one in draft.comments.threads()] == ["Second", "First"]


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_a_comment_says_something_and_not_too_much(draft, editor, text):
    with pytest.raises(NotNow):
        workflow.comment(draft, by=editor, text=text, now=NOW)

    assert log(draft) == []


def test_the_database_keeps_no_empty_comment_and_no_resolved_answer(draft, editor):
    thread = workflow.comment(draft, by=editor, text="First", now=NOW)
    for fields in ({"text": ""}, {"answer_to": thread, "resolved_at": NOW, "text": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DraftComment.objects.create(article=draft, version=1, made_at=NOW, **fields)


def test_this_week_has_new_articles_and_changes_of_live_ones():
    changed, late = ArticleFactory(title="Changed"), ArticleFactory(title="Late")
    ArticleFactory(title="New", published_at=NOW + DAY)
    ArticleFactory(title="Far", published_at=NOW + 8 * DAY)
    for article, at in ((changed, NOW + 2 * DAY), (late, NOW + 9 * DAY)):
        article.summary = "Other."
        publishing.schedule(article, by=None, at=at, now=NOW)

    found = Article.objects.going_out(NOW)

    assert {article.title for article in found} == {"Changed", "New"}
