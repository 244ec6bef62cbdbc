"""Which database a reader's page is read from: rules that need no second server."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connections, transaction
from django.http import HttpResponse

from blog.models import Category
from website import replica
from website.replica import REPLICA, ReplicaMiddleware, Router, may_read_there


@pytest.fixture
def named(monkeypatch):
    """There is one, and it has all: nothing here asks it."""
    monkeypatch.setitem(connections.settings, REPLICA, connections.settings["default"])
    monkeypatch.setattr(ReplicaMiddleware, "_has_caught_up", lambda self: True)


def where_it_reads(request=None):
    return HttpResponse(Router().db_for_read(Category))


def test_without_a_replica_there_is_no_such_step():
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(where_it_reads)


@pytest.mark.parametrize(
    ("method", "path", "cookies", "where"),
    [
        ("get", "/blog/", {}, "replica"),
        ("head", "/blog/", {"_ga": "1"}, "replica"),
        ("get", "/blog/", {"sessionid": "any"}, "default"),
        ("post", "/blog/", {}, "default"),
        ("get", "/admin/", {}, "default"),
        ("get", "/readyz", {}, "default"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_only_a_visitors_reading_may_go_there(rf, named, method, path, cookies, where):
    request = getattr(rf, method)(path)
    request.COOKIES.update(cookies)

    assert ReplicaMiddleware(where_it_reads)(request).content == where.encode()
    assert may_read_there(request) == (where == "replica")
    assert where_it_reads().content == b"default", "the next request of this thread must begin anew"


@pytest.mark.django_db(transaction=True)
def test_what_was_written_is_read_where_it_was_written(rf, named):
    def view(request):
        before = Router().db_for_read(Category)
        wrote = Router().db_for_write(Category)
        return HttpResponse(f"{before} {wrote} {Router().db_for_read(Category)}")

    assert ReplicaMiddleware(view)(rf.get("/")).content == b"replica default default"


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_everything_is_read_at_the_primary(rf, named):
    def view(request):
        with transaction.atomic():
            within = Router().db_for_read(Category)
        return HttpResponse(f"{within} {Router().db_for_read(Category)}")

    assert ReplicaMiddleware(view)(rf.get("/")).content == b"default replica"


def test_rows_of_both_may_be_joined_and_only_the_primary_is_migrated():
    assert Router().allow_relation(Category(), AnonymousUser())
    assert Router().allow_migrate("default", "blog")
    assert not Router().allow_migrate(REPLICA, "blog")


def failing_there(asked):
    """A view whose query has to give way at the replica, as Django's handler passes it on."""

    def get_response(request):
        asked.append(where_it_reads().content)
        if asked[-1] == b"replica":
            return steps[0].process_exception(request, OperationalError("conflict with recovery"))
        return HttpResponse("page")

    steps = []
    steps.append(ReplicaMiddleware(get_response, clock=lambda: times[0]))
    times = [100.0]
    return steps[0], times


@pytest.mark.django_db(transaction=True)
def test_a_page_that_fails_there_is_made_again_at_the_primary_and_the_replica_rests(rf, named, caplog):
    asked = []
    step, times = failing_there(asked)

    assert step(rf.get("/")).content == b"page"
    assert asked == [b"replica", b"default"]

    asked.clear()
    times[0] += replica.RESTS - 1
    step(rf.get("/"))
    assert asked == [b"default"]

    asked.clear()
    times[0] += 2
    step(rf.get("/"))
    assert asked == [b"replica", b"default"]
    assert "The replica does not answer" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_what_fails_there_outside_of_a_view_is_made_again_at_the_primary_too(rf, named, caplog):
    """As where a missing address is looked up: Django has made an answer of the failure by then."""
    asked = []

    def answered(request):
        asked.append(where_it_reads().content)
        return HttpResponse("page", status=503 if asked == [b"replica"] else 200)

    assert ReplicaMiddleware(answered)(rf.get("/")).content == b"page"
    assert asked == [b"replica", b"default"]
    assert "The replica does not answer" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_mistake_of_ours_is_no_fault_of_the_replica(rf, named):
    request = rf.get("/")

    assert ReplicaMiddleware(where_it_reads).process_exception(request, ValueError()) is None
    assert ReplicaMiddleware(where_it_reads).process_exception(request, OperationalError()) is None


class Asked:
    """A connection that answers with what it is given, or is away."""

    def __init__(self, *rows):
        self.rows, self.in_atomic_block, self.parameters = list(rows), False, []

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def execute(self, sql, parameters=None):
        self.parameters.append(parameters)

    def fetchone(self):
        row = self.rows.pop(0)
        if isinstance(row, Exception):
            raise row
        return row


AWAY = OperationalError("away")


@pytest.mark.parametrize(
    ("primary", "there", "has"),
    [
        ([("1:1:", "0/5")], [(True,)], True),
        ([("1:1:", "0/5")], [(False,)], False),
        ([("1:1:", "0/5")], [(None,)], False),
        ([("1:1:", "0/5")], [AWAY], False),
        ([AWAY], [], False),
    ],
    ids=["has replayed", "is behind", "is no replica", "is away", "the primary is away"],
)
def test_the_replica_is_read_only_if_it_says_that_it_has_all(monkeypatch, primary, there, has):
    both = {"default": Asked(*primary), REPLICA: Asked(*there)}
    monkeypatch.setattr(replica, "connections", both)

    assert ReplicaMiddleware(where_it_reads)._has_caught_up() is has


def test_while_nothing_is_committed_it_need_not_run_after_the_rest_of_the_log(monkeypatch):
    states = [("1:1:", "0/5"), ("1:1:", "0/9"), ("1:2:", "0/C")]
    both = {"default": Asked(*states), REPLICA: Asked((True,), (True,), (True,))}
    monkeypatch.setattr(replica, "connections", both)
    step = ReplicaMiddleware(where_it_reads)

    assert all(step._has_caught_up() for _ in states)
    assert both[REPLICA].parameters == [["0/5"], ["0/5"], ["0/C"]]
