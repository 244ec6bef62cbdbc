from threading import Event, Thread

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from website.limits import LARGEST, SENDERS, SendersMiddleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/admin/login/", "/search/", "/admin/editor/pictures/upload/", "/nowhere/"])
@pytest.mark.parametrize("length", [LARGEST + 1, 10**15])
def test_more_than_the_site_takes_is_refused_before_it_is_read(client, url, length):
    answer = client.post(
        url, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(length)
    )

    assert answer.status_code == 413
    assert "10 MB" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("length", ["", "0", "x", "-1", str(LARGEST)])
def test_what_is_not_too_much_is_looked_at(client, length):
    assert client.get("/admin/login/", CONTENT_LENGTH=length).status_code == 200


@pytest.fixture
def crowd():
    """A site at which as many are sending as may, each as slowly as can be; and the way to end it."""
    arrived, may_end = [], Event()

    def slow(request):
        if request.path == "/slow/":
            arrived.append(request)
            may_end.wait(60)
        return HttpResponse("answered")

    site = SendersMiddleware(slow)
    senders = [
        Thread(target=site, args=[RequestFactory().post("/slow/", {"a": "b"})]) for _ in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    while len(arrived) < SENDERS:
        pass

    def end():
        may_end.set()
        for sender in senders:
            sender.join()

    yield site, end
    end()


def test_who_sends_byte_by_byte_holds_up_no_reader(crowd):
    site, _ = crowd

    assert site(RequestFactory().get("/")).content == b"answered"


def test_one_sender_too_many_is_asked_to_come_again(crowd):
    site, end = crowd

    refused = site(RequestFactory().post("/", {"a": "b"}))
    end()

    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (429, "10", "no-store")
    assert b"Please go back and try again" in refused.content
    assert site(RequestFactory().post("/", {"a": "b"})).content == b"answered"


def test_a_body_without_an_announced_length_counts_as_well(crowd):
    site, _ = crowd
    request = RequestFactory().generic("POST", "/", headers={"Transfer-Encoding": "chunked"})

    assert site(request).status_code == 429
