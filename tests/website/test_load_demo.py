"""manage.py load_demo: facts and articles for a new site, as often as anybody likes."""

import fcntl
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

import blog.transfer
import careers.transfer
from blog.models import Article
from blog.transfer import DemoFault, read_manuscripts
from careers.models import Role
from website.management.commands.load_demo import one_at_a_time


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


def load_demo(**options) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def test_facts_and_articles_come_once_and_are_counted(db):
    first, second = load_demo(), load_demo()

    articles = len(read_manuscripts())
    assert f"Article {articles} of {articles}: " in first
    assert f"{articles} articles added, 0 articles already here." in first
    assert f"0 facts and 0 articles added, {articles} articles already here." in second
    assert Article.objects.public().count() == articles
    assert Role.objects.public().count() == 12


def test_without_progress_one_line_says_what_came(db, monkeypatch):
    monkeypatch.setattr(careers.transfer, "load", lambda tell: tell("roles: 2 added") or {"roles": 2})
    monkeypatch.setattr(blog.transfer, "load_demo", lambda now, progress: {"articles": 1, "kept": 3})

    assert load_demo(verbosity=0) == "Demo content: 2 facts and 1 articles added, 3 articles already here.\n"


@pytest.mark.parametrize("fault", [DemoFault("a.html: no"), careers.transfer.DataError("roles.json: no")])
def test_a_fault_in_the_files_is_one_sentence(db, monkeypatch, fault):
    def fail(**kwargs):
        raise fault

    monkeypatch.setattr(careers.transfer, "load", fail)

    with pytest.raises(CommandError, match=str(fault)):
        load_demo()


def test_a_fault_in_an_article_leaves_no_facts_behind(db, monkeypatch):
    def fail(**kwargs):
        raise DemoFault("a.html: no")

    monkeypatch.setattr(blog.transfer, "load_demo", fail)

    with pytest.raises(CommandError):
        load_demo()

    assert not Role.objects.exists()


def test_a_database_that_another_machine_holds_is_one_sentence(db, monkeypatch):
    def fail(**kwargs):
        raise OperationalError("lock timeout")

    monkeypatch.setattr(careers.transfer, "load", fail)

    with pytest.raises(CommandError, match="Is another machine loading it now"):
        load_demo()


def test_a_second_process_waits_its_turn(data_folder):
    data_folder.mkdir()
    with (data_folder / "load_demo.lock").open("w") as other:
        with one_at_a_time(), pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
