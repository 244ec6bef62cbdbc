import subprocess
import sys

import pytest

from tests.website.wsgi import environ, sent
from website.content_type import UNKNOWN, with_a_known_kind
from website.settings.base import BASE_DIR

STRANGE = ["text/plain;a*=xyz''%ff", "multipart/form-data; boundary=x;a*=xyz''%41", "text/plain;a*=\x00''%41"]


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_kind_of_content_is_too_strange(django_site, kind, method):
    """Raised before any middleware is there, it would be an empty answer."""
    asked = {**environ("/healthz", method), "CONTENT_TYPE": kind, "CONTENT_LENGTH": "0"}
    with pytest.raises(ValueError):  # noqa: PT011 -- the control, in Django's words and Python's
        sent(django_site, dict(asked))

    assert sent(with_a_known_kind(django_site), asked).status == 200


@pytest.mark.parametrize(
    "kind", ["", "text/plain; charset=utf-8", "multipart/form-data; boundary=x", "a;b*=c"]
)
def test_a_kind_that_can_be_read_stays(kind):
    seen = []
    application = with_a_known_kind(
        lambda environ, start_response: seen.append(environ["CONTENT_TYPE"]) or []
    )

    application({"CONTENT_TYPE": kind}, None)
    application({"CONTENT_TYPE": STRANGE[0]}, None)

    assert seen == [kind, UNKNOWN]


SERVED = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "website.settings.test"
from website.wsgi import application
from tests.website.wsgi import environ, sent
print(sent(application, {{**environ("/healthz", "POST"), "CONTENT_TYPE": {STRANGE[0]!r}}}).status)
"""


def test_the_server_is_given_it_so():
    done = subprocess.run(
        [sys.executable, "-c", SERVED], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )

    assert done.stdout == "200\n"
