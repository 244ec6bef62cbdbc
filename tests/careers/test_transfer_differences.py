from hypothesis import given
from hypothesis import strategies as st

from careers.transfer.differences import lines
from careers.transfer.nouns import BY_NAME

PARTS = BY_NAME["roles"].parts
SKILL = {"skill": "sql", "importance": 4, "level": 5}
values = st.dictionaries(st.sampled_from(["summary", "name", "main_focus"]), st.text(min_size=1))


def test_a_changed_value_shows_before_and_after():
    before, after = {"summary": "Old.", "job_zone": 3}, {"summary": "New.", "job_zone": 4}

    assert lines(before, after, PARTS) == ["summary: Old. → New.", "job_zone: 3 → 4"]


def test_a_value_that_comes_and_one_that_goes():
    assert lines({"summary": "Old."}, {"sources": ["CSL", "GK"]}, PARTS) == [
        "sources: CSL, GK",
        "summary: gone",
    ]


def test_a_row_is_called_by_what_tells_it_apart():
    before, after = {"role_skills": [SKILL]}, {"role_skills": [{**SKILL, "importance": 5}]}

    assert lines(before, after, PARTS) == ["role_skills sql importance: 4 → 5"]


def test_a_row_that_goes_is_one_line():
    assert lines({"role_skills": [SKILL]}, {}, PARTS) == ["role_skills sql: gone"]


def test_rows_that_nothing_tells_apart_are_numbered():
    before, after = ({"renewals": [{"note": note}, {"note": "Same."}]} for note in ("Old.", "New."))

    assert lines(before, after, BY_NAME["credentials"].parts) == ["renewals 1 note: Old. → New."]


def test_two_rows_of_one_name_are_both_told():
    tasks = [{"text": "Write", "order": number} for number in (1, 2)]

    assert "tasks Write (2) order: 2" in lines({}, {"tasks": tasks}, PARTS)


def test_a_long_text_is_cut_and_runs_on_one_line():
    (line,) = lines({}, {"summary": "word\n" * 100}, PARTS)

    assert len(line) < 100
    assert "\n" not in line


@given(before=values, after=values)
def test_there_are_lines_where_there_is_a_difference_and_nowhere_else(before, after):
    assert bool(lines(before, after, PARTS)) == (before != after)
