"""Two server processes on one database: what one commits, the other shows at its very next request."""

import pytest

from blog.models import Category
from tests.website.asked import ServerProcess

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/category/shared/"
SAVES = 6


@pytest.fixture
def servers():
    Category.objects.create(name="Category 0", slug="shared", description="What it is.")
    with ServerProcess() as one, ServerProcess() as other:
        yield one, other


def test_what_one_process_saves_the_other_shows_at_its_next_request(servers):
    one, other = servers
    for number in range(1, SAVES + 1):
        one.save(f"Category {number}")
        assert [server.shown_at(PAGE) for server in (other, one, other, one)] == [number] * 4
        one, other = other, one
    assert any(answers_from_memory(one) for _ in range(100))


def answers_from_memory(server):
    """Now and then another database's commit comes between."""
    before = server.hits
    server.shown_at(PAGE)
    return server.hits > before
