"""The review box of an article's form: its buttons save what was typed, then do what they say."""

import pytest
from django.urls import reverse

from blog import publishing, snapshots, workflow
from blog.models import Act, Article, DraftComment
from tests.blog.conftest import form_of
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory, UserFactory
from tests.website.test_desk import NOW

pytestmark = pytest.mark.django_db


def form(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def stored(article):
    return Article.objects.get(pk=article.pk)


def send(desk, article, **typed):
    """The form as it stands, with what was typed and the button that was pressed."""
    return desk.post(form(article), form_of(stored(article), **typed), follow=True)


@pytest.fixture
def writing(as_group):
    desk = as_group("writer")
    desk.article = DraftFactory(title="Before", created_by=desk.person)
    return desk


def waiting(person):
    writer = person("writer")
    article = DraftFactory(created_by=writer)
    workflow.submit(article, by=writer, note="Please look.", now=NOW)
    return article


def test_submitting_saves_what_was_typed_first(writing):
    shown = send(writing, writing.article, title="After", review_note="Please look.", _submit="1")

    after = stored(writing.article)
    assert (after.title, after.submitted_at is not None, after.version) == ("After", True, 1)
    assert Act.objects.get(verb="submitted").note == "Please look."
    assert shown.redirect_chain[-1][0].endswith(f"{form(after)}#review")
    assert "Submitted for review." in shown.text
    assert "In review" in shown.text


def test_a_new_article_is_begun_and_submitted_in_one_go(as_group):
    sent = form_of(category=CategoryFactory().pk, _submit="1", review_note="New.")

    as_group("writer").post(reverse("admin:blog_article_add"), sent)

    assert Article.objects.get().submitted_at is not None


def test_a_live_article_that_nobody_changed_is_not_submitted_and_nothing_is_said_of_saving(as_group):
    desk = as_group("writer")
    article = ArticleFactory(created_by=desk.person)

    shown = send(desk, article, _submit="1")

    assert [str(one) for one in shown.context["messages"]] == [
        "There is no draft here that somebody could read. Change something first."
    ]
    assert stored(article).submitted_at is None


def test_what_cannot_be_saved_is_not_submitted_and_the_note_stays(writing):
    shown = send(writing, writing.article, title="", review_note="Please look.", _submit="1")

    assert stored(writing.article).submitted_at is None
    assert "Please look." in shown.text
    assert "needs a title" in shown.text


def test_submitting_what_somebody_saved_meanwhile_shows_their_text_first(writing):
    sent = form_of(stored(writing.article), _submit="1", review_note="Please look.")
    theirs = stored(writing.article)
    theirs.title = "Theirs"
    publishing.save(theirs, by=UserFactory(), now=NOW)

    shown = writing.post(form(writing.article), sent)

    assert shown.status_code == 409
    assert 'name="_submit"' in shown.text
    assert 'value="Please look."' in shown.text
    assert stored(writing.article).submitted_at is None


def test_returning_without_a_note_keeps_everything_in_the_form(as_group, person):
    article, desk = waiting(person), as_group("editor")

    shown = send(desk, article, title="Typed", _return="1")

    assert "Say what should change" in shown.text
    assert 'value="Typed"' in shown.text
    assert stored(article).submitted_at is not None
    assert stored(article).title != "Typed"


def test_the_writer_reads_why_it_came_back(as_group, person):
    article = waiting(person)
    send(as_group("editor"), article, _return="1", review_note="Sources, <please>.")
    desk = as_group("writer")

    shown = desk.get(form(article)).text

    assert "Returned to the writer" in shown
    assert "Sources, &lt;please&gt;." in shown


def test_approving_what_one_changed_approves_the_changed_text(as_group, person):
    article, desk = waiting(person), as_group("editor")

    shown = send(desk, article, title="Mended", _approve="1")

    assert stored(article).is_approved
    assert stored(article).title == "Mended"
    assert f"<strong>Approved</strong> by {desk.person}" in shown.text


def test_approving_what_was_taken_back_saves_and_says_why_not(as_group, person):
    article, desk = waiting(person), as_group("editor")
    workflow.take_back(stored(article), by=article.created_by, now=NOW)

    shown = send(desk, article, title="Mended", _approve="1")

    assert "not in review any more" in shown.text
    assert stored(article).title == "Mended"
    assert not stored(article).is_approved


def test_assigning_from_the_form(as_group, person):
    article, desk, colleague = waiting(person), as_group("editor"), person("writer")

    shown = send(desk, article, assign_to=colleague.pk, _assign="1")

    assert stored(article).assigned_to == colleague
    assert f"Assigned to {colleague}." in shown.text


def test_only_those_who_can_open_an_article_are_offered_and_taken(as_group, person):
    article, desk, stranger = waiting(person), as_group("editor"), UserFactory(username="stranger")

    assert "stranger" not in desk.get(form(article)).text
    send(desk, article, assign_to=stranger.pk, _assign="1")

    assert stored(article).assigned_to is None


def test_a_comment_an_answer_and_their_end(as_group, person):
    article, desk = waiting(person), as_group("editor")
    send(desk, article, title="Typed", comment_text="Which year?", comment_quote="this year", _comment="1")
    thread = DraftComment.objects.get()

    send(desk, article, **{f"answer_{thread.pk}": "2026, I think.", "_answer": thread.pk})
    shown = send(desk, article, _resolve=thread.pk)

    assert stored(article).title == "Typed"
    assert [one.text for one in thread.answers.all()] == ["2026, I think."]
    assert f"Resolved by {desk.person}" in shown.text
    assert "Comments" in send(desk, article, _reopen=thread.pk).text
    assert DraftComment.objects.get(pk=thread.pk).is_open


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"_comment": "1"}, "Write the comment first"),
        ({"_comment": "1", "comment_text": "x" * 4001}, "at most 4000"),
        ({"_comment": "1", "comment_text": "a\0b"}, "Null characters"),
        ({"_answer": "7", "answer_7": ""}, "Your answer to a comment"),
        ({"_answer": "7", "answer_7": "a\0b"}, "Your answer to a comment"),
        ({"_answer": "7", "answer_7": "Yes."}, "not there any more"),
        ({"_resolve": "x" * 5000}, "not there any more"),
        ({"_resolve": "9" * 18}, "not there any more"),
        ({"_reopen": "-1"}, "not there any more"),
        ({"_submit": "1", "review_note": "x" * 2001}, "at most 2000"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, dict) else None,
)
def test_what_makes_no_sense_is_said_and_nothing_happens(writing, typed, said):
    shown = send(writing, writing.article, **typed)

    assert said in shown.text
    assert not DraftComment.objects.exists()
    assert stored(writing.article).submitted_at is None


