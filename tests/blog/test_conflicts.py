"""Two editors with the same article open: the second chooses, and neither text is lost."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from blog import publishing, snapshots
from blog.models import Article
from tests.blog.conftest import form_of
from tests.blog.test_admin_permissions import newest
from tests.factories import LONG_AGO, ArticleFactory, CategoryFactory, DraftFactory, RoleFactory

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def change_page(article):
    return reverse("admin:blog_article_change", args=[article.pk])


def stored(article):
    return Article.objects.get(pk=article.pk)


def saved_by_someone_else(article, verb=publishing.save, **changes):
    other = stored(article)
    snapshots.open_working_copy(other)
    for name, value in changes.items():
        setattr(other, name, value)
    verb(other, by=None, now=LONG_AGO)


def choices_of(answer, **chosen):
    """What the browser sends from the page of the conflict."""
    page = answer.content.decode()
    sent = {unescape(name): unescape(value) for name, value in HIDDEN.findall(page)}
    return sent | {f"take_{name}": choice for name, choice in chosen.items()}


@pytest.fixture
def publisher(as_group):
    return as_group("publisher")


@pytest.fixture
def clash(publisher):
    """The article, and the page that the second of two gets."""
    article = DraftFactory(title="Base", body="<p>One.</p>\n<p>Two.</p>", summary="S")
    mine = form_of(article, title="Mine", body="<p>First.</p>\n<p>Two.</p>", note="For you")
    saved_by_someone_else(article, title="Theirs", body="<p>One.</p>\n<p>Second.</p>", seo_title="New")
    return article, publisher.post(change_page(article), mine)


def test_the_second_of_two_is_shown_both_texts_and_nothing_is_written(clash):
    article, answer = clash

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<ins>Theirs</ins>" in page
    assert "<ins>Mine</ins>" in page
    assert "Taken from theirs: Search title" in page
    assert stored(article).title == "Theirs"


def test_who_saved_in_another_tab_is_not_told_of_someone_else(publisher):
    article = DraftFactory(title="Base")
    mine = form_of(article, title="Mine")
    publisher.post(change_page(article), form_of(article, title="In the other tab"))

    page = publisher.post(change_page(article), mine).content.decode()

    assert "You saved this article in another tab" in page
    assert "<strong>You, in another tab,</strong> saved this article" in page
    assert "Theirs" not in page
    assert "Someone" not in page


@pytest.mark.parametrize(("choice", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_what_was_chosen_is_saved_together_with_what_nobody_contests(publisher, clash, choice, title):
    article, answer = clash

    done = publisher.post(change_page(article), choices_of(answer, title=choice, body="both"))

    saved = stored(article)
    assert done.status_code == 302
    assert (saved.title, saved.seo_title, saved.summary) == (title, "New", "S")
    assert saved.body == "<p>First.</p>\n<p>Second.</p>"
    assert {revision.content["title"] for revision in article.revisions.all()} == {"Base", "Theirs", title}
    assert article.revisions.first().note == "For you"


def test_who_saves_while_i_choose_makes_me_choose_again(publisher, clash):
    article, answer = clash
    saved_by_someone_else(article, title="Third")

    again = publisher.post(change_page(article), choices_of(answer, title="mine"))

    assert again.status_code == 409
    assert "<ins>Third</ins>" in again.content.decode()
    assert stored(article).title == "Third"


def test_the_button_that_was_pressed_is_pressed_again(publisher):
    article = DraftFactory(title="Base")
    mine = form_of(article, title="Mine", _publish="1")
    saved_by_someone_else(article, title="Theirs")

    answer = publisher.post(change_page(article), mine)
    publisher.post(change_page(article), choices_of(answer, title="mine"))

    assert stored(article).is_public
    assert stored(article).title == "Mine"


def test_hashtags_subjects_and_bylines_of_both_go_together(publisher):
    article = DraftFactory(hashtags=["Go", "Java"])
    role = RoleFactory()
    mine = form_of(article, hashtags="Go, Java, Rust", roles=[role.pk])
    saved_by_someone_else(article, opened=snapshots.Related(hashtags=("Go", "C#")))

    answer = publisher.post(change_page(article), mine)
    publisher.post(change_page(article), choices_of(answer, hashtags="both"))

    assert [tag.name for tag in stored(article).hashtags.all()] == ["Go", "C#", "Rust"] or {
        tag.name for tag in stored(article).hashtags.all()
    } == {"Go", "C#", "Rust"}
    assert list(article.roles.all()) == [role]


@pytest.mark.parametrize(
    "verb", [publishing.publish, publishing.unpublish, publishing.archive, publishing.move_to_bin]
)
def test_whatever_was_done_to_the_article_meanwhile_my_text_is_asked_about_and_kept(publisher, verb):
    article = ArticleFactory(title="Base")
    mine = form_of(article, title="Mine", published_at="2026-01-05T09:00")
    saved_by_someone_else(article, verb)

    answer = publisher.post(change_page(article), mine)
    assert answer.status_code == 409
    publisher.post(change_page(article), choices_of(answer))

    assert newest(article)["title"] == "Mine"
    assert stored(article).state == {"move_to_bin": "bin", "unpublish": "draft", "archive": "archived"}.get(
        verb.__name__, "published"
    )


def test_a_form_that_does_not_say_what_it_went_on_from_overwrites_nothing(publisher):
    article = DraftFactory(title="Base")
    sent = form_of(article, title="Mine")
    del sent["base_version"]

    answer = publisher.post(change_page(article), sent)

    assert answer.status_code == 409
    assert stored(article).title == "Base"


def test_a_writer_cannot_smuggle_a_publishers_choice_through_the_page(as_group):
    writer = as_group("writer")
    article = DraftFactory(title="Base", created_by=writer.person)
    mine = form_of(article, title="Mine")
    saved_by_someone_else(article, title="Theirs")
    sent = choices_of(writer.post(change_page(article), mine), title="mine")
    forged = json.loads(sent["met"]) | {"is_featured": True, "published_at": "2020-01-01T00:00:00+00:00"}

    writer.post(change_page(article), sent | {"met": json.dumps(forged), "_publish": "1"})

    saved = stored(article)
    assert (saved.title, saved.is_featured, saved.published_at, saved.state) == ("Mine", False, None, "draft")


@pytest.mark.parametrize(
    "broken",
    [
        {"met": "{"},
        {"met": "[]"},
        {"met": "{}"},
        {"met_base": "x"},
        {"met_base": "9" * 30},
        {"base_version": ""},
    ],
)
def test_a_page_that_comes_back_broken_is_refused(publisher, clash, broken):
    article, answer = clash

    assert publisher.post(change_page(article), choices_of(answer) | broken).status_code == 400
    assert stored(article).title == "Theirs"


def test_values_of_the_wrong_kind_are_an_error_beside_the_field(publisher, clash):
    article, answer = clash
    sent = choices_of(answer)
    odd = json.loads(sent["met"]) | {"title": "", "hashtags": ["🚀"], "roles": ["1"]}

    again = publisher.post(change_page(article), sent | {"met": json.dumps(odd), "take_title": "mine"})

    assert again.status_code == 200
    assert "hashtags" in again.context["adminform"].form.errors


def test_the_category_may_have_gone_from_one_to_another_on_both_sides(publisher):
    article = DraftFactory()
    mine, theirs = CategoryFactory(), CategoryFactory()
    sent = form_of(article, category=mine.pk)
    saved_by_someone_else(article, category=theirs)

    page = publisher.post(change_page(article), sent).content.decode()

    assert f"<ins>{mine}</ins>" in page
    assert f"<ins>{theirs}</ins>" in page
