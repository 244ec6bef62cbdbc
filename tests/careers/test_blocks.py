from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from careers.blocks import Filled, Reference, choices, fill
from careers.models import ExamVersion, Fee, Recommendation, RoleSkill, Source, Status
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
)

ON = date(2026, 11, 24)


def fill_one(*args: str, **kwargs: str) -> Filled:
    return fill([Reference(*args, **kwargs)], on=ON)[0]


def certify(role, **values):
    """A credential with an active exam, recommended for the role."""
    version = ExamVersionFactory(credential__name=values.pop("name", "Gold"), **values)
    Recommendation.objects.create(
        role=role, credential=version.credential, tier="core", reason="Because it fits."
    )
    return version


# --- Comparison -------------------------------------------------------------


@pytest.fixture
def three_roles(dimensions):
    return [RoleFactory(name=name.title(), slug=name, main_focus=f"{name} work") for name in "abc"]


def test_a_comparison_shows_the_roles_in_the_order_given(three_roles):
    block = fill_one("comparison", "b,a")

    assert block.heading == "B and A compared"
    assert block.html.index("B work") < block.html.index("A work")
    assert block.problem == ""


def test_a_comparison_is_a_table_with_a_caption_and_headers_of_both_kinds(three_roles):
    html = fill_one("comparison", "a,b").html

    assert '<section class="live-block live-block--comparison"' in html
    assert "<caption" in html
    assert '<th role="columnheader" scope="col"><a href="/careers/roles/a/">A</a></th>' in html
    assert '<th role="rowheader" scope="row">Main focus</th>' in html
    assert 'class="table-scroll" role="region" tabindex="0"' in html


def test_on_a_phone_two_roles_stand_side_by_side_and_more_say_in_each_cell_whose_it_is(three_roles):
    assert "reflow--pair" in fill_one("comparison", "a,b").html
    three = fill_one("comparison", "a,b,c").html

    assert "reflow--labels" in three
    assert three.count('data-label="C"') == three.count('scope="row"') > 0


def test_a_comparison_leads_to_its_page_whatever_the_order(three_roles):
    assert "/careers/compare/a-vs-b-vs-c/" in fill_one("comparison", "c,a,b").html


def test_a_role_that_is_missing_leaves_the_comparison_of_the_others(three_roles):
    block = fill_one("comparison", "a,nobody,b")

    assert block.heading == "A and B compared"
    assert block.problem == "There is no role “nobody” in the catalogue."


def test_a_draft_role_is_kept_from_readers_and_named_to_the_editor(three_roles):
    RoleFactory(name="Secret", slug="secret", status=Status.DRAFT)

    block = fill_one("comparison", "a,b,secret")

    assert "Secret" not in block.html + block.text + block.heading
    assert block.problem == "The role “Secret” is not published."


@pytest.mark.parametrize("ref", ["", "a", "a,a", "a,nobody", "nobody,nowhere", ",,,"])
def test_fewer_than_two_roles_are_no_comparison(three_roles, ref):
    block = fill_one("comparison", ref)

    assert block.html == ""
    assert block.heading == ""
    assert "needs two roles" in block.problem


def test_five_roles_are_too_many(three_roles):
    block = fill_one("comparison", "a,b,c,d,e")

    assert (block.html, block.problem) == ("", "A comparison takes at most 4 roles.")


@pytest.mark.django_db
def test_a_comparison_with_nothing_to_say_renders_nothing():
    RoleFactory(slug="a")
    RoleFactory(slug="b")

    assert fill_one("comparison", "a,b").html == ""


def test_a_comparison_tells_the_same_in_plain_text(three_roles):
    text = fill_one("comparison", "a,b").text

    assert "Main focus. A: a work; B: b work." in text
    assert "<" not in text


# --- Certifications ---------------------------------------------------------


@pytest.fixture
def role(db):
    return RoleFactory(name="Data Engineer", slug="data-engineer")


def test_a_list_by_role_gives_tier_reason_code_level_price_and_status(role):
    version = certify(role, exam_code="AB-100")
    Fee.objects.create(version=version, amount="165", is_from_price=True)

    block = fill_one("certifications", "data-engineer", by="role")

    assert block.heading == "Data Engineer certifications"
    for text in ("Core", "Gold", "AB-100", "Associate", "from USD 165", "Active", "Because it fits."):
        assert text in block.html


