from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from careers.models import ExamVersion
from careers.templatetags.careers import money, nth, partial_date, share, status_tone


@pytest.mark.parametrize("status", ExamVersion.Status)
def test_every_status_has_a_colour(status):
    assert status_tone(status) in {"good", "warn", "bad", "plain"}


def test_only_what_can_be_sat_without_reserve_is_good():
    good = [status for status in ExamVersion.Status if status_tone(status) == "good"]

    assert good == [ExamVersion.Status.ACTIVE]


@pytest.mark.parametrize(
    ("value", "most", "width"), [("5.00", 5, 100), ("4", 5, 80), ("0", 7, 0), ("3.5", 7, 50)]
)
def test_a_bar_is_as_wide_as_the_value_is_far_along_its_scale(value, most, width):
    assert share(Decimal(value), most) == width


def test_a_date_is_said_as_exactly_as_it_is_known():
    assert partial_date(date(2026, 7, 1), "quarter") == "third quarter of 2026"
    assert partial_date(None, "day") == "not known"


def test_the_filters_work_where_they_are_used():
    template = Template("{% load careers %}{{ day|partial_date:'month' }}")

    assert template.render(Context({"day": date(2026, 9, 1)})) == "September 2026"


def test_a_sum_reads_in_templates_as_everywhere():
    assert (money(Decimal("165.00"), "USD"), money(Decimal(0), "USD")) == ("USD 165", "free")


def test_a_cell_finds_what_heads_its_column():
    assert nth(["Data Analyst", "Data Engineer"], 1) == "Data Engineer"


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "on 1 July 2026"),
        ("month", "in July 2026"),
        ("quarter", "in the third quarter of 2026"),
        ("year", "in 2026"),
    ],
)
def test_the_day_of_the_last_check_reads_as_a_sentence(precision, words):
    entry = {"checked_on": date(2026, 7, 1), "checked_on_precision": precision}

    shown = render_to_string("careers/_checked.html", {"entry": entry})

    assert f"Facts checked {words} or later." in shown
