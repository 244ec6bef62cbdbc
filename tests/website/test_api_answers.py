"""What holds for every answer of the API."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
LISTS = [f"/api/{plural}" for plural in ("articles", "hashtags", "categories", "authors", "roles")]
LISTS += ["/api/certifications", "/api/openapi.json"]


@pytest.mark.parametrize("address", LISTS)
def test_an_answer_is_the_same_for_everyone_and_may_be_kept(client, address):
    answer = client.get(address)
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})

    assert answer["Content-Type"].startswith("application/json")
    assert answer["Cache-Control"].startswith("public, max-age=0")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


@pytest.mark.parametrize("address", ["/api/", "/api/openapi.json"])
def test_it_is_compressed_for_those_who_take_it_so(client, address):
    plain = client.get(address)
    small = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": small["ETag"]})

    assert "Content-Encoding" not in plain
    assert (small["Content-Encoding"], gzip.decompress(small.content)) == ("gzip", plain.content)
    assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
    assert (small["ETag"], small["Vary"]) == (f"W/{plain['ETag']}", plain["Vary"])
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Vary"]) == (small["ETag"], small["Vary"])


@pytest.mark.parametrize("address", ["/api/", "/api/openapi.json", "/api/articles"])
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_what_has_not_changed_is_named_as_when_it_was_sent(client, address, accepted):
    """By tag and Vary a cache finds which of its two forms may go on being used; short ones have but one."""
    first = client.get(address, headers={"Accept-Encoding": accepted})
    asked = {"Accept-Encoding": accepted, "If-None-Match": first["ETag"]}
    again = client.get(address, headers=asked)

    assert first.headers.get("ETag", "").startswith("W/") == ("Content-Encoding" in first)
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    assert set(again["Vary"].split(", ")) >= set(first.get("Vary", "Accept-Encoding").split(", "))


@pytest.mark.parametrize("named", ['"{0}"', 'W/"{0}"', '"other", W/"{0}", "{0}"'])
def test_the_plain_form_keeps_its_own_tag_whichever_was_named(client, named):
    tag = client.get("/api/openapi.json")["ETag"]
    asked = {"If-None-Match": named.format(tag.strip('"'))}

    answer = client.get("/api/openapi.json", headers=asked)

    assert (answer.status_code, answer["ETag"]) == (304, tag)


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity, gzip;q=0.5", "br", ""])
def test_it_is_plain_for_those_who_would_rather_have_it_so(client, accepted):
    answer = client.get("/api/openapi.json", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in answer
    assert "Accept-Encoding" in answer["Vary"]
    assert answer.json()["openapi"]


def test_pages_for_readers_are_compressed_where_they_are_kept(client):
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "gzip"})


def test_head_answers_as_get_without_the_text(client):
    got, head = client.get("/api/roles"), client.head("/api/roles")

    assert (head.status_code, head["ETag"], head.content) == (200, got["ETag"], b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client, method):
    answer = getattr(client, method)("/api/articles")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_browser_that_asks_first_may_send_what_it_has(client):
    answer = client.options("/api/articles")

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.parametrize("plural", ["articles", "hashtags", "categories", "authors", "roles"])
def test_what_is_not_there_is_a_problem_in_words(client, plural):
    answer = client.get(f"/api/{plural}/nowhere")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address that readers can see.",
    }


def test_a_problem_names_the_parameter_that_makes_no_sense(client):
    answer = client.get("/api/articles?limit=0&hashtag=a%00b")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert {fault["parameter"] for fault in answer.json()["errors"]} == {"limit", "hashtag"}


def test_a_parameter_that_is_not_known_is_refused_with_those_that_are(client):
    (fault,) = client.get("/api/hashtags?tga=ai").json()["errors"]

    assert fault == {"parameter": "tga", "message": "Not a parameter of this list, which has limit, cursor."}


def test_words_of_all_languages_stay_readable(client):
    assert "“errors”" in client.get("/api/articles?limit=0").content.decode()


def test_what_is_missing_from_the_api_is_no_missing_page(client):
    from website.missing import tally

    client.get("/oembed?url=http://testserver/nowhere/")
    client.get("/nowhere/")

    assert list(tally.take()) == ["/nowhere/"]
