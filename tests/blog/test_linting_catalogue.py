"""What a text says of exams and roles, against a small catalogue."""

import pytest

from blog.rendering import KnownFacts
from tests.blog.checked import found, mended, story

ASSOCIATE = "Acme Certified Cloud Builder – Associate"
VERSUS = "Data Engineer vs Data Analyst"
COMPARISON = '<careers-block data-kind="comparison" data-ref="data-engineer,data-analyst"></careers-block>'


@pytest.mark.parametrize("text", ["Take ACB-C09 first.", "The exam ZZZ-900 is new.", "ACB-C07 comes later."])
def test_a_code_the_catalogue_does_not_have_is_found(text):
    assert len(found(story(f"<p>{text}</p>"), rule="exam-unknown")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Take ACB-C02 first.",
        "Read RFC-2119 before the exam.",
        "Encrypt with AES-256 and hash with SHA-512.",
        "The part ZZZ-900 is new.",
        "<code>ACB-C09</code>",
        "A GPT-4 certification",
    ],
)
def test_known_codes_and_what_is_no_code_pass(text):
    assert found(story(f"<p>{text}</p>"), rule="exam-unknown") == []


def test_an_empty_catalogue_knows_of_no_fault():
    one = story(f"<p>The exam ACB-C09 costs 99 USD.</p><p>{ASSOCIATE[:-1]}</p>", title=VERSUS)

    for rule in ("exam-unknown", "exam-retired", "wrong-name", "typed-price", "comparison"):
        assert found(one, rule=rule, facts=KnownFacts()) == []


def test_a_retired_exam_is_named_with_its_day_and_what_followed():
    (finding,) = found(story("<p>Begin with ACB-C01.</p>"), rule="exam-retired")

    assert "retired since 31 March 2025. It was followed by ACB-C02." in finding.message


def test_a_retired_code_of_any_make_is_found():
    assert len(found(story("<p>Begin with 220-1101.</p>"), rule="exam-retired")) == 1
    assert found(story("<p>Call 220-1101-77 or 1220-1101.</p>"), rule="exam-retired") == []


@pytest.mark.parametrize(
    "text", ["ACB-C01 was replaced by ACB-C02.", "Before it retired, ACB-C01 was easy.", "ACB-C02 is new."]
)
def test_a_text_that_tells_of_the_end_may_name_a_retired_exam(text):
    assert found(story(f"<p>{text}</p>"), rule="exam-retired") == []


def test_a_heading_or_the_head_of_a_table_may_tell_of_the_end():
    table = "<table><tr><th>Retired exam</th></tr><tr><td>ACB-C01</td></tr></table>"

    assert found(story("<h2>Exams withdrawn</h2><p>ACB-C01</p>"), rule="exam-retired") == []
    assert found(story(table), rule="exam-retired") == []
    assert len(found(story(table.replace("Retired exam", "Exam")), rule="exam-retired")) == 1


@pytest.mark.parametrize(
    "written",
    [
        "Acme Certified Cloud Builder Professional",
        "Acme Certified Builder Associate",
        "Acme Certified Cloud Builder",
    ],
)
def test_a_name_that_is_nearly_right_is_mended(written):
    better = mended(story(f"<p>Take the {written} exam.</p>"), "wrong-name")

    assert better.body == f"<p>Take the {ASSOCIATE} exam.</p>"


@pytest.mark.parametrize(
    "text",
    [
        f"Take {ASSOCIATE}.",
        "Take Acme Certified Cloud Builder - Associate.",
        "Take acme certified cloud builder: associate.",
        "Everything Acme Certified people know.",
        "Acme Certified Welder Grade Nine",
        "<code>Acme Certified Cloud Builder</code>",
    ],
)
def test_right_names_and_other_things_pass(text):
    assert found(story(f"<p>{text}</p>"), rule="wrong-name") == []


@pytest.mark.parametrize("money", ["$150", "US$ 1,500", "150 USD", "99.50 euros", "£120"])
@pytest.mark.parametrize("name", ["ACB-C02", "ACCB", ASSOCIATE])
def test_a_typed_price_becomes_a_live_one(money, name):
    better = mended(story(f"<p>Sitting {name} costs {money} at most.</p>"), "typed-price")

    fact = '<careers-fact data-ref="cloud-builder" data-field="price"></careers-fact>'
    assert better.body == f"<p>Sitting {name} costs {fact} at most.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "A seat costs $150.",
        "AMK-100 costs $300.",
        "ACB-C02 has 65 questions.",
        "ACB-C02: <code>$150</code>",
        "XACCB is $5.",
    ],
)
def test_money_for_other_things_passes(text):
    assert found(story(f"<p>{text}</p>"), rule="typed-price") == []


def test_a_price_beside_two_names_is_found_and_left_to_the_writer():
    (finding,) = found(story("<p>ACB-C02 is 150 USD, ACB-C02 and ACCB too.</p>"), rule="typed-price")

    assert finding.fix is not None


@pytest.mark.parametrize(
    "title",
    [
        VERSUS,
        "Data engineers versus data analysts",
        "Data Engineer vs. Data Analyst: which one",
        "How an ETL developer vs data analyst works",
    ],
)
def test_a_title_that_compares_gets_its_comparison_before_the_first_heading(title):
    one = story("<p>Text.</p><h2>More</h2><p>x</p>", title=title)

    assert mended(one, "comparison").body.split("\n")[1] == COMPARISON


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (VERSUS, f"<p>x</p>{COMPARISON}"),
        ("Postgres vs MySQL", "<p>x</p>"),
        ("Data engineer or data analyst", "<p>x</p>"),
        ("Data Engineer vs Plumber", "<p>x</p>"),
    ],
)
def test_a_title_without_a_pair_of_roles_or_with_its_comparison_passes(title, body):
    assert found(story(body, title=title), rule="comparison") == []


def test_a_comparison_of_other_roles_does_not_count():
    other = COMPARISON.replace("data-analyst", "plumber")

    assert len(found(story(other, title=VERSUS), rule="comparison")) == 1
