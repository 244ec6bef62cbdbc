"""A process is killed while it publishes: what was acknowledged stands, and nothing stands by half.

``KILLS=100 pytest tests/blog/test_killed.py`` kills as often; by default a few times.
"""

import os
import random
import signal
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from blog import publishing, snapshots
from blog.models import Article, Revision
from blog.snapshots import Related
from tests.factories import AuthorFactory, DraftFactory

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("KILLS", "4"))
ARTICLES = 5
STATEMENTS = 150  # about as many as publishing these takes
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def publish_all(articles, author, pipe):
    """In the child: a dot before each statement, a letter once a save is acknowledged."""

    def tell(execute, *args):
        os.write(pipe, b".")
        return execute(*args)

    with connection.execute_wrapper(tell):
        for number, key in enumerate(articles):
            article = Article.objects.get(pk=key)
            article.title, article.body = f"Published {number}", f"<p>Words {number}.</p>"
            related = Related(authors=(author,), hashtags=("shared", f"topic {number}"))
            publishing.publish(article, by=None, now=NOW, related=related)
            os.write(pipe, b"A")


def forget_connections():
    """Browser tests leave one that ``close_all`` does not see from beside their event loop."""
    there = connections.all(initialized_only=True)
    open_ones = [one.connection for one in there]
    for one in there:
        one.connection = None
    return open_ones


def killed_after(statements, articles, author):
    """How many saves were acknowledged by a child that was killed at that statement."""
    connections.close_all()  # a child must not share them
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(300)  # a child that hangs must not keep the tests waiting
        _open = forget_connections()  # held, since closing one would end the parent's
        try:
            publish_all(articles, author, writing)
        finally:
            os._exit(0)
    os.close(writing)
    told = b""
    while told.count(b".") < statements and (byte := os.read(reading, 1)):
        told += byte
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while byte := os.read(reading, 4096):  # said before it died
        told += byte
    os.close(reading)
    return told.count(b"A")


def is_whole(article, number):
    """Published, with all that belongs to it."""
    kept = Revision.objects.filter(article=article, version=article.version).first()
    return (
        (article.title, article.state, article.live_version) == (f"Published {number}", "published", 1)
        and [tag.name for tag in article.hashtags.all()] == ["shared", f"topic {number}"]
        and article.bylines.count() == 1
        and article.acts.filter(verb="published").count() == 1
        and kept is not None
        and kept.content == snapshots.of(article)
    )


def is_untouched(article):
    return (
        (article.title, article.state, article.version) == ("Draft", "draft", 0)
        and not article.hashtags.exists()
        and not article.bylines.exists()
        and not article.acts.exists()
        and not Revision.objects.filter(article=article).exists()
    )


@pytest.mark.parametrize("seed", [20261126])
def test_what_was_acknowledged_stands_and_nothing_is_published_by_half(seed):
    chance, author, halves, acknowledged = random.Random(seed), AuthorFactory().pk, 0, 0
    for _ in range(KILLS):
        keys = [DraftFactory(title="Draft", body="<p>Draft.</p>").pk for _ in range(ARTICLES)]
        said = killed_after(chance.randrange(1, STATEMENTS), keys, author)

        articles = [Article.objects.get(pk=key) for key in keys]
        whole = [is_whole(article, number) for number, article in enumerate(articles)]
        assert all(whole[:said]), f"{said} were acknowledged, but {whole}"
        halves += sum(
            not done and not is_untouched(article) for done, article in zip(whole, articles, strict=True)
        )
        acknowledged += said

    assert halves == 0
    assert acknowledged > 0
    print(f"{KILLS} kills, {acknowledged} acknowledged, 0 lost")  # noqa: T201 -- of a long run
