"""What the figures say of the rounds."""

import json

import pytest

from benchmarks import report

ONE = {"per_second": 10.0, "cpu": 4.0, "p50": 1.0, "p99": 2.0}
BASE = {"per_second": 100.0, "cpu": 1.0, "p50": 0.5, "p99": 1.0}


def rounds(*rates):
    bases = {name: BASE | {"per_second": 100.0 * n} for n, name in enumerate(report.BASES, start=1)}
    return [
        bases | {"cold": ONE | {"per_second": rate}, "hot": ONE | {"per_second": 300.0}} for rate in rates
    ]


def test_a_ratio_is_taken_within_each_round_and_told_at_least_and_usually():
    assert report.ratio(rounds(10.0, 30.0, 20.0), "cold", report.CALIBRATOR) == {"least": 0.1, "median": 0.2}


def test_of_processor_time_less_is_better():
    found = report.ratio(rounds(10.0), "cold", report.CALIBRATOR, "cpu")

    assert found == {"least": 0.25, "median": 0.25}


def test_time_too_short_to_be_counted_makes_no_ratio():
    idle = [{"cold": ONE | {"cpu": 0.0}, report.CALIBRATOR: BASE}]

    assert report.ratio(idle, "cold", report.CALIBRATOR, "cpu") == {"least": 0.0, "median": 0.0}


@pytest.mark.parametrize(
    ("value", "shown"), [(12345.6, "12,346"), (99.94, "99.9"), (3.14159, "3.14"), (0.01234, "0.012")]
)
def test_numbers_have_the_digits_that_count(value, shown):
    assert report.short(value) == shown


def test_the_table_is_markdown_with_the_machine_the_date_and_a_row_for_each_page():
    size = {
        "loaded in": 3,
        "started in": 1.5,
        "memory": [90.0, 80.0],
        "imported": 20.0,
        "pages": {"home": {"queries": 7, "bytes": 4000, "rounds": rounds(10.0, 20.0, 30.0)}},
        "publishing": {"home": [{"quiet": ONE | {"p99": 2.0}, "publishing": ONE | {"p99": 3.0}}]},
    }
    told = report.markdown(
        {
            "date": "2026-11-26",
            "database": "SQLite",
            "machine": {"processors": 2},
            "load": "wrk",
            "rounds": 3,
            "seconds": 2.0,
            "sizes": {"1000": size},
        }
    )

    assert told.startswith("# Figures of 2026-11-26 on SQLite")
    assert "- processors: 2" in told
    assert (
        "| home | 7 | 4,000 | 20.0 | 4.00 | 1.00 | 2.00 "
        "| 0.100 / 0.200 | 0.050 / 0.100 | 0.250 / 0.250 |" in told
    )
    assert "| home | – | 4,000 | 300 |" in told
    assert "3.00 ms, 2.00 ms without: × 1.50, at most 1.5" in told


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    lines = report.table(("a", "b"), [["1", "2"], ["3", "4"]])

    assert {line.count("|") for line in lines} == {3}


def test_figures_are_kept_as_json_and_as_a_text_to_quote(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(report, "FIGURES", tmp_path / "figures")

    report.keep({"rounds": 1}, "# Figures", "latest", suffix="md")

    assert json.loads((tmp_path / "figures" / "latest.json").read_text()) == {"rounds": 1}
    assert (tmp_path / "figures" / "latest.md").read_text() == "# Figures"
