"""What browser tests share: forms opened with their editor ready, rows for a module, a quiet end."""

from threading import Condition, get_ident
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.test import Client, TransactionTestCase

from careers.models import Dimension
from tests.conftest import forget
from tests.factories import AuthorFactory, CategoryFactory, DraftFactory, RoleFactory, UserFactory

from .writing import empty, open_article

ANSWERS = Condition()
UNDER_WAY: list[int] = []  # the threads in which the site answers a browser


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
def nothing_under_way():
    """What a closing page still sent is answered before the tables are emptied, or both wait for locks."""
    yield
    wait_for_answers()


def wait_for_answers():
    with ANSWERS:
        ANSWERS.wait_for(lambda: not UNDER_WAY, timeout=10)


@request_started.connect
def begin(**_):
    with ANSWERS:
        UNDER_WAY.append(get_ident())


@request_finished.connect
def end(**_):
    with ANSWERS:
        if get_ident() in UNDER_WAY:
            UNDER_WAY.remove(get_ident())
        ANSWERS.notify_all()


@pytest.fixture(scope="module")
def kept_context(browser, browser_context_args):
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def context(kept_context):
    """The module's, with the files it has loaded, and with nothing else from the test before."""
    yield kept_context
    for page in kept_context.pages:
        page.close()
    kept_context.set_storage_state({})


@pytest.fixture
def complaints(page):
    heard = []
    page.on("console", lambda message: message.type == "error" and heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def catalogue(transactional_db):
    return two_roles()


def two_roles():
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
def kept_draft(kept_context, live_server, for_the_module):
    for_the_module(lambda: log_in(kept_context, live_server))
    return for_the_module(draft)


@pytest.fixture
def sheet(kept_context, kept_draft, request):
    """The change form of a draft, opened once for the module, its body emptied for this test."""
    if not kept_context.pages:
        open_article(kept_context.new_page(), kept_draft)
    page = kept_context.pages[0]
    empty(page)
    yield page
    if request.node.rep_call.passed:
        as_at_first(page)
    else:
        page.close()  # a failed test may leave anything behind: the next one has a new page


def as_at_first(page):
    if page.locator("dialog[open]").count():
        page.keyboard.press("Escape")
    page.unroute_all()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light")


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
