import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from careers.models import FieldCheck, Pathway, Role, RoleCode, RoleRelation, RoleSkill, Source
from tests.factories import ExamVersionFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/roles/role-00/"


@pytest.fixture
def role(make_catalogue):
    make_catalogue(3)
    return Role.objects.get(slug="role-00")


def page(client, address=PAGE):
    return client.get(address).content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def lead(role, *others):
    for order, other in enumerate(others):
        RoleRelation.objects.create(from_role=role, to_role=other, order=order)


# --- The picture ---------------------------------------------------------------


def test_the_picture_and_the_table_number_the_same_skills(client, role):
    shown = page(client)

    (picture,) = re.findall(r'<svg class="skill-picture__wide".*?</svg>', shown, re.DOTALL)
    names = re.findall(r'skill-picture__name"[^>]*>(.*?)</text>', picture)
    numbers = re.findall(r'skill-picture__number"[^>]*>(.*?)</text>', picture)
    rows = re.findall(r'aria-hidden="true">(\d+)</span><a href="[^"]+">(.*?)</a>', shown)
    assert list(zip(numbers, names, strict=True)) == rows
    assert len(rows) == 2


def test_an_optional_skill_is_a_square(client, role):
    assert 'class="skill-picture__optional"' not in page(client)

    RoleSkill.objects.filter(role=role, skill__slug="shared").update(relation="optional")

    assert page(client).count('class="skill-picture__optional"') == 2  # of the wide and of the narrow form


def test_a_role_without_skills_has_neither_picture_nor_heading(client):
    RoleFactory(slug="role-00")

    assert "skill-picture__" not in page(client)
    assert "Skills it asks for" not in page(client)


# --- The ways on ---------------------------------------------------------------


def test_a_way_on_says_how_much_is_there_and_lists_what_is_missing(client, role):
    lead(role, Role.objects.get(slug="role-01"))

    shown = words(page(client))

    assert "50 % of what it asks for is there: 1 of 2 essential skills in full." in shown
    assert re.search(r"What is missing \(1\) Skill \d+ new, to level 5, importance 4 of 5", shown)
    assert 'href="/careers/compare/role-00-vs-role-01/"' in page(client)


def test_a_skill_that_is_there_at_a_lower_level_is_missing_the_rest(client, role):
    other = Role.objects.get(slug="role-01")
    lead(role, other)
    RoleSkill.objects.filter(role=other, skill__slug="shared").update(level=7)

    assert "Shared from level 5 to 7" in words(page(client))


def test_the_ways_on_keep_their_order_and_leave_out_drafts(client, role):
    draft = RoleFactory(name="Hidden", status="draft")
    lead(role, Role.objects.get(slug="role-02"), draft, Role.objects.get(slug="role-01"))

    names = re.findall(r'move__name"><a[^>]*>(.*?)</a>', page(client))

    assert names == ["Role 02", "Role 01"]


def test_where_nothing_is_asked_for_the_way_is_not_known(client, role):
    lead(role, RoleFactory(name="Blank"))

    assert "How far it is, is not known" in page(client)


def test_a_skill_in_draft_is_missing_nowhere(client, role):
    other = RoleFactory(name="Other")
    RoleSkill.objects.create(
        role=other, skill=SkillFactory(name="Secret", status="draft"), importance=5, level=5
    )
    lead(role, other)

    assert "Secret" not in page(client)


# --- Codes, pathways, freshness --------------------------------------------------


def test_the_role_is_placed_in_classifications_with_how_close_the_match_is(client, role):
    general = Source.objects.create(key="GK", title="General", kind="general")
    RoleCode.objects.create(role=role, framework="isco-08", code="2512", match="close", source=general)

    assert "ISCO-08 2512 (close, unverified)" in words(page(client))


def test_the_pathways_that_lead_here_are_listed_but_for_drafts(client, role):
    Pathway.objects.create(name="A way in", slug="a-way-in", role=role)
    Pathway.objects.create(name="No way", slug="no-way", role=role, status="draft")

    assert "A way in" in page(client)
    assert "No way" not in page(client)


def test_a_page_that_nobody_checked_says_so(client, role):
    assert "Not every fact here was checked yet" in words(page(client))


def test_a_page_names_what_is_due_and_what_is_disputed(client, role):
    today = timezone.localdate()
    Role.objects.update(checked_on=today - timedelta(days=400))
    role.titles.create(title="Other title")
    for key, verdict, value in [("one", "confirms", "Other title"), ("two", "contradicts", "Third title")]:
        source = Source.objects.create(key=key, title=key, kind="official")
        FieldCheck.objects.create(
            role=role, field="titles", source=source, verdict=verdict, value=value, checked_on=today
        )

    shown = words(page(client))

    assert "skills and technologies are due for another look – sources disagree about titles." in shown


def test_a_page_read_lately_says_when(client, role):
    day = timezone.localdate() - timedelta(days=3)
    Role.objects.update(checked_on=day)

    assert f"Facts checked on {day.day} {day:%B %Y} or later." in words(page(client))


# --- The ladder -----------------------------------------------------------------


def test_a_retired_recommendation_is_replaced_with_a_note(client, role):
    retired = ExamVersionFactory(status="retired", last_exam_on=date(2026, 3, 31), credential__name="Old")
    retired.credential.replaced_by.add(ExamVersionFactory(credential__name="Its heir").credential)
    role.recommendations.update(credential=retired.credential)

    shown = words(page(client))

    assert "Its heir Active" in shown
    assert "Replaces Old, retired 31 March 2026." in shown


# --- What machines read -----------------------------------------------------------


def data_of(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])["@graph"]


def test_machines_read_what_the_page_shows(client, role):
    role.titles.create(title="Other title")
    shown = page(client)

    occupation, way = data_of(shown)

    assert occupation["@type"] == "Occupation"
    visible = words(shown)
    for text in (
        occupation["name"],
        *occupation["alternateName"],
        *(s["name"] for s in occupation["skills"]),
    ):
        assert text in visible
    assert way["itemListElement"][-1]["name"] == "Role 00"


def test_a_hostile_name_cannot_end_the_data(client, role):
    Role.objects.filter(pk=role.pk).update(name="</script><script>alert(1)</script>")

    shown = page(client)

    assert "<script>alert" not in shown
    assert data_of(shown)[0]["name"] == "</script><script>alert(1)</script>"


def test_the_list_of_roles_is_a_list_for_machines_too(client, role):
    roles, _ = data_of(page(client, "/careers/roles/"))

    assert [row["name"] for row in roles["itemListElement"]] == ["Role 00", "Role 01", "Role 02"]


# --- Cost -----------------------------------------------------------------------


def test_ten_ways_on_cost_what_two_cost(client, count_queries, make_catalogue):
    make_catalogue(12)
    role, *others = Role.objects.order_by("slug")
    source = Source.objects.create(key="one", title="One", kind="official")
    costs = []
    for few in (others[:2], others[2:11]):
        lead(role, *few)
        for number, _ in enumerate(few):
            RoleCode.objects.create(
                role=role, framework="esco", code=f"{role.codes.count()}-{number}", match="close"
            )
            FieldCheck.objects.create(
                role=role, field="titles", source=source, value="x", checked_on=date(2026, 1, 1)
            )
        costs.append(count_queries(client, PAGE))

    assert costs[0] == costs[1]
