import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories import UserFactory
from website.cookies import NonsenseMiddleware

NONSENSE = ["", "<no token>", "a" * 31, "a" * 63, "a" * 31 + "\n", "ä" * 32]


@pytest.mark.django_db
@pytest.mark.parametrize("value", NONSENSE)
def test_a_broken_token_changes_nothing_on_a_public_page(client, value):
    before = client.get("/")
    client.cookies["csrftoken"] = value

    after = client.get("/")

    assert (after.content, after.headers) == (before.content, before.headers)
    assert not after.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example"])
def test_nor_on_the_page_that_refuses_a_request(client, host):
    client.cookies["csrftoken"] = "<no token>"

    response = client.get("/", headers={"Host": host})

    assert response.status_code == 400
    assert not response.cookies


@pytest.mark.parametrize("value", ["a" * 32, "A1" * 32])
def test_a_token_of_ours_stays(value):
    request = RequestFactory().get("/")
    request.COOKIES["csrftoken"] = value
    NonsenseMiddleware(lambda request: HttpResponse())(request)

    assert {"csrftoken": value} == request.COOKIES


@pytest.mark.django_db
def test_a_broken_token_still_opens_no_form():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(is_superuser=True))
    client.cookies["csrftoken"] = "<no token>"

    assert client.post("/admin/logout/", {"csrfmiddlewaretoken": "<no token>"}).status_code == 403


@pytest.mark.django_db
def test_who_needs_a_token_gets_one_for_a_broken_one(client):
    client.cookies["csrftoken"] = "<no token>"

    assert len(client.get("/admin/login/").cookies["csrftoken"].value) == 32
