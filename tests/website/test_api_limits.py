"""How often one visitor may ask."""

from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from website.api import limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch, settings):
    """``at(second)``: it is that second of a minute."""
    settings.API_REQUESTS_PER_MINUTE = 2

    def turn_to(second, minute=0):
        now = datetime(2026, 1, 1, 9, minute, second, tzinfo=UTC)
        monkeypatch.setattr(limits.timezone, "now", lambda: now)

    turn_to(15)
    return turn_to


def ask(client, **more):
    return client.get("/api/openapi.json" if more.pop("free", False) else "/api/roles", **more)


def test_who_asks_too_often_is_told_how_long_to_wait(client, at):
    answers = [ask(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "45"
    assert answers[2]["Cache-Control"] == "no-store"
    assert answers[2]["Content-Type"] == "application/problem+json"
    assert answers[2]["Access-Control-Allow-Origin"] == "*"
    assert answers[2].json()["title"] == "Too Many Requests"


def test_the_next_minute_is_a_new_one(client, at):
    for _ in range(3):
        ask(client)
    at(0, minute=1)

    assert ask(client).status_code == 200


def test_others_do_not_wait_with_them(client, at):
    for _ in range(3):
        ask(client)

    assert ask(client, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_visitor_behind_our_proxy_cannot_take_another_name(client, at, settings):
    settings.PROXY_HOPS = 1
    claims = [f"192.0.2.{n}, 198.51.100.1" for n in range(3)]

    answers = [ask(client, headers={"X-Forwarded-For": claim}) for claim in claims]

    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_answers_not_modified_count_too(client, at):
    etag = ask(client)["ETag"]
    ask(client, headers={"If-None-Match": etag})

    assert ask(client, headers={"If-None-Match": etag}).status_code == 429


def test_nobody_waits_where_there_is_no_limit(client, at, settings):
    settings.API_REQUESTS_PER_MINUTE = 0

    assert {ask(client).status_code for _ in range(5)} == {200}


def test_an_address_of_any_length_and_signs_is_counted_and_not_kept(client, at, settings):
    settings.PROXY_HOPS = 1
    odd = f"{'x' * 300} \t\N{SNOWMAN}".encode().decode("latin-1")

    answers = [ask(client, HTTP_X_FORWARDED_FOR=odd) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert not any("xxx" in key for key in caches["api"]._cache)


def test_a_count_pushed_out_of_memory_begins_anew(client, at, monkeypatch):
    monkeypatch.setattr(type(caches["api"]), "add", lambda *given, **more: False)

    assert {ask(client).status_code for _ in range(3)} == {200}


def test_nobody_is_refused_where_nobody_can_be_counted(client, at, monkeypatch, caplog):
    def away(*given, **more):
        raise ConnectionError

    monkeypatch.setattr(type(caches["api"]), "incr", away)

    assert {ask(client).status_code for _ in range(3)} == {200}
    assert "nobody is refused" in caplog.text
