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
        ("sources", 24),
        ("dimensions", 4),
        ("comparisons", 1),
        ("preference_statements", 13),
        ("events", 31),
    ],
)
def test_no_fact_is_lost(name, count):
    assert len(rows(name)) == len(ids(name)) == count


def test_every_conflict_between_sources_is_kept_as_a_check_or_in_a_sentence():
    credentials = rows("credentials")
    told = {row["id"]: row["conflicts"] for row in credentials if "conflicts" in row}
    checks = [check for row in credentials for check in row.get("checks", [])]

    assert {key: len(texts) for key, texts in told.items()} == {"pcap": 1, "nvidia-nca-genl": 1}
    assert len(checks) == 18
    assert {row["id"] for row in credentials if "checks" in row} | set(told) == {
        "pcep",
        "pcap",
        "aws-genai-developer-professional",
        "ms-azure-ai-engineer",
        "ms-agentic-ai-architect-expert",
        "databricks-genai-engineer-associate",
        "databricks-ml-professional",
        "oracle-java-se-21",
        "nvidia-nca-genl",
        "cka",
    }


def test_a_check_of_unknown_date_says_so():
    undated = {"PY-GUIDES", "AIP-GUIDES", "JAVA-GUIDES"}
    checks = [check for row in rows("credentials") for check in row.get("checks", [])]

    assert all(check["note"] for check in checks if check["source"] in undated)


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


def test_two_points_have_a_reason_of_one_sentence():
    for row in rows("preference_statements"):
        assert set(row["reasons"]) == {role for role, weight in row["weights"].items() if weight >= 2}
        for reason in row["reasons"].values():
            assert 20 < len(reason) <= 200
            assert reason.endswith(".")


def test_events_are_told_in_sentences_and_point_at_certifications():
    for row in rows("events"):
        assert row["credential"] in ids("credentials")
        assert row["source"] in ids("sources")
        assert len(row["note"]) <= 300, row["id"]
        assert row["note"].endswith("."), row["id"]


def test_what_is_still_to_come_has_a_day_to_look_again():
    uncertain = [row for row in rows("events") if row["certainty"] != "confirmed"]

    assert all(row["review_on"] for row in uncertain)


def test_addresses_are_ascii():
    for name in ("roles", "skills", "credentials", "providers", "technologies"):
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in ids(name)), name
        assert not any("-vs-" in key for key in ids(name)), name


def test_no_exam_is_said_to_be_open_on_the_word_of_who_announced_it():
    """Whoever looked before the day it was to open can only have read the announcement."""
    confirmed = {
        row["version"] for row in rows("events") if row.get("certainty") == "confirmed" and "version" in row
    }
    early = [
        row["id"]
        for row in rows("credentials")
        for version in row.get("versions", [])
        if version["status"] not in ("in_development", "retired")
        and version.get("available_from", "")[: len(row["as_of"])] > row["as_of"]
        and f"{row['provider']}-{version.get('exam_code')}".lower() not in confirmed
    ]

    assert early == []
