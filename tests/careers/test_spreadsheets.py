import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.spreadsheets import BEGINS_A_FORMULA, csv_response, csv_text

# csv reads a NUL on no Python before 3.11 and a lone surrogate cannot be sent; no stored text has either.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.lists(st.lists(texts, min_size=1), max_size=4))
def test_what_is_written_is_read_again_but_for_the_apostrophe(rows):
    assert [[c.removeprefix("'") for c in row] for row in read(csv_text(rows))] == [
        [c.removeprefix("'") for c in row] for row in rows
    ]


@given(texts)
def test_no_cell_begins_a_formula(text):
    ((cell, _),) = read(csv_text([[text, "x"]]))

    assert not cell.startswith(BEGINS_A_FORMULA)


@pytest.mark.parametrize("attack", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_a_formula_becomes_a_text(attack):
    assert read(csv_text([[attack]])) == [[f"'{attack}"]]


def test_nothing_is_an_empty_cell_and_a_number_itself():
    assert csv_text([[None, 3]]) == ",3\r\n"


def test_a_browser_saves_it_under_its_name():
    response = csv_response("roles", [["ü"]])

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="roles.csv"'
    assert response.content == "ü\r\n".encode()
