"""What `make test` runs, and what it says of it."""

import pytest

from tests.__main__ import Result, planned, report


def shares(postgres_url, *, browser):
    return {run.name: run.which for run in planned(postgres_url, browser=browser)}


def test_the_browser_has_a_run_of_its_own_and_its_whole_loop_is_on_both_databases():
    assert shares("postgresql://", browser=True) == {
        "SQLite": "not e2e",
        "PostgreSQL": "database and (not e2e or both_databases)",
        "Chromium": "e2e",
    }


def test_without_a_browser_or_postgresql_the_rest_runs():
    assert shares(None, browser=False) == {"SQLite": "not e2e"}
    assert shares("postgresql://", browser=False) == {
        "SQLite": "not e2e",
        "PostgreSQL": "database and not e2e",
    }


@pytest.mark.django_db
def test_what_asks_a_database_is_known_by_it(request):
    assert request.node.get_closest_marker("database")


def test_what_asks_none_runs_once(request):
    assert not request.node.get_closest_marker("database")


@pytest.mark.parametrize(("required", "code"), [("1", 1), ("", 0)])
def test_what_did_not_run_is_said_and_is_a_failure_where_all_is_required(monkeypatch, capsys, required, code):
    monkeypatch.setenv("REQUIRE_ALL", required)

    assert report([Result("SQLite", True, "...\n12 passed in 1s", 0)], missing=["Chromium"]) == code
    assert "SQLite: 12 passed in 1s\nNOT RUN: Chromium\n" in capsys.readouterr().out


def test_one_failed_run_fails_the_whole(capsys):
    results = [Result("SQLite", True, "1 passed", 0), Result("PostgreSQL", False, "1 failed", 3)]

    assert report(results, missing=[]) == 1
    assert "PostgreSQL: 1 failed (3 in " in capsys.readouterr().out
