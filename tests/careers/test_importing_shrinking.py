from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from careers.importing.shrinking import loss

FIRST, SECOND = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
names = st.sets(st.text("abc", min_size=1, max_size=3), max_size=20)


@given(names)
def test_what_is_all_there_has_lost_nothing(ids):
    assert loss([(name, FIRST) for name in ids], ids, None).gone == ()


@given(names, names)
def test_what_is_gone_is_what_was_there_last_and_is_not(before, now):
    found = loss([(name, FIRST) for name in before], now, None)

    assert set(found.gone) == before - now
    assert found.is_too_much == (len(before - now) * 5 > len(before))


def test_what_was_gone_the_last_time_is_not_missed_again():
    assert loss([("old", FIRST), ("a", SECOND)], {"a"}, None).gone == ()


def test_each_role_is_compared_with_its_own_last_import():
    seen = [("#1 a", FIRST), ("#1 b", FIRST), ("#2 a", SECOND)]

    assert loss(seen, {"#1 a"}, {"#1"}).gone == ("#1 b",)
    assert loss(seen, {"#1 a"}, {"#3"}).gone == ()


def test_a_first_import_has_nothing_to_lose():
    assert not loss([], set(), None).is_too_much
