from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError

from tests.factories import UserFactory
from website.management.commands import prepare
from website.models import SearchDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch):
    """The commands that ``prepare`` asks for, in their order, without doing them."""
    names = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: names.append(name))
    return names


def users():
    return get_user_model().objects


def document(**fields):
    page = {"kind": "article", "ref": 1, "weight": 5, "url": "/blog/a/"}
    return SearchDocument.objects.create(**page, visible_from=datetime(2026, 1, 1, tzinfo=UTC), **fields)


def test_a_fresh_site_gets_its_tables_its_demo_and_its_files(called):
    call_command("prepare", stdout=StringIO())

    assert called == ["migrate", "collectstatic", "load_demo", "create_demo_accounts"]


def test_where_somebody_has_worked_the_demo_stays_away(called):
    UserFactory()

    call_command("prepare", stdout=StringIO())

    assert called == ["migrate", "collectstatic"]


def test_a_site_of_ones_own_begins_without_the_demo(called, monkeypatch):
    monkeypatch.setenv("DEMO", "0")

    call_command("prepare", stdout=StringIO())

    assert called == ["migrate", "collectstatic"]


def test_an_index_of_an_earlier_version_is_made_anew(called):
    UserFactory()
    document(facets=None)

    call_command("prepare", stdout=StringIO())

    assert called == ["migrate", "rebuild_search", "collectstatic"]


def test_an_index_of_this_version_stays(called):
    UserFactory()
    document(facets="")

    call_command("prepare", stdout=StringIO())

    assert called == ["migrate", "collectstatic"]


def test_a_database_that_does_not_answer_is_a_sentence(monkeypatch):
    def fail(name, **options):
        raise OperationalError("connection refused")

    monkeypatch.setattr(prepare, "call_command", fail)

    with pytest.raises(CommandError, match="The database does not answer: connection refused"):
        call_command("prepare", stdout=StringIO())


def test_each_demo_account_has_the_place_its_name_says(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "a password of mine")

    call_command("create_demo_accounts", stdout=StringIO())

    assert {u.username: [g.name for g in u.groups.all()] for u in users().all()} == {
        "admin": [],
        "publisher": ["publisher"],
        "editor": ["editor"],
        "writer": ["writer"],
    }
    assert [u.username for u in users().filter(is_superuser=True)] == ["admin"]
    assert all(u.is_staff and u.check_password("a password of mine") for u in users().all())


def test_a_password_made_by_chance_is_shown_once_and_then_kept(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    first, second = StringIO(), StringIO()

    call_command("create_demo_accounts", stdout=first)
    call_command("create_demo_accounts", stdout=second)

    password = first.getvalue().strip().rpartition(" ")[2]
    assert users().get(username="writer").check_password(password)
    assert second.getvalue() == ""


def test_an_account_that_exists_keeps_its_password():
    UserFactory(username="editor", password="as it was")

    call_command("create_demo_accounts", stdout=StringIO())

    assert users().get(username="editor").password == "as it was"
