"""The data file of the pathways, before anything loads it."""

import json

import pytest

from careers.models import PathwayEdge
from careers.models.pathways import refuse_cycles
from careers.transfer import DATA


def rows(name):
    return json.loads((DATA / f"{name}.json").read_text())


PATHWAYS = rows("pathways")
IDS = {
    kind: {row["id"] for row in rows(name)}
    for kind, name in {"credential": "credentials", "skill": "skills", "role": "roles"}.items()
}
each = pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda row: row["id"])


def test_there_are_six_each_leading_to_a_role_of_its_own():
    assert len({row["id"] for row in PATHWAYS}) == len({row["name"] for row in PATHWAYS}) == 6
    assert len({row["role"] for row in PATHWAYS}) == 6
    assert {row["role"] for row in PATHWAYS} <= IDS["role"]


@each
def test_a_pathway_has_only_the_words_of_its_format(pathway):
    assert set(pathway) == {"id", "name", "summary", "intro", "role", "choices", "steps", "edges"}
    for step in pathway["steps"]:
        needed = {"key", "kind", "text"} if step["kind"] == "text" else {"key", "kind", "of"}
        assert needed <= set(step) <= needed | {"note", "choice"}


@each
def test_every_step_stands_for_something_that_there_is(pathway):
    for step in pathway["steps"]:
        assert step["kind"] == "text" or step["of"] in IDS[step["kind"]]
    keys = [step["key"] for step in pathway["steps"]]
    assert len(set(keys)) == len(keys)


@each
def test_a_choice_has_more_steps_than_it_needs(pathway):
    keys = [choice["key"] for choice in pathway["choices"]]
    chosen = [step["choice"] for step in pathway["steps"] if "choice" in step]

    assert set(chosen) == set(keys)
    assert all(chosen.count(choice["key"]) > choice["needed"] >= 1 for choice in pathway["choices"])


@each
def test_what_certifications_ask_of_each_other_is_not_retyped(pathway):
    said = {
        (before, row["id"])
        for row in rows("credentials")
        for before in (*row["requires"], *row["recommends"])
    }
    facts = {step["key"]: step.get("of") for step in pathway["steps"]}
    edges = {(facts[edge["from"]], facts[edge["to"]]) for edge in pathway["edges"]}

    assert edges & said == set()


@each
def test_the_lines_join_steps_once_and_never_lead_back(pathway):
    keys = [step["key"] for step in pathway["steps"]]
    facts = {step.get("of"): step["key"] for step in pathway["steps"]}
    pairs = [(edge["from"], edge["to"]) for edge in pathway["edges"]]
    asked = [
        (facts[before], facts[row["id"]])
        for row in rows("credentials")
        for before in (*row["requires"], *row["recommends"])
        if before in facts and row["id"] in facts
    ]

    assert {key for pair in pairs for key in pair} <= set(keys)
    assert len(set(pairs)) == len(pairs)
    assert {edge["relation"] for edge in pathway["edges"]} <= set(PathwayEdge.Relation.values)
    refuse_cycles((keys.index(start), keys.index(end)) for start, end in [*pairs, *asked])
    assert {key for pair in [*pairs, *asked] for key in pair} == set(keys), "a step that nothing joins"


@each
def test_the_texts_fit_their_fields_and_are_sentences(pathway):
    assert 20 < len(pathway["summary"]) <= 200
    assert pathway["summary"].endswith(".")
    assert pathway["intro"].endswith(".")
    for step in pathway["steps"]:
        assert len(step.get("text", "")) <= 120
        assert not step.get("note") or (step["note"].endswith(".") and len(step["note"]) <= 200)
