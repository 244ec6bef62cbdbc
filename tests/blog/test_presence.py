from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from blog import presence, publishing
from blog.models import EditingSession
from tests.factories import DraftFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def article():
    return DraftFactory()


def enter(article, by, *, ago=0, is_writing=False):
    moment = NOW - timedelta(seconds=ago)
    presence.enter(article, by=by, token=uuid4(), is_writing=is_writing, now=moment)


def test_the_tabs_of_one_person_are_one_line_with_the_latest_sign_of_life(article):
    me, sam = UserFactory(), UserFactory(first_name="Sam", last_name="Lee")
    enter(article, sam, ago=30, is_writing=True)
    enter(article, sam, ago=5)

    assert presence.others(article, by=me, now=NOW) == [presence.Colleague("Sam Lee", 5, is_writing=True)]


def test_who_was_not_seen_for_a_while_is_not_here(article):
    enter(article, UserFactory(), ago=76)

    assert presence.others(article, by=UserFactory(), now=NOW) == []


def test_another_article_is_another_room(article):
    enter(DraftFactory(), UserFactory())

    assert presence.others(article, by=UserFactory(), now=NOW) == []


def test_whoever_opens_a_form_sweeps_up_what_is_an_hour_old(article):
    enter(article, UserFactory(), ago=3601)
    enter(article, UserFactory())

    assert EditingSession.objects.count() == 1


def test_a_form_is_told_of_the_newest_save_only_if_it_is_another(article):
    me = UserFactory()
    article.title = "Mine"
    publishing.save(article, by=me, now=NOW)

    assert presence.newer_than(1, article, by=me) is None
    assert presence.newer_than(0, article, by=me) == presence.Newer(1, NOW, str(me), is_own=True)


def test_a_save_by_no_person_was_the_sites():
    assert presence.name_of(None) == "The site"
