"""What every test may use."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext

from tests import databases

# Playwright's synchronous interface runs an event loop in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("patient", deadline=None, max_examples=20)
hypothesis.settings.load_profile("patient")

# The shell is the browser without its own pages: those take more of a processor than the site's.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)

USES_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_report_header() -> str:
    database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    return f"database: {database}; browser: {CHROMIUM or 'none'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    others = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    theirs = [item for item in items if item.get_closest_marker(others)]
    items[:] = [item for item in items if item not in theirs]
    config.hook.pytest_deselected(items=theirs)
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker("e2e")
        if item.get_closest_marker("django_db") or USES_A_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What was imported stays: going through it in search of garbage again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_unconfigure() -> None:
    if settings.configured:
        shutil.rmtree(settings.SCRATCH, ignore_errors=True)


@pytest.fixture(autouse=True)
def no_memory_of_earlier_tests() -> None:
    forget()


def forget() -> None:
    from website import desk_check, missing  # once the apps are ready
    from website.search import asked

    missing.tally.take()
    asked.tally.take()
    for cache in caches.all():
        cache.clear()
    desk_check.facts_on.forget()


@pytest.fixture(autouse=True)
def media_folder() -> Iterator[Path]:
    """The folder for uploaded files, empty.

    The same for each test: a setting that changes with every one costs more than looking whether it is empty.
    """
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(exist_ok=True)
    yield folder
    if any(folder.iterdir()):
        shutil.rmtree(folder)


@pytest.fixture
def count_queries() -> Callable[..., int]:
    """``count_queries(client, url)``: how many queries a page costs. Compare 2 rows with 10."""

    def count(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        return len(queries)

    return count


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker) -> Iterator[Callable[..., Any]]:
    """``for_the_module(make)`` makes rows once for all tests of a module.

    What a test adds or changes is undone after it, as always: its transaction lies within the module's. Such
    a module has no tests that commit, and no ``TestCase``, which would close the connection.
    """
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()

    def make(rows: Callable[..., Any], *given: Any) -> Any:
        forget()
        with django_db_blocker.unblock():
            return rows(*given)

    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="session")
def kept_database():
    return databases.kept()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_createdb, kept_database, django_db_blocker) -> bool:
    """Also where a kept database was put in place before."""
    with django_db_blocker.unblock():
        return django_db_keepdb or (not django_db_createdb and kept_database.take())


@pytest.fixture(scope="session")
def django_db_setup(kept_database, django_db_setup, django_db_blocker):
    """Keeps what the migrations made.

    Ends what the browser's last request may have left open, or PostgreSQL refuses to drop its database.
    """
    with django_db_blocker.unblock():
        kept_database.keep()
        made = databases.standing()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: databases.empty(made))
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


# --- A real browser ---------------------------------------------------------------------------------------
# A test in tests/e2e takes ``page``: the site runs for it at "/", on its own empty database.


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            # Whatever a page asks from elsewhere is a mistake, and fails.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "reduced_motion": "reduce"}
