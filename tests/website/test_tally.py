import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError

from tests.factories import LONG_AGO
from website import tally as tallies
from website.tally import Tally


@pytest.fixture
def written():
    return []


@pytest.fixture
def tally(written):
    return Tally(lambda times, now: written.append(times), of="Things")


def test_nothing_is_written_at_once(tally, written):
    tally.note("a", now=LONG_AGO)

    assert written == []


@pytest.mark.django_db
def test_after_a_while_all_is_written_and_counted_anew(tally, written):
    tally.note("a", now=LONG_AGO)
    tally.note("b", now=LONG_AGO + tallies.AT_LATEST - timedelta(seconds=1))
    tally.note("a", now=LONG_AGO + tallies.AT_LATEST)

    assert written == [Counter(a=2, b=1)]
    assert not tally.take()


@pytest.mark.django_db
def test_many_different_things_are_written_before_memory_grows(tally, written):
    for number in range(tallies.AT_ONCE):
        tally.note(number, now=LONG_AGO)

    assert len(written[0]) == tallies.AT_ONCE


@pytest.mark.django_db
def test_however_many_different_things_come_it_is_not_written_again_at_once(tally, written):
    """Each time it is written the page cache begins anew."""
    for number in range(2 * tallies.AT_ONCE):
        tally.note(number, now=LONG_AGO)
    assert len(written) == 1

    tally.note("one more", now=LONG_AGO + tallies.AT_SOONEST)
    assert len(written) == 2


def test_where_nothing_was_counted_the_database_is_not_asked(tally, written):
    """Without the database mark a query would fail this test."""
    tally.write_down(now=LONG_AGO)

    assert written == []


@pytest.mark.django_db
def test_a_database_that_refuses_costs_the_counts_and_is_logged(caplog):
    caplog.set_level("WARNING")

    def refuse(times, now):
        raise DatabaseError

    tally = Tally(refuse, of="Things")
    tally.note("a", now=LONG_AGO)
    tally.write_down(now=LONG_AGO)

    assert not tally.take()
    assert "Things could not be written down; 1 are forgotten." in caplog.text


WORKER = """
from multiprocessing import get_context
from website.tally import at_the_end

def work():
    at_the_end(lambda: print("written", flush=True))

worker = get_context("fork").Process(target=work)
worker.start()
worker.join()
"""


def test_a_worker_of_a_server_writes_when_it_ends():
    """Such a process leaves by a door at which ``atexit`` is not asked."""
    found = subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True, check=True)

    assert found.stdout == "written\n"
