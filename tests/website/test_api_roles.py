"""Roles as programs read them."""

from datetime import UTC, datetime

import pytest

from careers.models import (
    Recommendation,
    Role,
    RoleCode,
    RoleRelation,
    RoleSkill,
    RoleTask,
    RoleTechnology,
    RoleTitle,
    Source,
    Status,
)
from tests.factories import CredentialFactory, RoleFactory, SkillFactory, TechnologyFactory
from tests.website.test_bad_input import NONSENSE

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture(scope="module")
def role(for_the_module):
    return for_the_module(make_role)


def make_role():
    """With one of everything that readers see, and one that they do not."""
    role = RoleFactory(name="Tester", slug="tester", summary="Tests.", main_focus="Testing", job_zone=4)
    RoleTitle.objects.create(role=role, title="QA engineer")
    RoleTask.objects.create(role=role, text="Breaks things")
    source = Source.objects.create(key="a", title="A page", url="https://example.org/", kind="official")
    general = Source.objects.create(key="b", title="Common", kind="general")
    RoleCode.objects.create(role=role, framework="isco-08", code="2519", match="close", source=general)
    role.sources.add(source)
    for status in (Status.PUBLISHED, Status.DRAFT):
        of = {"slug": f"its-{status}", "name": f"Its {status}", "status": status}
        RoleSkill.objects.create(role=role, skill=SkillFactory(**of), importance="4.25", level=5)
        RoleTechnology.objects.create(role=role, technology=TechnologyFactory(**of))
        advised = {"tier": "core", "reason": "Asked for"}
        Recommendation.objects.create(role=role, credential=CredentialFactory(**of), **advised)
        RoleRelation.objects.create(from_role=role, to_role=RoleFactory(**of))
    hidden = SkillFactory(slug="suppressed")
    RoleSkill.objects.create(role=role, skill=hidden, importance=2, level=2, is_suppressed=True)
    return role


def slugs(client, query=""):
    return [item["slug"] for item in client.get(f"/api/roles{query}").json()["items"]]


def test_the_list_tells_what_the_work_is(client, role):
    Role.objects.filter(pk=role.pk).update(updated_at=datetime(2026, 2, 3, tzinfo=UTC))
    line = next(item for item in client.get("/api/roles").json()["items"] if item["slug"] == "tester")

    assert line == {
        "slug": "tester",
        "name": "Tester",
        "url": f"{SITE}/careers/roles/tester/",
        "summary": "Tests.",
        "main_focus": "Testing",
        "api_url": f"{SITE}/api/roles/tester",
        "checked_on": None,
        "updated_at": "2026-02-03T00:00:00Z",
    }


def test_in_full_it_tells_all_that_its_page_tells(client, role):
    found = client.get("/api/roles/tester").json()
    skill = {"slug": "its-published", "name": "Its published"}

    assert (found["job_zone"], found["other_titles"]) == (4, ["QA engineer"])
    assert found["tasks"] == ["Breaks things"]
    assert found["skills"] == [
        {
            **skill,
            "url": f"{SITE}/careers/skills/its-published/",
            "importance": 4.25,
            "level": 5.0,
            "is_essential": True,
        }
    ]
    assert [tool["kind"] for tool in found["technologies"]] == ["tool"]
    assert found["certifications"] == [
        {
            **skill,
            "url": f"{SITE}/careers/certifications/its-published/",
            "api_url": f"{SITE}/api/certifications/its-published",
            "tier": "core",
            "reason": "Asked for",
        }
    ]
    assert [other["slug"] for other in found["related"]] == ["its-published"]


def test_every_fact_says_where_it_was_read(client, role):
    found = client.get("/api/roles/tester").json()

    assert found["sources"] == [
        {"title": "A page", "url": "https://example.org/", "kind": "official", "is_verified": True}
    ]
    (code,) = found["codes"]
    assert (code["framework"], code["code"], code["match"]) == ("ISCO-08", "2519", "close")
    assert code["source"]["is_verified"] is False


def test_nothing_unpublished_or_held_back_is_told(client, role):
    told = client.get("/api/roles/tester").content.decode()

    assert "its-draft" not in told
    assert "suppressed" not in told
    assert client.get("/api/roles/its-draft").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?skill=its-published", ["tester"]),
        ("?technology=its-published", ["tester"]),
        ("?certification=its-published", ["tester"]),
        ("?job_zone=4", ["tester"]),
        ("?skill=its-draft", []),
        ("?skill=suppressed", []),
        ("?technology=its-draft", []),
        ("?certification=its-draft", []),
        ("?skill=nowhere", []),
        ("?updated_after=2999-01-01", []),
        ("?updated_after=2020-01-01&skill=its-published", ["tester"]),
    ],
)
def test_the_list_is_narrowed_by_what_readers_see(client, role, query, found):
    assert slugs(client, query) == found


@pytest.mark.parametrize("name", ["skill", "technology", "certification"])
def test_a_name_that_no_slug_can_be_is_refused_and_none_fails(client, name):
    answers = {client.get(f"/api/roles?{name}={nonsense}").status_code for nonsense in NONSENSE.values()}

    assert answers == {200, 400}


def test_more_skills_cost_no_more_queries(client, role, count_queries):
    before = count_queries(client, "/api/roles/tester"), count_queries(client, "/api/roles")
    for _ in range(8):
        RoleSkill.objects.create(role=role, skill=SkillFactory(), importance=3, level=3)
        RoleTechnology.objects.create(role=role, technology=TechnologyFactory())
        advised = {"tier": "start", "reason": "Asked for"}
        Recommendation.objects.create(role=role, credential=CredentialFactory(), **advised)
        RoleRelation.objects.create(from_role=role, to_role=RoleFactory())

    assert (count_queries(client, "/api/roles/tester"), count_queries(client, "/api/roles")) == before