def test_a_comment_on_another_article_cannot_be_touched_from_here(writing, person):
    other = waiting(person)
    thread = workflow.comment(other, by=person("editor"), text="Which year?", now=NOW)

    send(writing, writing.article, _resolve=thread.pk)

    assert DraftComment.objects.get().is_open


@pytest.mark.parametrize("button", ["_approve", "_return", "_assign"])
def test_a_forged_button_of_editors_is_refused_and_saves_nothing(writing, button):
    workflow.submit(writing.article, by=writing.person, now=NOW)

    answer = writing.post(
        form(writing.article),
        form_of(stored(writing.article), title="Forged", review_note="x", **{button: "1"}),
    )

    assert answer.status_code == 403
    assert stored(writing.article).title == "Before"
    assert not Act.objects.exclude(verb="submitted").exists()


def test_the_box_offers_each_what_they_may(as_group, person):
    article = waiting(person)
    offered = {}
    for group in ("writer", "editor", "publisher"):
        page = as_group(group).get(form(article)).text
        buttons = ("_submit", "_take_back", "_return", "_approve", "_assign", "_comment")
        offered[group] = {button for button in buttons if f'name="{button}"' in page}

    assert offered["writer"] == set()
    assert offered["editor"] == offered["publisher"] == {"_return", "_approve", "_assign", "_comment"}


def test_those_who_may_only_look_read_the_comments_too(as_group, person):
    article = waiting(person)
    workflow.comment(article, by=person("editor"), text="Which year?", now=NOW)

    page = as_group("writer").get(form(article)).text

    assert "Which year?" in page
    assert "Add answer" not in page


def test_a_draft_over_a_live_article_says_both(as_group):
    desk = as_group("writer")
    live = ArticleFactory(created_by=desk.person)
    snapshots.open_working_copy(live)

    shown = send(desk, live, title="Changed", _submit="1").text

    assert "Live + draft" in shown
    assert "Readers still see the live version" in shown


def test_ten_comments_cost_what_two_cost(as_group, person, count_queries):
    article, desk = waiting(person), as_group("editor")

    def say(number):
        for _ in range(number):
            thread = workflow.comment(article, by=desk.person, text="So?", now=NOW)
            workflow.comment(article, by=person("editor"), text="So.", answer_to=thread, now=NOW)

    say(2)
    two = count_queries(desk, form(article))
    say(8)

    assert count_queries(desk, form(article)) == two
