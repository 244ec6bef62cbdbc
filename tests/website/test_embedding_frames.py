"""What stands in frames of other sites."""

import re
from datetime import date

import pytest

from careers.models import Credential, Dimension, Fee, Role, RoleSkill, Source
from tests.factories import CredentialFactory, ExamVersionFactory, ProviderFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db

ROLE, OTHER = "/embed/role/analyst/", "/embed/role/tester/"
CERTIFICATION = "/embed/certification/tested/"
COMPARISON = "/embed/comparison/analyst-vs-tester/"
FRAMES = [ROLE, CERTIFICATION, COMPARISON]
PAGES = {
    ROLE: "/careers/roles/analyst/",
    CERTIFICATION: "/careers/certifications/tested/",
    COMPARISON: "/careers/compare/analyst-vs-tester/",
}
HOSTILE = '</title><script>alert("&")</script>'


@pytest.fixture(scope="module")
def site(for_the_module):
    for_the_module(fill)


def fill():
    Dimension.objects.create(key="main-focus", label="Main focus", value_kind="focus")
    analyst = RoleFactory(name="Analyst", slug="analyst", main_focus="Asking", checked_on=date(2026, 9, 1))
    RoleFactory(name="Tester", slug="tester", main_focus="Testing", checked_on=date(2026, 8, 1))
    RoleFactory(slug="secret", status="draft")
    for n, held_back in enumerate([False, True]):
        skill = SkillFactory(name=f"Skill {n}", slug=f"skill-{n}")
        RoleSkill.objects.create(role=analyst, skill=skill, importance=4, level=4, is_suppressed=held_back)
    credential = CredentialFactory(
        name="Tested", slug="tested", provider=ProviderFactory(name="Board"), checked_on=date(2026, 7, 1)
    )
    version = ExamVersionFactory(credential=credential, exam_code="T-1")
    general = Source.objects.create(key="b", title="Common", kind="general")
    Fee.objects.create(version=version, amount=165, source=general)
    gone = CredentialFactory(name="Gone", slug="gone", provider=credential.provider)
    ExamVersionFactory(credential=gone, exam_code="G-1", status="retired")
    gone.replaced_by.add(credential)
    CredentialFactory(slug="secret", status="draft")


def shown(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("address", FRAMES)
def test_any_site_may_frame_it_and_it_can_do_nothing(client, site, address):
    answer = client.get(address)

    assert "frame-ancestors *;" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not re.search("<(script|form|button|input)", answer.content.decode())


@pytest.mark.parametrize("page", [*PAGES.values(), "/api/", "/careers/"])
def test_no_other_page_may_be_framed(client, site, page):
    answer = client.get(page)

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", FRAMES)
def test_a_frame_that_has_not_changed_keeps_the_policy_it_came_with(client, site, address):
    """A browser puts what comes with "not modified" in the place of what it has."""
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    for name in ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "X-Frame-Options"):
        assert again.get(name, first.get(name)) == first.get(name)


@pytest.mark.parametrize("address", FRAMES)
def test_search_engines_are_led_to_the_page_and_readers_too_in_a_tab_of_its_own(client, site, address):
    page, html = f"http://testserver{PAGES[address]}", shown(client, address)

    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="{page}">' in html
    assert '<base target="_blank">' in html
    assert html.count(f'<a href="{page}">') == 1
    assert f'<a class="brand" href="{page}">' in html


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (ROLE, "Facts checked on 1 September 2026<"),
        (CERTIFICATION, "Facts checked on 1 July 2026<"),
        (COMPARISON, "Facts checked on 1 August 2026 or later<"),
        ("/embed/certification/gone/", "Not every fact here was checked yet"),
    ],
)
def test_it_says_when_the_facts_were_checked(client, site, address, said):
    assert said in shown(client, address)


def test_a_comparison_is_as_old_as_the_role_checked_longest_ago_or_never(client, site):
    Role.objects.filter(slug="tester").update(checked_on=None)

    assert "Not every fact here was checked yet" in shown(client, COMPARISON)


def test_a_role_tells_what_it_is_about_and_no_skill_that_is_held_back(client, site):
    html = shown(client, ROLE)

    assert "Asking" in html
    assert "Skill 0" in html
    assert "Skill 1" not in html


def test_a_certification_tells_where_it_stands_and_which_price_nobody_read(client, site):
    text = " ".join(re.sub("<[^>]+>", " ", shown(client, CERTIFICATION)).split())

    assert "Board" in text
    assert "It can be taken now" in text
    assert "T-1 : USD 165 (unverified)" in text


def test_a_retired_one_names_what_to_take_instead(client, site):
    html = shown(client, "/embed/certification/gone/")

    assert "Retired" in html
    assert 'Take instead: <a href="/careers/certifications/tested/">Tested</a>' in html
    assert "G-1" not in html


def test_a_comparison_sets_the_roles_side_by_side(client, site):
    html = shown(client, COMPARISON)

    assert "Main focus" in html
    assert html.index("Asking") < html.index("Testing")


def test_roles_of_which_nothing_can_be_compared_say_so(client, site):
    Dimension.objects.all().delete()

    assert "Nothing is known yet that could be compared." in shown(client, COMPARISON)


def test_a_comparison_has_one_address_whatever_the_order(client, site):
    answer = client.get("/embed/comparison/tester-vs-analyst/")

    assert (answer.status_code, answer["Location"]) == (301, COMPARISON)


@pytest.mark.parametrize(
    "address",
    [
        "/embed/role/secret/",
        "/embed/role/nowhere/",
        "/embed/certification/secret/",
        "/embed/comparison/analyst-vs-secret/",
        "/embed/comparison/analyst/",
        "/embed/comparison/analyst-vs-analyst/",
        "/embed/comparison/a-vs-b-vs-c-vs-d-vs-e/",
    ],
)
def test_what_readers_cannot_see_cannot_be_framed(client, site, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", FRAMES)
def test_more_rows_cost_no_more_queries(client, site, count_queries, address):
    before = count_queries(client, address)
    for role in Role.objects.all():
        for _ in range(4):
            RoleSkill.objects.create(role=role, skill=SkillFactory(), importance=3, level=3)
    for _ in range(8):
        ExamVersionFactory(credential=Credential.objects.get(slug="tested"))

    assert count_queries(client, address) == before


@pytest.mark.parametrize("address", FRAMES)
def test_names_cannot_run(client, site, address):
    Role.objects.filter(slug="analyst").update(name=HOSTILE, main_focus=HOSTILE, summary=HOSTILE)
    Credential.objects.filter(slug="tested").update(name=HOSTILE, summary=HOSTILE)

    html = shown(client, address)

    assert "<script" not in html
    assert "&lt;script&gt;" in html
