"""What browser tests share: forms opened with their editor ready, rows for a module, a quiet end."""

import threading
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client, TransactionTestCase

from careers.models import Dimension
from tests.conftest import forget
from tests.factories import AuthorFactory, CategoryFactory, DraftFactory, RoleFactory, UserFactory

from .writing import empty, open_article


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
    wait_for_answers()
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def nothing_under_way(request):
    """What a closing page still sent is answered before the tables are emptied, or both wait for locks."""
    yield
    if "for_the_module" not in request.fixturenames:
        wait_for_answers()


def wait_for_answers():
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
    return draft()


def draft():
    return DraftFactory(title="Draft", body="", authors=[AuthorFactory()], category=CategoryFactory())


def log_in(context, live_server):
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    cookies = [
        {"name": name, "value": morsel.value, "domain": urlsplit(live_server.url).hostname, "path": "/"}
        for name, morsel in client.cookies.items()
    ]
    context.add_cookies(cookies)


@pytest.fixture
def desk(page, live_server, article, complaints):
    """The change form of an empty draft, its editor ready."""
    log_in(page.context, live_server)
    open_article(page, article)
    return page


@pytest.fixture(scope="module")
def kept_context(browser, browser_context_args, live_server, for_the_module):
    """An editor's browser for all tests of a module, and her only article."""
    context = browser.new_context(**browser_context_args)
    article = for_the_module(draft)
    for_the_module(lambda: log_in(context, live_server))
    yield context, article
    context.close()


@pytest.fixture
def sheet(kept_context, request):
    """The change form of a draft, opened once for the module, its body emptied for this test."""
    context, article = kept_context
    if not context.pages:
        open_article(context.new_page(), article)
    page = context.pages[0]
    empty(page)
    yield page
    if not request.node.rep_call.passed:
        page.close()  # a failed test may leave anything behind: the next one has a new page


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
