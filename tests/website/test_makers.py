"""Pages are made by a few threads, whoever asks for them, and nobody waits for one that is stuck."""

import threading
from itertools import count

import pytest
from django.db import connection

from tests.website.wsgi import environ, sent
from website.makers import AT_ONCE, Makers, made_by, makers

READERS = 12


def here() -> str:
    return threading.current_thread().name


class Visitors:
    """Threads that ask for something in the same moment; ``answers`` has what each got."""

    def __init__(self, makers, work, number=READERS):
        self.answers = []
        self.threads = [
            threading.Thread(target=lambda: self.answers.append(makers(work)), name=f"visitor {place}")
            for place in range(number)
        ]
        for thread in self.threads:
            thread.start()

    def all_answered(self):
        for thread in self.threads:
            thread.join(10)
        return self.answers


class Stuck:
    """Holds a maker until it is let go."""

    def __init__(self, makers):
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.visitor = Visitors(makers, self.wait, number=1)
        self.begun.wait(10)

    def wait(self):
        self.begun.set()
        self.go_on.wait(10)
        return "at last"


def test_one_thread_makes_it_for_all_who_ask():
    assert set(Visitors(Makers(1, long=10), here).all_answered()) == {"maker"}


@pytest.mark.parametrize("at_once", [1, 2])
def test_there_are_no_more_threads_at_work_than_makers(at_once):
    by = Visitors(Makers(at_once, long=10), threading.get_ident).all_answered()
    assert len(by) == READERS
    assert len(set(by)) <= at_once


def test_without_makers_as_many_are_made_at_once_as_there_are_visitors():
    """The control: that visitors really come at once."""
    together = threading.Barrier(READERS)
    assert len(Visitors(lambda work: work(), lambda: together.wait(10)).all_answered()) == READERS


def test_what_fails_fails_for_who_asked_and_for_nobody_else():
    ask_for = Makers(1, long=10)

    with pytest.raises(ZeroDivisionError):
        ask_for(lambda: 1 // 0)
    with pytest.raises(SystemExit):
        ask_for(lambda: exit(1))

    assert ask_for(here) == "maker"


def test_while_the_maker_is_stuck_everyone_makes_their_own():
    ask_for = Makers(1, long=0.001)
    stuck = Stuck(ask_for)

    names = Visitors(ask_for, here).all_answered()

    assert sorted(names) == sorted(f"visitor {place}" for place in range(READERS))
    stuck.go_on.set()
    assert stuck.visitor.all_answered() == ["at last"]


def test_who_waits_while_others_are_being_made_goes_on_waiting():
    """Each look at the clock is as if something had begun in the same moment."""
    ask_for = Makers(1, long=0.001, clock=lambda: 0.0)
    stuck = Stuck(ask_for)
    waiting = Visitors(ask_for, here, number=1)
    waiting.threads[0].join(0.05)
    assert waiting.answers == []

    stuck.go_on.set()

    assert waiting.all_answered() == ["maker"]


def test_what_is_made_within_a_page_is_made_by_the_same_thread():
    ask_for = Makers(1, long=10)
    assert ask_for(lambda: ask_for(here)) == "maker"


def test_what_is_made_within_a_page_is_made_by_the_own_thread_that_makes_it():
    """Whoever listens to the page's queries listens in that thread."""
    ask_for = Makers(1, long=0.001)
    stuck = Stuck(ask_for)
    meanwhile = []

    def page():
        stuck.go_on.set()
        stuck.visitor.all_answered()  # from now on the maker would be there
        meanwhile.append(ask_for(here))
        return here()

    assert Visitors(ask_for, page, number=1).all_answered() == ["visitor 0"] == meanwhile


def test_there_are_no_threads_before_anything_is_asked_for():
    before = threading.active_count()
    ask_for = Makers(2)
    assert threading.active_count() == before
    ask_for(here)
    assert threading.active_count() == before + 2


def test_as_many_as_the_database_bears_or_as_the_settings_say(settings):
    assert makers()._at_once == AT_ONCE[connection.vendor]
    settings.PAGE_MAKERS = 7
    assert makers()._at_once == 7


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [here().encode()]


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        ({}, b"maker"),
        ({"REQUEST_METHOD": "HEAD"}, b"maker"),
        ({"REQUEST_METHOD": "POST"}, b"MainThread"),
        ({"CONTENT_LENGTH": "5"}, b"MainThread"),
        ({"CONTENT_LENGTH": "0"}, b"maker"),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, b"MainThread"),
    ],
    ids=str,
)
def test_who_may_send_slowly_is_read_by_the_own_thread(asked, by):
    assert sent(made_by(Makers(1, long=10), application), environ() | asked).body == by


@pytest.mark.django_db(transaction=True)
def test_a_maker_gives_back_a_connection_that_is_too_old():
    ask_for, asked = Makers(1, long=10), count()

    def aged():
        connection.ensure_connection()
        connection.close_at = 0
        return next(asked)

    ask_for(aged)

    assert ask_for(lambda: connection.connection) is None


def test_a_maker_whose_connection_cannot_even_be_closed_goes_on(monkeypatch):
    monkeypatch.setattr("website.makers.close_old_connections", lambda: 1 // 0)
    ask_for = Makers(1, long=10)

    assert [ask_for(here), ask_for(here)] == ["maker", "maker"]


def test_what_was_made_elsewhere_is_not_kept_by_who_has_yet_to_come_to_it():
    """While a maker hangs, all that others make themselves stays in its queue."""
    ask_for = Makers(1, long=0.001)
    stuck = Stuck(ask_for)
    assert Visitors(ask_for, here, number=1).all_answered() == ["visitor 0"]

    (left,) = [ask_for._tasks.get() for _ in range(ask_for._tasks.qsize())]

    assert not hasattr(left, "made")
    stuck.go_on.set()
