"""What browser tests share: forms opened with their editor ready, rows for a module, a quiet end."""

import threading
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import TransactionTestCase

from careers.models import Dimension
from tests.conftest import forget
from tests.factories import AuthorFactory, CategoryFactory, DraftFactory, RoleFactory, UserFactory

from .writing import open_article


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker):
    """As elsewhere, but committed, for the browser to see, and swept away after the module's last test."""

    def make(rows):
        forget()
        with django_db_blocker.unblock():
            return rows()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        yield make
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def nothing_under_way():
    """What a closing page still sent is answered before the tables are emptied, or both wait for locks."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def complaints(page):
    heard = []
    page.on("console", lambda message: message.type == "error" and heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def catalogue(transactional_db):
    Dimension.objects.create(key="main-focus", label="Main focus", value_kind="focus")
    return [
        RoleFactory(name=name, slug=name.lower().replace(" ", "-"))
        for name in ("Data Engineer", "ML Engineer")
    ]


@pytest.fixture
def article(transactional_db):
    return DraftFactory(title="Draft", body="", authors=[AuthorFactory()], category=CategoryFactory())


@pytest.fixture
def desk(page, live_server, client, article, complaints):
    """The change form of an empty draft, its editor ready."""
    client.force_login(UserFactory(is_superuser=True))
    cookies = [
        {"name": name, "value": morsel.value, "domain": urlsplit(live_server.url).hostname, "path": "/"}
        for name, morsel in client.cookies.items()
    ]
    page.context.add_cookies(cookies)
    open_article(page, article)
    return page


@pytest.fixture
def ran(new_context):
    """``ran(show)``: what a page said aloud after ``show`` had filled it, with no policy to stop it."""

    def watch(show):
        page, said = new_context(bypass_csp=True).new_page(), []
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        show(page)
        page.wait_for_load_state("networkidle")
        return said

    return watch
