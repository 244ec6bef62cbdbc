"""Loading a demo hurts nobody: not what editors wrote, not a catalogue that lacks a fact."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blog.models import Article, Author, Category, Hashtag, HashtagAlias
from blog.transfer import DemoFault, lead_over, load_demo, read_manuscript
from tests.factories import RoleFactory

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

CATEGORY = '[[category]]\nslug = "data"\nname = "Data"\ndescription = "Numbers."\n'
AUTHOR = """[[author]]
slug = "data-desk"
name = "Data desk"
is_organisation = true
short_bio = "SQL."
bio = "About SQL."
"""
HASHTAG = '[[hashtag]]\nname = "SQL"\naliases = ["Structured Query Language"]\ndescription = "Queries."\n'
ARTICLE = """+++
title = "A small story"
summary = "Short."
category = "data"
authors = ["data-desk"]
hashtags = ["SQL"]
roles = ["data-analyst"]
published_at = 2026-05-01T08:00:00Z
updated_at = 2026-05-02T08:00:00Z
+++
<p>Once upon a time.</p>
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "categories.toml").write_text(CATEGORY)
    (tmp_path / "authors.toml").write_text(AUTHOR)
    (tmp_path / "hashtags.toml").write_text(HASHTAG)
    (tmp_path / "series.toml").write_text("series = []")
    (tmp_path / "articles" / "a-small-story.html").write_text(ARTICLE)
    return tmp_path


@pytest.fixture
def analyst(db):
    return RoleFactory(slug="data-analyst")


def test_what_an_editor_changed_survives_a_second_load(folder, analyst):
    load_demo(now=NOW, folder=folder)
    article = Article.objects.get()
    article.title, article.body = "A better story", "<p>Twice upon a time.</p>"
    article.save()
    article.hashtags.set(["History"])

    load_demo(now=NOW, folder=folder)

    article = Article.objects.get()
    assert (article.title, article.body) == ("A better story", "<p>Twice upon a time.</p>")
    assert [tag.name for tag in article.hashtags.all()] == ["History"]


def test_a_desk_is_loaded_as_one(folder, analyst):
    load_demo(now=NOW, folder=folder)

    assert Author.objects.get().is_organisation


def test_descriptions_and_aliases_that_an_editor_removed_stay_away(folder, analyst):
    load_demo(now=NOW, folder=folder)
    Hashtag.objects.update(description="")
    HashtagAlias.objects.all().delete()
    Category.objects.update(description="Ours.")
    Author.objects.update(name="Numbers desk")

    load_demo(now=NOW, folder=folder)

    assert Hashtag.objects.get().description == ""
    assert not HashtagAlias.objects.exists()
    assert Category.objects.get().description == "Ours."
    assert Author.objects.get().name == "Numbers desk"


def test_an_article_an_editor_took_back_is_not_published_again(folder, analyst):
    load_demo(now=NOW, folder=folder)
    Article.objects.update(state=Article.State.DRAFT)

    load_demo(now=NOW, folder=folder)

    assert not Article.objects.public(NOW).exists()


def test_a_subject_that_is_not_in_the_catalogue_is_named_with_its_file(folder, db):
    with pytest.raises(DemoFault, match=r"a-small-story\.html: there is no role “data-analyst”"):
        load_demo(now=NOW, folder=folder)


def test_a_fault_in_one_article_leaves_nothing_of_the_others(folder, analyst):
    broken = ARTICLE.replace('"data-desk"', '"sports-desk"')
    (folder / "articles" / "z-broken.html").write_text(broken)

    with pytest.raises(DemoFault, match="there is no author “sports-desk”"):
        load_demo(now=NOW, folder=folder)

    assert not Article.objects.exists()
    assert not Category.objects.exists()


@pytest.mark.parametrize("text", ["", "<p>No details.</p>", "+++\ntitle = 'x'\n", "x+++\n+++\n"])
def test_a_file_without_details_is_named(folder, text):
    path = folder / "articles" / "bare.html"
    path.write_text(text)

    with pytest.raises(DemoFault, match=r"bare\.html: it does not begin with details"):
        read_manuscript(path)


def test_details_that_cannot_be_read_are_named(folder):
    path = folder / "articles" / "odd.html"
    path.write_text("+++\ntitle = \n+++\n<p>Text.</p>")

    with pytest.raises(DemoFault, match=r"odd\.html: Invalid value"):
        read_manuscript(path)


def test_progress_names_each_article(folder, analyst):
    lines = []

    load_demo(now=NOW, folder=folder, progress=lines.append)

    assert lines == ["Article 1 of 1: A small story"]


def test_on_a_slow_clock_the_demo_is_moved_back_by_whole_days(folder, analyst):
    early = datetime(2026, 4, 1, 12, tzinfo=UTC)

    load_demo(now=early, folder=folder)

    article = Article.objects.get()
    assert article.published_at == datetime(2026, 4, 1, 8, tzinfo=UTC)
    assert article.updated_at == early
    assert article in Article.objects.public(early)


def test_on_a_clock_that_is_late_enough_dates_stay(folder):
    assert lead_over(NOW, [read_manuscript(folder / "articles" / "a-small-story.html")]) == timedelta()
