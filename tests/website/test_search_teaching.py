import pytest
from django.core.exceptions import ValidationError

from blog.models import HashtagAlias
from careers import journal
from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    CategoryFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
    UserFactory,
)
from tests.website.test_search_asked import count
from website.models import SearchCount, SearchLesson
from website.search import teaching
from website.search.taught import MOST
from website.search.teaching import By

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return By(UserFactory(is_superuser=True), LONG_AGO)


def test_a_page_is_put_first_once_and_few_are(by):
    pages = RoleFactory.create_batch(MOST + 1)
    for page in pages[:MOST]:
        teaching.promote("knots", page.get_absolute_url(), by=by)

    with pytest.raises(ValidationError, match="stands first already"):
        teaching.promote("KNOTS", pages[0].get_absolute_url(), by=by)
    with pytest.raises(ValidationError, match="Take one away"):
        teaching.promote("knots", pages[MOST].get_absolute_url(), by=by)
    assert [lesson.query for lesson in teaching.lessons_for("Knot")] == ["knots"] * MOST


def test_a_list_cannot_be_put_first(by):
    with pytest.raises(ValidationError, match="is a list"):
        teaching.promote("knots", "/careers/roles/", by=by)


@pytest.mark.parametrize("typed", ["", "???", "-knots", "knots -ropes", " ".join(["x" * 40] * 6)])
def test_only_plain_words_can_be_taught(by, typed):
    page = RoleFactory()

    with pytest.raises(ValidationError, match="plain words"):
        teaching.promote(typed, page.get_absolute_url(), by=by)
    with pytest.raises(ValidationError, match="plain words"):
        teaching.lead(typed, "/blog/", by=by)
    assert list(teaching.lessons_for(typed)) == []


def test_a_search_leads_to_one_address_the_newest(by):
    teaching.lead("jobs", "/blog/", by=by)
    teaching.lead("Jobs", "/careers/", by=by)

    assert teaching.address_for("JOBS") == "/careers/"
    assert SearchLesson.objects.count() == 1


def test_whoever_taught_the_search_saw_to_what_was_in_vain(by):
    for text in ("jobs", "knots"):
        count(text, 4, in_vain=4)

    teaching.lead("Jobs", "/blog/", by=by)

    assert dict(SearchCount.objects.values_list("text", "in_vain")) == {"jobs": 0, "knots": 4}


def test_a_hashtag_gets_another_spelling(by):
    hashtag = ArticleFactory(hashtags=["Machine Learning"]).hashtags.get()

    teaching.add_name("ml", hashtag, by=by)

    assert HashtagAlias.objects.get().hashtag == hashtag
    with pytest.raises(ValidationError, match="already means"):
        teaching.add_name("ML", hashtag, by=by)


@pytest.mark.parametrize("factory", [RoleFactory, SkillFactory, TechnologyFactory])
def test_a_fact_gets_another_name_and_its_history_says_who_gave_it(by, factory):
    fact = factory(name="Rigger")

    teaching.add_name(" rope   wright", fact, by=by)

    fact = type(fact).objects.get()
    assert fact.search_text()["keywords"] == "rope wright"
    change = journal.history_of(fact).first()
    assert (change.changed_by, change.note) == (by.person, "Searched for as “rope wright”.")
    for known in ("Rope Wright", "rigger"):
        with pytest.raises(ValidationError, match="that name already"):
            teaching.add_name(known, fact, by=by)


@pytest.mark.parametrize("name", ["x" * 121, "a, b", "-x", ""])
def test_what_is_no_name_is_refused(by, name):
    with pytest.raises(ValidationError):
        teaching.add_name(name, RoleFactory(), by=by)


def test_a_brief_is_a_draft_with_what_was_asked_for_in_its_first_comment(by):
    category = CategoryFactory()

    article = teaching.open_brief("knots for beginners", category, "Readers ask.", by=by)

    assert (article.title, article.state, article.category) == ("Knots for beginners", "draft", category)
    assert article.created_by == by.person
    assert [comment.text for comment in article.comments.all()] == ["Readers ask."]
    with pytest.raises(ValidationError, match="already"):
        teaching.open_brief("KNOTS for beginners", category, "Again.", by=by)
