"""``manage.py import_article``: files become drafts, by the rules of the admin's page."""

import pytest
from django.core.management import CommandError, call_command

from blog import publishing
from blog.models import Article, Author
from tests.factories import LONG_AGO, CategoryFactory

from .handed_in import EMPTY, PLAIN, TITLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(tmp_path):
    def write(text=PLAIN, name="one.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(capsys, *args):
    """What it says, and what it complains of."""
    refusal = ""
    try:
        call_command("import_article", *args)
    except CommandError as error:
        refusal = str(error)
    out, err = capsys.readouterr()
    return out + err + refusal


def test_a_file_becomes_a_draft_and_the_outcome_is_told(capsys, handed_in):
    CategoryFactory(name="Data")

    said = run(capsys, handed_in(), "--add-authors")

    assert f"made: “{TITLE}”" in said
    assert "cleaned: citation mark" in said
    assert all(f"empty section: {name}" in said for name in EMPTY)
    assert "3 weeks ago; a publisher sets the date" in said
    article = Article.objects.get()
    assert (article.state, article.created_by, article.authors.get().name) == ("draft", None, "Robin Field")


def test_a_dry_run_says_the_same_and_does_nothing(capsys, handed_in):
    CategoryFactory(name="Data")

    said = run(capsys, handed_in(), "--dry-run")

    assert f"would have made: “{TITLE}”" in said
    assert "not among the authors: Robin Field" in said
    assert not Article.objects.exists()
    assert not Author.objects.exists()


def test_the_same_again_is_unchanged_and_a_changed_file_updates(capsys, handed_in):
    CategoryFactory(name="Data")
    run(capsys, handed_in())

    assert "unchanged" in run(capsys, handed_in())
    assert "updated" in run(capsys, handed_in(PLAIN.replace("doubt", "doubts")))
    assert "unchanged" in run(capsys, handed_in(PLAIN.replace("doubt", "doubts"), "two.txt"))
    assert Article.objects.count() == 1


def test_what_was_changed_by_hand_is_replaced_only_when_asked_to(capsys, handed_in):
    CategoryFactory(name="Data")
    run(capsys, handed_in())
    article = Article.objects.get()
    article.body = "<p>Better.</p>"
    publishing.save(article, by=None, now=LONG_AGO)
    changed = handed_in(PLAIN.replace("doubt", "doubts"))

    assert "changed by hand" in run(capsys, changed)
    assert Article.objects.get().body == "<p>Better.</p>"
    assert "updated" in run(capsys, changed, "--replace")


def test_what_readers_see_is_left_alone(capsys, handed_in):
    CategoryFactory(name="Data")
    run(capsys, handed_in())
    publishing.publish(Article.objects.get(), by=None, now=LONG_AGO)

    said = run(capsys, handed_in(PLAIN.replace("doubt", "doubts")), "--replace")

    assert "readers can see" in said
    assert "doubts" not in Article.objects.get().body


def test_a_category_can_be_named(capsys, handed_in):
    CategoryFactory(slug="other")

    assert "there is no category “Data”" in run(capsys, handed_in())
    assert "there is no category “none”" in run(capsys, handed_in(), "--category", "none")
    assert "made" in run(capsys, handed_in(), "--category", "other")


def test_one_bad_file_does_not_stop_the_others(capsys, handed_in, tmp_path):
    CategoryFactory(name="Data")
    (tmp_path / "empty.txt").write_text("")
    long_tags = handed_in(f"A title\nText.\nCategory: Data\nTags: {'a' * 80}", "tags.txt")
    nameless = handed_in("Only a sentence.", "nameless.txt")

    said = run(
        capsys, str(tmp_path / "none.txt"), str(tmp_path / "empty.txt"), long_tags, nameless, handed_in()
    )

    assert "No such file" in said
    assert "no text in it" in said
    assert "too long for a hashtag" in said
    assert "no title" in said
    assert "4 of 5 files became nothing" in said
    assert Article.objects.get().title == TITLE
