from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.timeline_picture import MOST_TICKS, NARROW, WIDE, Span, picture, width_of

ON = date(2026, 11, 25)
DAYS = st.dates()


def span(start=None, end=None, **more):
    known = {"label": "XX-001", "ends_before": None, "is_open": True, "is_over": False}
    return Span(start=start, end=end, **{**known, **more})


def day(text):
    found = date.fromisoformat(text)
    return found, found


@st.composite
def ranges(draw):
    one, other = sorted([draw(DAYS), draw(DAYS)])
    return one, other


@st.composite
def spans(draw):
    start, end = draw(st.none() | ranges()), draw(st.none() | ranges())
    if start and end and end[0] < start[1]:
        end = None
    return span(start, end, label=draw(st.text(max_size=80)), is_open=draw(st.booleans()))


@given(
    st.lists(spans(), max_size=4),
    st.lists(ranges(), max_size=6),
    DAYS,
    st.sampled_from([WIDE, NARROW]),
)
def test_everything_is_inside_the_picture(bars, events, on, style):
    marks = [(number, *pair) for number, pair in enumerate(events, start=1)]
    found = picture(bars, marks, style, on=on)

    for bar in found.bars:
        for piece in bar.pieces:
            assert 0 <= piece.x <= piece.x + piece.width <= style.width + 0.5
            assert 0 < piece.opacity <= 1
        assert bar.under < found.floor + 1
    for mark in found.marks:
        assert 10 <= mark.x <= style.width - 10
        assert 10 <= mark.y < found.floor
    assert 0 <= found.today <= style.width
    assert len(found.ticks) <= MOST_TICKS


@given(st.lists(ranges(), max_size=12))
def test_no_two_numbers_cover_each_other(events):
    events = sorted(events)
    marks = picture([], [(n, *pair) for n, pair in enumerate(events, 1)], NARROW, on=ON).marks

    for index, one in enumerate(marks):
        assert all(abs(one.x - other.x) >= 20 or one.y != other.y for other in marks[:index])


def test_a_bar_of_known_days_is_solid_and_its_end_is_marked():
    (bar,) = picture([span(day("2025-01-01"), day("2026-01-01"))], [], WIDE, on=ON).bars

    assert [piece.opacity for piece in bar.pieces] == [1.0]
    assert bar.closes == bar.pieces[0].x + bar.pieces[0].width


def test_what_nobody_knows_fades_on_both_sides():
    (bar,) = picture([span()], [], WIDE, on=ON).bars
    faint = [piece.opacity for piece in bar.pieces]

    assert faint[0] < faint[1] < 1.0
    assert faint[-1] < faint[-2] < 1.0
    assert bar.closes is None


def test_a_quarter_is_a_slope_over_its_days():
    quarter = (date(2026, 7, 1), date(2026, 9, 30))
    (bar,) = picture([span(quarter, day("2027-01-01"))], [], WIDE, on=ON).bars
    sloping = [piece for piece in bar.pieces if piece.opacity < 1]

    assert len(sloping) == 5
    assert sum(piece.width for piece in sloping) == pytest.approx(
        WIDE.width * 92 / ((date(2027, 1, 1) - date(2026, 7, 1)).days + 440), rel=0.05
    )


def test_what_is_over_since_nobody_knows_when_fades_before_today():
    (bar,) = picture([span(ends_before=ON - timedelta(days=1), is_over=True)], [], WIDE, on=ON).bars
    last = bar.pieces[-1]

    assert last.opacity < 0.2
    assert last.x + last.width <= picture([], [], WIDE, on=ON).today + WIDE.width
    assert bar.closes is None


@pytest.mark.parametrize(
    ("more", "tone"),
    [({}, "open"), ({"is_over": True}, "over"), ({"is_open": False}, "announced")],
)
def test_a_bar_tells_what_is_open_over_or_announced(more, tone):
    assert span(**more).tone == tone


def test_a_label_too_long_for_a_phone_has_more_lines_there_and_loses_no_word():
    label = "XX-001 · English, Spanish, Portuguese, Polish, Japanese"
    wide, narrow = (picture([span(label=label)], [], style, on=ON).bars[0] for style in (WIDE, NARROW))

    assert [line.text for line in wide.lines] == [label]
    assert len(narrow.lines) == 2
    assert " ".join(line.text for line in narrow.lines) == label


def test_what_three_lines_have_no_room_for_is_cut_and_says_so():
    (bar,) = picture([span(label="Portuguese, " * 20)], [], NARROW, on=ON).bars

    assert len(bar.lines) == 3
    assert bar.lines[-1].text.endswith("…")


def test_a_bar_leaves_room_for_all_lines_of_the_label_below_it():
    label = "XX-001 · English, Spanish, Portuguese, Polish, Japanese"
    first, second = picture([span(label=label)] * 2, [], NARROW, on=ON).bars

    assert first.lines[-1].y < first.top < first.under < second.lines[0].y - 12


def test_the_line_of_today_strikes_through_no_label():
    label = "XX-001 · English, Spanish, Portuguese, Polish, Japanese"
    found = picture([span(label=label), span(label="XX")], [], NARROW, on=ON)
    long, short = found.bars

    assert NARROW.left + width_of(long.lines[0], NARROW) > found.today
    for line in long.lines[:1]:
        assert not any(start < line.y - 4 < end for start, end in found.today_pieces)
    assert any(start < short.lines[0].y < end for start, end in found.today_pieces)
    assert any(start < long.top < long.under < end for start, end in found.today_pieces)
    assert found.today_pieces[-1][1] == found.floor
