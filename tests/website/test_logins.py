import errno

import pytest
from axes.handlers.proxy import AxesProxyHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories import UserFactory
from website.logins import client_address
from website.settings import stores

LOGIN = "/admin/login/"


def try_login(client, username="ada", password="wrong", address="192.0.2.1"):
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


@pytest.fixture
def ada(db):
    user = UserFactory(username="ada")
    user.set_password("right one")
    user.save()
    return user


def test_the_sixth_guess_from_one_address_has_to_wait(client, ada):
    answers = [try_login(client).status_code for _ in range(6)]
    last = try_login(client, password="right one")

    assert answers[:4] == [200] * 4
    assert last.status_code == 429
    assert last.headers["Retry-After"] == "600"
    assert "wait 10 minutes" in last.content.decode()


@pytest.fixture
def full_disk(settings, tmp_path, monkeypatch):
    """Where the settings say that wrong passwords are counted, nothing more can be written."""
    settings.CACHES = {**settings.CACHES, "logins": stores.counted_in_files(tmp_path / "logins", most=5)}
    monkeypatch.setattr(AxesProxyHandler, "implementation", None)  # keeps the cache that it found first

    def refuse(*given, **more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", refuse)


def test_a_full_disk_gives_nobody_endless_tries(full_disk, client, ada):
    answers = [try_login(client).status_code for _ in range(6)]

    assert answers == [200] * 4 + [429] * 2


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(client, ada):
    for _ in range(8):
        try_login(client, address="203.0.113.9")

    assert try_login(client, password="right one", address="192.0.2.1").status_code == 302


def test_another_name_from_the_same_address_is_not_held_up(client, ada):
    for _ in range(8):
        try_login(client, username="nobody")

    assert try_login(client, password="right one").status_code == 302


def test_a_wrong_password_writes_nothing_to_the_database(client, ada):
    with CaptureQueriesContext(connection) as queries:
        try_login(client)

    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a\0b", "x" * 100_000, "\u202eada", "🧭"])
def test_a_strange_name_is_a_wrong_name(client, name):
    assert try_login(client, username=name).status_code == 200


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.9.9.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_saw_counts_as_an_address(settings, hops, forwarded, expected):
    settings.PROXY_HOPS = hops
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})

    assert client_address(request) == expected
