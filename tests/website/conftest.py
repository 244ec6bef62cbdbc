"""What the page cache's tests share."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.website.outage import World


@pytest.fixture
def django_site() -> Iterator[WSGIHandler]:
    """The whole site as a server calls it, on the connection that holds the rows of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(tmp_path) -> World:
    return World(tmp_path / "pages")