def test_an_unknown_price_is_said_to_be_unknown(role):
    certify(role)

    assert "price not known" in fill_one("certifications", "data-engineer", by="role").html


def test_a_price_from_general_knowledge_is_said_to_be_unverified(role):
    source = Source.objects.create(key="GK", title="General", kind=Source.Kind.GENERAL)
    Fee.objects.create(version=certify(role), amount=99, source=source)

    html = fill_one("certifications", "data-engineer", by="role").html

    assert 'USD 99</span> <span class="unverified">(unverified)</span>' in html


def test_a_list_says_when_its_oldest_fact_was_checked(role):
    certify(role, name="New", credential__checked_on=date(2026, 9, 30))
    certify(role, name="Old", credential__checked_on=date(2026, 8, 31))

    assert "31 August 2026" in fill_one("certifications", "data-engineer", by="role").html


def test_a_retired_certification_is_left_out(role):
    certify(role, name="Gone", status=ExamVersion.Status.RETIRED)
    certify(role, name="Here")

    html = fill_one("certifications", "data-engineer", by="role").html

    assert "Here" in html
    assert "Gone" not in html


def test_a_list_of_nothing_but_retired_ones_renders_nothing_at_all(role):
    certify(role, status=ExamVersion.Status.RETIRED)

    block = fill_one("certifications", "data-engineer", by="role", heading="My list")

    assert (block.html, block.heading, block.anchor, block.text) == ("", "", "", "")
    assert block.problem.startswith("Nothing to list under “Data Engineer certifications”")


def test_a_draft_certification_is_left_out(role):
    certify(role, name="Secret", credential__status=Status.DRAFT)
    certify(role, name="Here")

    assert "Secret" not in fill_one("certifications", "data-engineer", by="role").html


@pytest.mark.django_db
def test_a_list_by_skill_is_grouped_by_level():
    skill = SkillFactory(name="Python", slug="python")
    for level in ("professional", "foundational"):
        credential = CredentialFactory(level=level, name=f"A {level} one")
        credential.skills.add(skill)
        ExamVersionFactory(credential=credential)

    block = fill_one("certifications", "python", by="skill")

    assert block.heading == "Certifications in Python"
    assert block.html.index("Foundational") < block.html.index("Professional")
    assert block.html.count("Foundational") == 1


@pytest.mark.django_db
def test_a_list_by_provider_shows_that_providers_own():
    provider = ProviderFactory(name="Acme", slug="acme")
    ExamVersionFactory(credential__provider=provider, credential__name="Theirs")
    ExamVersionFactory(credential__name="Somebody else's")

    block = fill_one("certifications", "acme", by="provider")

    assert block.heading == "Acme certifications"
    assert "Theirs" in block.html
    assert "Somebody" not in block.html


@pytest.mark.parametrize("by", ["", "colour", "technology"])
def test_a_list_by_anything_else_is_refused(role, by):
    block = fill_one("certifications", "data-engineer", by=by)

    assert (block.html, block.problem) == (
        "",
        "A list of certifications is by role, by skill or by provider.",
    )


@pytest.mark.parametrize("by", ["role", "skill", "provider"])
def test_a_list_by_something_missing_says_what_is_missing(db, by):
    assert fill_one("certifications", "nope", by=by).problem == f"There is no {by} “nope” in the catalogue."


# --- Role card --------------------------------------------------------------


def test_a_role_card_gives_focus_summary_and_essential_published_skills(role):
    RoleSkill.objects.create(role=role, skill=SkillFactory(name="SQL"), importance=5, level=5)
    optional = RoleSkill.Relation.OPTIONAL
    RoleSkill.objects.create(
        role=role, skill=SkillFactory(name="Juggling"), relation=optional, importance=1, level=1
    )

    unseen = SkillFactory(name="Alchemy", status=Status.DRAFT)
    RoleSkill.objects.create(role=role, skill=unseen, importance=5, level=5)

    block = fill_one("role-card", "data-engineer")

    assert "One kind of work" in block.html
    assert "SQL" in block.html
    assert "Juggling" not in block.html
    assert "Alchemy" not in block.html + block.text


# --- How fresh it is, and what it is called by -------------------------------


def test_a_comparison_says_since_when_all_its_roles_are_checked(three_roles):
    assert "Facts checked" not in fill_one("comparison", "a,b").html
    for role, day in zip(three_roles, (20, 10), strict=False):
        role.checked_on = date(2026, 9, day)
        role.save()

    assert "Facts checked on 10 September 2026 or later." in fill_one("comparison", "a,b").html
    assert "Facts checked" not in fill_one("comparison", "a,b,c").html


