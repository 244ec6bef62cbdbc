from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LONG_AGO
from website import missing
from website.models import MissingAddress
from website.tally import AT_LATEST

pytestmark = pytest.mark.django_db


def note(*paths, now=LONG_AGO):
    for path in paths:
        missing.note(path, now=now)


def counted():
    return dict(MissingAddress.objects.values_list("path", "times"))


def test_a_missing_address_writes_nothing_at_once(client):
    with CaptureQueriesContext(connection) as queries:
        client.get("/nowhere/")

    assert not [query for query in queries if not query["sql"].lstrip().startswith(("SELECT", "WITH"))]


def test_what_was_counted_is_written_down_after_a_while():
    note("/a/", "/A", "/b/")
    assert counted() == {}

    note("/a/", now=LONG_AGO + AT_LATEST)

    assert counted() == {"/a/": 3, "/b/": 1}


def test_counts_add_up_and_the_last_day_is_kept():
    note("/a/")
    missing.write_down(now=LONG_AGO)
    note("/a/", "/a/")
    missing.write_down(now=LONG_AGO + timedelta(days=2))

    row = MissingAddress.objects.get()
    assert (row.times, row.last_asked_on) == (3, (LONG_AGO + timedelta(days=2)).date())


def test_ten_cost_as_many_queries_as_two():
    def cost(number):
        note(*[f"/{number}-{n}-nowhere/" for n in range(number)])
        with CaptureQueriesContext(connection) as queries:
            missing.write_down(now=LONG_AGO)
        return len(queries)

    assert cost(10) == cost(2)


def test_the_table_is_bounded_and_the_least_asked_for_goes_first(monkeypatch):
    monkeypatch.setattr(missing, "KEPT", 2)
    MissingAddress.objects.create(path="/ignored/", times=1, last_asked_on=LONG_AGO, is_ignored=True)
    note("/often/", "/often/", "/once/", "/twice/", "/twice/")

    missing.write_down(now=LONG_AGO)

    assert set(counted()) == {"/ignored/", "/often/"} or set(counted()) == {"/ignored/", "/twice/"}


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php",
        "/blog/wp-admin/setup.php",
        "/.env",
        "/.git/config",
        "/index.php",
        "/backup.zip",
        "/cgi-bin/x/",
        "/admin/nowhere/",
        "/static/css/gone.css",
        "/preview/secret-token/",
        "/someone@example.org/",
        "/a/../b/",
        "/<script>/",
        "/\x00/",
        "/\u202e/",
        "/\ud800/",
        "/a b/",
        "/" + "a" * 300,
    ],
)
def test_noise_and_what_may_be_somebodys_own_is_not_counted(path):
    note(path)

    assert not missing.tally.take()


@pytest.mark.parametrize(
    "path", ["/blog/a-guide/", "/blog/node.js-guide/", "/tag/c++/", "/größe/", "/blog/a.md"]
)
def test_what_a_reader_may_have_meant_is_counted(path):
    note(path)

    assert missing.tally.take()


def test_a_database_that_refuses_costs_the_counts_and_not_the_page(client, monkeypatch):
    def refuse(*args):
        raise DatabaseError

    monkeypatch.setattr(missing.tally, "_write", refuse)
    note("/a/", now=LONG_AGO)

    assert client.get("/nowhere/").status_code == 404  # long after: time to write
    assert not missing.tally.take()


def test_nothing_of_who_asked_is_kept():
    fields = {field.name for field in MissingAddress._meta.fields}

    assert fields == {"id", "path", "times", "last_asked_on", "is_ignored"}
