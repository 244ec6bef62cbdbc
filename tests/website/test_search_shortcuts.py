"""What is suggested above the results of a search."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ArticleFactory, RoleFactory
from tests.website.test_search_views import indexed
from website.search import lexicon as lexicons
from website.search import search, shortcuts

pytestmark = pytest.mark.django_db
ROLES = "/careers/roles/"


@pytest.fixture(autouse=True)
def roles():
    lexicons._kept.clear()
    return indexed(
        RoleFactory(name="Data Engineer", slug="data-engineer"),
        RoleFactory(name="Data Analyst", slug="data-analyst"),
        RoleFactory(name="Rigger", slug="rigger"),
    )


def suggested(typed):
    now = timezone.now()
    return [one.url for one in shortcuts.to(search(typed, now=now, leaves_out=True))]


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("Which role fits", "choose"),
        ("which role fits me?", "choose"),
        ("compare roles", "compare"),
        ("pathways", "pathway-list"),
        ("learning path", "pathway-list"),
        ("rust roadmap", "pathway-list"),
        ("what is changing", "change-list"),
        ("exams retiring this year", "change-list"),
        ("certifications", "credential-list"),
        ("best certificate", "credential-list"),
        ("skills", "skill-list"),
        ("roles", "role-list"),
    ],
)
def test_a_tool_or_list_of_the_site_is_found_by_its_words(typed, page):
    assert reverse(f"careers:{page}") in suggested(typed)


@pytest.mark.parametrize(
    "typed", ["python", "career change", "AWS certification", "role -compare", "", "-compare"]
)
def test_nothing_is_suggested_where_something_else_is_meant(typed):
    assert suggested(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["data engineer vs data analyst", "Data Analyst or Data Engineer?", "data analysts and data-engineers"],
)
def test_two_roles_by_their_names_are_led_to_their_comparison(typed):
    assert suggested(typed)[0] == "/careers/compare/data-analyst-vs-data-engineer/"


def test_a_role_is_suggested_where_a_page_about_it_comes_first():
    indexed(ArticleFactory(title="Certifications for a data engineer"))

    assert suggested("data engineer certification") == [f"{ROLES}data-engineer/"]


def test_a_role_that_is_the_first_result_is_not_suggested_besides():
    assert suggested("rigger") == []


def test_a_role_that_is_taken_down_is_suggested_no_longer(roles):
    suggested("rigger work")
    role = roles[0]
    role.status = role.Status.DRAFT
    role.save()
    indexed(role)

    assert suggested("data engineer vs data analyst") == []


def test_suggestions_stand_above_the_results_and_on_the_first_page_of_everything_only(client):
    text = client.get("/search/", {"q": "data engineer vs data analyst"}).text

    assert ">Data Engineer vs Data Analyst, compared</a>" in text
    assert "You may be looking for" not in client.get("/search/", {"q": "pathways", "kind": "role"}).text
    assert "You may be looking for" not in client.get("/search/", {"q": ""}).text


def test_suggesting_costs_one_query_where_a_role_is_named_and_none_else(django_assert_num_queries):
    now = timezone.now()
    for typed, cost in [("compare", 0), ("data engineer vs data analyst", 1), ("rigger", 1)]:
        results = search(typed, now=now)
        with django_assert_num_queries(cost):
            shortcuts.to(results)
