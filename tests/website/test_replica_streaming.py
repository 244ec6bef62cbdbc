"""With a real replica, held back and let go: what readers see is never older than what was committed."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections
from django.test.utils import CaptureQueriesContext

from blog.models import Category
from tests.factories import ArticleFactory
from tests.website.standby import connected_to, pair
from tests.website.wsgi import CopiesByHand, ask
from website.pagecache.boundaries import horizon
from website.pagecache.tokens import tokens_of
from website.pagecache.wrapper import PageCache
from website.replica import REPLICA

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def servers(transactional_db, settings):
    with pair() as (primary, replica), connected_to(primary, replica):
        settings.DATABASE_ROUTERS = ["website.replica.Router"]
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        yield primary, replica
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


@pytest.fixture
def site(servers, tmp_path):
    tokens = tokens_of(connection)
    copies = CopiesByHand(tmp_path / "pages", 1_000_000)
    yield PageCache(WSGIHandler(), tokens=tokens, horizon=horizon, limit=1_000_000, copies=copies)
    tokens._forget()


def read(site, address="/category/data/"):
    """The page, whether it came from memory, and how many of its queries the replica answered."""
    hits = site.counts.hits
    with CaptureQueriesContext(connections[REPLICA]) as queries:
        answer = ask(site, address)
    assert answer.status == 200
    rows = [query for query in queries.captured_queries if "blog_" in query["sql"]]
    return answer.body.decode(), site.counts.hits > hits, len(rows)


def rename(name):
    Category.objects.filter(slug="data").update(name=name)


def read_there(site, primary, replica, names):
    """The page anew, once the replica holds it. A server also logs things of its own: then once more."""
    for name in names:
        rename(name)
        replica.catch_up(primary)
        page, was_kept, there = read(site)
        assert name in page
        assert not was_kept
        if there:
            return
    raise AssertionError("The replica is never read.")


def test_pages_come_from_the_replica_but_never_from_one_that_is_behind(site, servers):
    primary, replica = servers
    ArticleFactory(category=Category.objects.create(name="Data", slug="data"))
    read_there(site, primary, replica, ["First", "Firstagain", "Firstoncemore"])
    assert read(site)[1:] == (True, 0), "what the replica made is kept"

    replica.hold_back()
    rename("Secondname")
    assert Category.objects.using(REPLICA).get().name != "Secondname", "it is not behind: this proves nothing"
    assert Category.objects.get().name == "Secondname"
    page, was_kept, there = read(site)
    assert "Secondname" in page
    assert (was_kept, there) == (False, 0)

    replica.go_on()
    replica.catch_up(primary)
    assert "Secondname" in read(site)[0]
    read_there(site, primary, replica, ["Third", "Thirdagain", "Thirdoncemore"])

    replica.stop()
    rename("Fourthname")
    page, was_kept, there = read(site)
    assert "Fourthname" in page
    assert (was_kept, there) == (False, 0)
