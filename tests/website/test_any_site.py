"""What programs get, wherever they run."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from website.any_site import for_any_site


def ask(status=200, **headers):
    return for_any_site(RequestFactory(headers=headers).get("/"), HttpResponse("x", status=status))


@pytest.mark.parametrize("status", [200, 404])
def test_pages_of_any_site_may_read_the_answer_whatever_it_is(status):
    answer = ask(status)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_an_answer_that_has_not_changed_may_be_read_by_them_too():
    first = ask()
    again = ask(**{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_refusal_is_nothing_to_keep():
    answer = ask(404, **{"If-None-Match": "*"})

    assert answer.status_code == 404
    assert "ETag" not in answer
    assert "Cache-Control" not in answer
