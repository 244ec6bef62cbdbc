from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.importing.faults import RowFault
from careers.importing.values import (
    clean,
    day,
    flag,
    fold,
    is_empty,
    language,
    number,
    plain,
    quoted,
    same,
    whole,
    without_markup,
)

anything = st.text(st.characters(), max_size=80)


@given(anything)
def test_any_text_is_a_number_within_bounds_or_nothing_or_a_sentence(text):
    with suppress(RowFault):
        found = number(text, 1, 5, column="Data Value")
        assert found is None or 1 <= found <= 5


@given(st.decimals(0, 7, places=2))
def test_a_number_means_itself(value):
    assert number(f" {value} ", 0, 7, column="Data Value") == value


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-inf", "1e999", "1e1", "٣", "3,5", "0x3", "7.01", "-1", "1_0", "9" * 99]
)
def test_what_only_looks_like_a_number_is_refused(text):
    with pytest.raises(RowFault, match="is no number from 0 to 7"):
        number(text, 0, 7, column="Data Value")


@pytest.mark.parametrize("text", ["n/a", "", " N/A "])
def test_nothing_is_not_known_and_never_zero(text):
    assert number(text, 0, 7, column="Data Value") is None
    assert whole(text, 0, 7, column="N") is None
    assert flag(text, column="In Demand") is None


def test_a_whole_number_has_no_fraction():
    assert whole("8", 0, 9, column="N") == 8
    with pytest.raises(RowFault, match="no whole number"):
        whole("8.5", 0, 9, column="N")


@pytest.mark.parametrize("text", ["yes", "1", "YN"])
def test_a_flag_is_y_or_n(text):
    with pytest.raises(RowFault, match="neither Y nor N"):
        flag(text, column="Hot Technology")


@given(anything)
def test_folding_twice_is_folding_once(name):
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_capitals_dashes_and_marks_do_not_tell_names_apart(word):
    assert fold(f"{word.upper()}™ – x") == fold(f" {word.upper().lower().upper()}  -  X")


def test_c_its_two_children_and_r_stay_four():
    assert len({fold(name) for name in ("C", "C++", "C#", "R")}) == 4


@given(anything)
def test_text_is_one_clean_line_or_refused(text):
    with suppress(RowFault):
        found = clean(text)
        assert "\0" not in found
        assert found == " ".join(found.split())
        found.encode()


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "a\x1b[2Jb"])
def test_bytes_that_are_no_text_are_refused_and_not_repeated(text):
    with pytest.raises(RowFault) as refused:
        clean(text, column="Title")

    assert str(refused.value).isprintable()


def test_text_that_does_not_fit_is_refused_and_shown_short():
    with pytest.raises(RowFault, match="longer than 10 characters") as refused:
        clean("a" * 1000, column="Title", longest=10)

    assert len(str(refused.value)) < 150


@given(anything)
def test_what_is_quoted_is_short_and_moves_no_cursor(text):
    assert quoted(text).isprintable()
    assert len(quoted(text)) <= 62


@pytest.mark.parametrize(
    ("tag", "ours"),
    [
        ("en", "en"),
        ("en-us", "en"),
        ("pt-br", "pt-BR"),
        ("zh-cn", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-hans", "zh-Hans"),
        ("ja-jp", "ja"),
        ("de-de", "de"),
        ("es-419", "es-419"),
        ("en-GB", "en-GB"),
    ],
)
def test_languages_are_told_as_the_catalogue_tells_them(tag, ours):
    assert language(tag) == ours


@given(st.one_of(anything, st.none(), st.integers(), st.lists(st.integers(), max_size=2)))
def test_any_language_is_a_code_or_a_sentence(tag):
    with suppress(RowFault):
        found = language(tag)
        assert language(found) == found


def test_a_moment_counts_as_its_day():
    assert day("2026-09-27T00:00:00+00:00", column="x") == date(2026, 9, 27)
    assert day("2024-01-25 11:28:50.295000", column="x") == date(2024, 1, 25)
    assert day(None, column="x") is None


@pytest.mark.parametrize("value", ["31/12/2026", "2026-02-30", "soon", 5, ["2026-01-01"], "9" * 500])
def test_a_date_that_is_none_is_refused(value):
    with pytest.raises(RowFault, match="is no date"):
        day(value, column="retirement_date")


def test_markup_goes_and_what_it_says_stays():
    assert without_markup("Sample: <b>AI</b> &amp; <script>x</script>Data") == "Sample: AI & xData"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (4, Decimal("4.00")),
        (Decimal("4.10"), "4.1"),
        (["b", "a"], ["a", "b"]),
        (date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_the_same_in_other_words_is_the_same(one, other):
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("003", "3"), (0, None), (False, None), ("", None), (1, True), (["a"], ["a", "a"])]
)
def test_what_means_something_else_is_not_the_same(one, other):
    assert not same(one, other) or plain(one) == plain(other)


@pytest.mark.parametrize("value", [None, "", [], False])
def test_what_says_nothing_may_be_filled(value):
    assert is_empty(value)


@pytest.mark.parametrize("value", [0, "x", ["x"], True, Decimal(0)])
def test_a_zero_says_something(value):
    assert not is_empty(value)
