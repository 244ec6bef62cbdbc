import json
import re

import pytest

from careers.models import Condition, Pathway
from careers.transfer import load
from tests.careers.ways import make_pathway
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db
LIST = "/careers/pathways/"
PAGE = "/careers/pathways/sample/"


def page(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def picture(html):
    (found,) = re.findall(r'<svg class="pathway__picture".*?</svg>', html, re.DOTALL)
    return found


def data(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


# --- The list ----------------------------------------------------------------


def test_the_list_has_every_public_pathway_with_its_steps_and_its_role(client):
    pathway = make_pathway(a="Read", b=SkillFactory(status="draft"))
    Pathway.objects.filter(pk=pathway.pk).update(role=RoleFactory(name="Reader"), summary="How to read.")
    make_pathway("hidden", a="Secret")
    Pathway.objects.filter(slug="hidden").update(status="draft")

    shown = words(page(client, LIST))

    assert "Sample How to read. 1 step leads to Reader" in shown
    assert "Hidden" not in shown


def test_an_empty_list_says_so(client):
    assert "No pathway has been published yet." in page(client, LIST)


def test_a_role_in_draft_is_not_named(client):
    pathway = make_pathway(a="Read")
    Pathway.objects.filter(pk=pathway.pk).update(role=RoleFactory(name="Secret", status="draft"))

    assert "Secret" not in page(client, LIST)
    assert "Secret" not in page(client)


def test_more_pathways_cost_as_many_queries(client, django_assert_max_num_queries):
    for number in range(2):
        make_pathway(f"way-{number}", a=CredentialFactory(), b=SkillFactory(), c=RoleFactory())
    with django_assert_max_num_queries(12) as few:
        page(client, LIST)
    for number in range(2, 10):
        make_pathway(f"way-{number}", a=CredentialFactory(), b=SkillFactory(), c=RoleFactory())
    with django_assert_max_num_queries(12) as many:
        page(client, LIST)

    assert len(few) == len(many)


def test_the_catalogue_leads_to_the_list(client):
    assert f'href="{LIST}"' in page(client, "/careers/")


# --- One pathway -------------------------------------------------------------


@pytest.fixture
def sample():
    first, second = CredentialFactory(name="First"), CredentialFactory(name="Second")
    ExamVersionFactory(credential=first, status="retired")
    ExamVersionFactory(credential=second, status="beta")
    first.replaced_by.add(second)
    Condition.objects.create(credential=second, relation="requires", target_credential=first)
    choices = [("one", 1, ["second", "skill"])]
    lines = [("first", "skill", "optional"), ("skill", "do")]
    skill = SkillFactory(name="Python")
    return make_pathway(lines=lines, choices=choices, first=first, second=second, skill=skill, do="Practise")


def test_list_and_picture_show_the_same_steps(client, sample):
    shown = page(client)
    drawn, rest = picture(shown), shown.replace(picture(shown), "")

    for name in ("First", "Second", "Python", "Practise"):
        assert name in words(drawn)
        assert name in words(rest)


def test_every_status_is_a_word_in_both(client, sample):
    shown = page(client)

    for text in (words(picture(shown)), words(shown.replace(picture(shown), ""))):
        assert "Retired" in text
        assert "Beta" in text


def test_the_list_says_what_is_asked_and_what_takes_the_place_of_a_retired_one(client, sample):
    shown = words(page(client))

    assert "Take in its place: Second ." in shown
    assert "Required: First" in shown
    assert "Optional: First" in shown
    assert "Any 1 of 2 of one" in shown


def test_a_retired_step_without_a_successor_says_that_none_is_known(client, sample):
    sample.steps.get(key="first").credential.replaced_by.clear()

    assert "What takes its place is not known." in page(client)


def test_what_is_drawn_can_be_followed_and_is_named_in_full(client, sample):
    drawn = picture(page(client))

    links = re.findall(r'<a class="pathway__link" href="([^"]+)">(.*?)</a>', drawn, re.DOTALL)
    assert {words(label) for _, label in links} == {
        "Certification First Retired",
        "Certification Second Beta",
        "Skill Python",
    }
    assert all(client.get(address).status_code == 200 for address, _ in links)


def test_three_kinds_of_lines_are_told_apart_and_explained(client, sample):
    shown = page(client)

    for relation, word in [("requires", "required"), ("recommends", "recommended"), ("optional", "optional")]:
        assert f'pathway__line--{relation}" d="M' in shown
        assert word in words(shown[shown.index("<figcaption") :])


def test_a_draft_on_the_way_is_nowhere_and_its_neighbours_join(client, sample):
    sample.steps.get(key="skill").skill.__class__.objects.update(status="draft")

    shown = page(client)

    assert "Python" not in shown
    assert "Optional: First" in words(shown)


def test_a_pathway_with_nothing_to_see_says_so(client):
    make_pathway(a=SkillFactory(name="Secret", status="draft"))

    shown = page(client)

    assert "No step of this pathway is published yet." in shown
    assert "Secret" not in shown
    assert '<svg class="pathway__picture' not in shown


def test_machines_read_the_way_to_the_page_and_its_steps(client, sample):
    graph = data(page(client))["@graph"]

    steps, trail = graph
    assert [row["name"] for row in steps["itemListElement"]] == ["First", "Python", "Second"] or [
        row["name"] for row in steps["itemListElement"]
    ] == ["First", "Second", "Python"]
    assert [row["name"] for row in trail["itemListElement"]] == ["Home", "Careers", "Pathways", "Sample"]


def test_a_former_address_leads_on(client, sample):
    sample.slug = "renamed"
    sample.save()

    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (301, "/careers/pathways/renamed/")


@pytest.mark.parametrize("slug", ["nowhere", "x" * 5000, "9" * 400])
def test_an_unknown_pathway_is_not_found(client, slug):
    assert client.get(f"{LIST}{slug}/").status_code == 404


def test_a_draft_is_not_found(client, sample):
    Pathway.objects.update(status="draft")

    assert client.get(PAGE).status_code == 404


def test_a_name_as_long_as_it_may_be_stays_in_its_box(client):
    make_pathway(a=SkillFactory(name="W" * 200), b=SkillFactory(name="語" * 200))

    assert picture(page(client)).count("…") == 2


def test_the_pathways_of_the_data_file_are_all_shown(client):
    load()

    for pathway in Pathway.objects.all():
        assert page(client, pathway.get_absolute_url()).count("pathway__box--role") == 1
