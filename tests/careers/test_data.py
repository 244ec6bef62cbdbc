"""The data files themselves, before anything loads them."""

import json
import re

import pytest

from careers.transfer import DATA


def rows(name):
    return json.loads((DATA / f"{name}.json").read_text())


def ids(name):
    return {row["id"] for row in rows(name)}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("roles", 12),
        ("skills", 33),
        ("credentials", 60),
        ("providers", 16),
        ("sources", 16),
        ("dimensions", 4),
        ("comparisons", 1),
        ("preference_statements", 13),
    ],
)
def test_no_fact_is_lost(name, count):
    assert len(rows(name)) == len(ids(name)) == count


def test_every_conflict_between_sources_is_kept():
    assert sum(len(row.get("conflicts", [])) for row in rows("credentials")) == 16


def test_what_comes_before_what_is_kept():
    before = {row["id"]: row["requires"] for row in rows("credentials") if row["requires"]}

    assert before == {"ms-azure-solutions-architect": ["ms-azure-administrator"], "cks": ["cka"]}


def test_requirements_and_recommendations_point_at_certifications():
    named = {key for row in rows("credentials") for key in (*row["requires"], *row["recommends"])}

    assert named <= ids("credentials")


def test_every_recommendation_has_a_reason_of_its_own():
    reasons = [advice["reason"] for row in rows("roles") for advice in row["recommended_certifications"]]

    assert len(set(reasons)) == len(reasons) == 52
    assert all(20 < len(reason) <= 200 and reason.endswith(".") for reason in reasons)


@pytest.mark.parametrize("name", ["roles", "skills", "credentials", "providers"])
def test_everything_is_summed_up_in_words_of_its_own(name):
    summaries = [row["summary"] for row in rows(name)]

    assert len(set(summaries)) == len(summaries)
    assert all(summary.endswith(".") for summary in summaries)


def test_a_role_is_summed_up_in_two_sentences():
    for row in rows("roles"):
        assert len(re.findall(r"[.!?](?: |$)", row["summary"])) == 2, row["id"]


def test_preference_statements_weigh_known_roles_from_nought_to_three():
    for row in rows("preference_statements"):
        assert set(row["weights"]) <= ids("roles")
        assert set(row["weights"].values()) <= {0, 1, 2, 3}


def test_addresses_are_ascii():
    for name in ("roles", "skills", "credentials", "providers", "technologies"):
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in ids(name)), name
        assert not any("-vs-" in key for key in ids(name)), name