def test_a_role_card_says_when_the_role_was_checked(role):
    assert "Facts checked" not in fill_one("role-card", "data-engineer").html
    role.checked_on = date(2026, 9, 10)
    role.save()

    assert "Facts checked on 10 September 2026." in fill_one("role-card", "data-engineer").html


@pytest.mark.parametrize("by", ["role", "skill", "provider"])
def test_a_renamed_fact_breaks_no_block(db, by):
    fact = {"role": RoleFactory, "skill": SkillFactory, "provider": ProviderFactory}[by](slug="old")
    credential = {"provider": {"provider": fact}}.get(by, {})
    version = ExamVersionFactory(**{f"credential__{name}": value for name, value in credential.items()})
    if by == "skill":
        version.credential.skills.add(fact)
    if by == "role":
        Recommendation.objects.create(role=fact, credential=version.credential, tier="core", reason="Good")
    before = fill_one("certifications", "old", by=by)

    fact.slug = "new"
    fact.save()

    assert fill_one("certifications", "old", by=by) == before
    assert before.html != ""


def test_one_role_by_two_of_its_slugs_is_one_role(three_roles):
    three_roles[0].slug = "z"
    three_roles[0].save()

    assert fill_one("comparison", "a,b,z").heading == "A and B compared"
    assert "needs two roles" in fill_one("comparison", "a,z").problem


# --- Headings, anchors, and what people type --------------------------------


def test_an_own_heading_takes_the_place_of_the_blocks(role):
    block = fill_one("role-card", "data-engineer", heading="  My <b>own</b>\x00 words ")

    assert block.heading == "My <b>own</b> words"
    assert "My &lt;b&gt;own&lt;/b&gt; words" in block.html


def test_anchors_are_numbered_by_position(role):
    blocks = fill([Reference("role-card", "data-engineer"), Reference("role-card", "data-engineer")], on=ON)

    assert [block.anchor for block in blocks] == ["block-1-data-engineer", "block-2-data-engineer"]


def test_a_heading_without_letters_of_ours_still_gets_an_anchor(role):
    assert fill_one("role-card", "data-engineer", heading="日本").anchor == "block-1-role-card"


def test_a_kind_that_does_not_exist_is_a_problem_for_the_editor(db):
    assert fill_one("roulette", "x").problem == "There is no live block of the kind “roulette”."


def test_a_message_shows_ten_thousand_characters_briefly(db):
    assert len(fill_one("role-card", "x" * 10_000).problem) < 200


class AnyReference(TestCase):
    words = st.text(max_size=60) | st.sampled_from(
        ["a\x00", "a,b", "x" * 10_000, "'; DROP TABLE", "../..", "ı"]
    )
    kinds = st.sampled_from(["comparison", "certifications", "role-card", "pathway"]) | words

    @given(kind=kinds, ref=words, by=st.sampled_from(["role", "skill", "provider"]) | words, heading=words)
    @settings(max_examples=150)
    def test_whatever_is_referred_to_gets_html_or_a_problem(self, kind, ref, by, heading):
        block = fill_one(kind, ref, by=by, heading=heading)

        assert bool(block.html) != bool(block.problem)


@pytest.mark.parametrize("kind", ["comparison", "certifications", "role-card"])
def test_ten_references_cost_as_many_queries_as_two(make_catalogue, kind):
    make_catalogue(11)

    def cost(count: int) -> int:
        pairs = [(f"role-{n:02}", f"role-{n + 1:02}") for n in range(count)]
        refs = [
            Reference(kind, ",".join(pair) if kind == "comparison" else pair[0], by="role") for pair in pairs
        ]
        with CaptureQueriesContext(connection) as queries:
            assert all(block.html for block in fill(refs, on=ON))
        return len(queries)

    assert cost(10) == cost(2)


def test_no_references_cost_no_queries(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert fill([], on=ON) == []


def test_the_editors_dialog_offers_what_is_published(role):
    RoleFactory(slug="secret", status=Status.DRAFT)

    offered = choices()

    assert offered["roles"] == [("data-engineer", "Data Engineer")]
    kinds = ["comparison", "certifications", "role-card", "pathway"]
    assert [kind for kind, _ in offered["kinds"]] == kinds
