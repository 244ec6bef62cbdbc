"""The change form of an empty draft, its editor ready."""

from urllib.parse import urlsplit

import pytest

from careers.models import Dimension
from tests.factories import AuthorFactory, CategoryFactory, DraftFactory, RoleFactory, UserFactory

from .writing import open_article


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
