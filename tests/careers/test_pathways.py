from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Condition, Pathway, PathwayEdge
from careers.pathways import STRONGEST_FIRST, drawn, joined
from tests.careers.ways import make_pathway
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

ON = date(2026, 11, 25)
REQUIRES, RECOMMENDS, OPTIONAL = STRONGEST_FIRST
Relation = PathwayEdge.Relation


def way(slug="sample", on=ON):
    return drawn(Pathway.objects.with_steps().get(slug=slug), on=on)


def titles(found):
    return [[step.title for bundle in stage.bundles for step in bundle.steps] for stage in found.stages]


def step(found, title):
    (one,) = [step for step in found.steps if step.title == title]
    return one


def asked(found, title):
    return [(ask.relation.value, [option.title for option in ask.options]) for ask in step(found, title).asks]


def lines(found):
    names = {shape.place.key: shape.step.title for shape in found.picture.shapes}
    return {(names[a.line.start], names[a.line.end]): a.relation.value for a in found.picture.arrows}


# --- Hidden steps: plain values ---------------------------------------------

KEYS = st.sampled_from("abcdef")
LINKS = st.dictionaries(st.tuples(KEYS, KEYS), st.sampled_from(STRONGEST_FIRST))


def test_what_stood_before_a_hidden_step_leads_on_to_what_stood_after_it():
    links = {("a", "b"): REQUIRES, ("b", "c"): OPTIONAL}

    assert joined(links, hidden=["b"]) == {("a", "c"): OPTIONAL}


def test_a_line_that_is_there_already_stays_as_it_is():
    links = {("a", "b"): OPTIONAL, ("b", "c"): OPTIONAL, ("a", "c"): REQUIRES}

    assert joined(links, hidden=["b"]) == {("a", "c"): REQUIRES}


@given(LINKS, st.sets(KEYS))
def test_no_hidden_step_is_left_at_either_end(links, hidden):
    found = joined(links, hidden=hidden)

    assert {key for pair in found for key in pair} & hidden == set()
    kept = {pair: relation for pair, relation in links.items() if not set(pair) & hidden}
    assert kept.items() <= found.items()


# --- From the rows ----------------------------------------------------------


@pytest.fixture
def chain(db):
    first, second = CredentialFactory(name="First"), CredentialFactory(name="Second")
    Condition.objects.create(credential=second, relation="requires", target_credential=first)
    make_pathway(a=first, b=second)
    return first, second


def test_what_a_certification_requires_is_drawn_without_being_retyped(chain):
    found = way()

    assert titles(found) == [["First"], ["Second"]]
    assert lines(found) == {("First", "Second"): "requires"}
    assert asked(found, "Second") == [("requires", ["First"])]


def test_other_conditions_draw_no_line(chain):
    Condition.objects.update(relation="corequisite")

    assert lines(way()) == {}
    assert asked(way(), "Second") == []


def test_alternatives_are_told_as_such_and_none_is_drawn_as_required(chain):
    other = CredentialFactory(name="Elsewhere")
    Condition.objects.create(credential=chain[1], relation="requires", target_credential=other)

    assert asked(way(), "Second") == [("requires", ["First", "Elsewhere"])]
    assert lines(way()) == {("First", "Second"): "optional"}


def test_years_texts_and_skills_are_told_too(chain):
    for group, what in enumerate(
        [{"years_experience": 3}, {"text": "A course"}, {"target_skill": SkillFactory(name="Python")}], 2
    ):
        Condition.objects.create(credential=chain[1], relation="recommends", group=group, **what)

    assert asked(way(), "Second")[1:] == [
        ("recommends", ["3 years of experience"]),
        ("recommends", ["A course"]),
        ("recommends", ["Python"]),
    ]


def test_whether_a_pass_must_still_be_valid_is_said(chain):
    Condition.objects.update(must_be_current=False)
    (ask,) = step(way(), "Second").asks
    assert ask.options[0].note == "which may have lapsed"

    Condition.objects.update(must_be_current=None)
    (ask,) = step(way(), "Second").asks
    assert ask.options[0].note == ""


def test_the_edges_of_the_pathway_are_drawn_and_told(db):
    make_pathway(lines=[("a", "b", "optional")], a="Read", b="Write")

    assert lines(way()) == {("Read", "Write"): "optional"}
    assert asked(way(), "Write") == [("optional", ["Read"])]


def test_after_a_choice_any_of_its_steps_will_do(db):
    choices = [("c", 1, ["a", "b"])]
    make_pathway(lines=[("a", "z"), ("b", "z")], choices=choices, a="One", b="Two", z="End")

    assert asked(way(), "End") == [("recommends", ["One", "Two"])]


def test_the_steps_of_a_choice_stand_together_with_its_words(db):
    make_pathway(choices=[("c", 1, ["a", "z"])], a="Ape", m="Moth", z="Zebra")
    (stage,) = way().stages

    (together,) = [bundle for bundle in stage.bundles if bundle.choice]
    assert together.choice.words == "Any 1 of 2"
    assert {step.title for step in together.steps} == {"Ape", "Zebra"}


def test_a_choice_of_which_all_that_is_seen_is_needed_is_none(db):
    draft = SkillFactory(status="draft")
    make_pathway(choices=[("c", 1, ["a", "b"])], a="One", b=draft)

    assert step(way(), "One").choice is None


@pytest.mark.parametrize("factory", [CredentialFactory, SkillFactory, RoleFactory])
def test_a_draft_drops_out_and_its_neighbours_join(db, factory):
    draft = factory(name="Secret", status="draft")
    make_pathway(lines=[("a", "b"), ("b", "c")], a="Read", b=draft, c="Write")

    assert titles(way()) == [["Read"], ["Write"]]
    assert lines(way()) == {("Read", "Write"): "recommends"}
    assert asked(way(), "Write") == [("recommends", ["Read"])]


def test_a_draft_is_not_named_among_what_is_asked_for(chain):
    first, _ = chain
    first.status = "draft"
    first.save()

    assert asked(way(), "Second") == []


def test_a_retired_step_tells_what_takes_its_place(chain):
    first, second = chain
    ExamVersionFactory(credential=first, status="retired")
    ExamVersionFactory(credential=second)
    first.replaced_by.add(second)

    found = step(way(), "First")

    assert found.is_retired
    assert [one.title for one in found.instead] == ["Second"]
    assert step(way(), "Second").status == "active"


def test_steps_that_go_round_in_a_circle_are_still_shown(db):
    make_pathway(lines=[("a", "b"), ("b", "a")], a="Egg", b="Hen")

    assert sorted(step.title for step in way().steps) == ["Egg", "Hen"]
    assert len(lines(way())) == 1


def test_nothing_published_gives_no_picture(db):
    make_pathway(a=SkillFactory(status="draft"))

    assert (way().picture, way().stages) == (None, ())


def test_the_legend_has_only_what_is_drawn(db):
    make_pathway(lines=[("a", "b", "optional"), ("b", "c", "requires")], a="A", b="B", c="C")

    assert way().relations == (REQUIRES, OPTIONAL)


def test_twice_as_many_steps_cost_as_many_queries(db, django_assert_num_queries):
    def make(slug, count):
        steps = {f"s{n}": CredentialFactory() for n in range(count)}
        for credential in steps.values():
            ExamVersionFactory(credential=credential, status="retired")
            Condition.objects.create(credential=credential, target_skill=SkillFactory())
        make_pathway(slug, [(f"s{n}", f"s{n + 1}") for n in range(count - 1)], **steps)

    make("few", 2)
    make("many", 10)
    for slug in ("few", "many"):
        with django_assert_num_queries(10):
            way(slug)
