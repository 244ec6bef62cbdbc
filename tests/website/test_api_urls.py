"""The description for programs and the page for people tell of all there is, and of nothing else."""

import re

import pytest
from django.urls import get_resolver

from tests.website.crawling import routes
from website.api.urls import description

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(client):
    return client.get("/api/openapi.json").json()


def test_every_address_is_described(described):
    found = {route for name, route, _ in routes(get_resolver()) if name.startswith("api:")}
    known = {re.sub(r"<slug:slug>", "{slug}", f"/{route}") for route in found}

    assert set(described["paths"]) == known - {"/api/", "/api/openapi.json"}


def test_each_can_only_be_read_and_says_how_it_refuses(described):
    for address, way in described["paths"].items():
        assert list(way) == ["get"]
        refusal = "404" if "{" in address else "400"
        answers = way["get"]["responses"]
        assert set(answers) == {"200", refusal, "429"}
        for status in (refusal, "429"):
            assert list(answers[status]["content"]) == ["application/problem+json"]


def test_whoever_asks_too_often_was_told_what_would_come(described):
    for way in described["paths"].values():
        assert list(way["get"]["responses"]["429"]["headers"]) == ["Retry-After"]


def test_every_reference_in_it_finds_its_own(described):
    references = set(re.findall(r'"#/components/schemas/(\w+)"', str(described).replace("'", '"')))

    assert references <= set(described["components"]["schemas"])
    assert "ArticleInFull" in references


def test_it_is_made_once():
    assert description() is description()


def test_the_page_tells_of_every_address_and_parameter(client, described):
    page = client.get("/api/").content.decode()

    for address, way in described["paths"].items():
        assert f"GET {address}<" in page
        assert [one["name"] for one in way["get"]["parameters"] if f">{one['name']}<" not in page] in (
            [],
            ["slug"],
        )


@pytest.mark.parametrize(("limit", "said"), [(300, "About 300 questions a minute"), (0, "Should the server")])
def test_the_page_says_how_often_one_may_ask(client, settings, limit, said):
    settings.API_REQUESTS_PER_MINUTE = limit

    assert said in client.get("/api/").content.decode()


def test_the_page_can_be_read_as_markdown(client):
    answer = client.get("/api.md")

    assert answer["Content-Type"].startswith("text/markdown")
    assert answer.content.decode().startswith("# For developers")


def test_programs_that_prefer_markdown_get_json_where_there_is_nothing_else(client):
    answer = client.get("/api/roles", headers={"Accept": "text/markdown"})

    assert answer["Content-Type"].startswith("application/json")
