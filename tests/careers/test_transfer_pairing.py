from hypothesis import given
from hypothesis import strategies as st

from careers.transfer.nouns import Part
from careers.transfer.pairing import pair

FEES = Part("fees", ("kind",))
TITLES = Part("titles", ("title",), sort="title")
WAYS = Part("deliveries")
VERSIONS = Part("versions", ("key",), key="key", is_kept=True)
rows = st.lists(
    st.fixed_dictionaries({"kind": st.sampled_from("abcd"), "amount": st.integers(1, 3)}), max_size=5
)


def there(*rows):
    """Rows as the database has them: their number stands for the row."""
    return list(enumerate(rows))


def afterwards(part, before, wanted):
    """What is there once a pairing has been carried out."""
    found = pair(part, there(*before), wanted)
    changed = dict(found.changed)
    kept = [changed.get(row, data) for row, data in there(*before) if row not in found.gone]
    return [*kept, *found.new]


def test_rows_are_found_by_what_tells_them_apart():
    found = pair(FEES, there({"kind": "a", "amount": 1}, {"kind": "b"}), [{"kind": "a", "amount": 2}])

    assert (found.changed, found.gone, found.new) == ([(0, {"kind": "a", "amount": 2})], [1], [])


def test_rows_that_nothing_tells_apart_are_found_by_their_place():
    found = pair(
        WAYS, there({"minutes": 60}, {"minutes": 90}), [{"minutes": 60}, {"minutes": 80}, {"minutes": 5}]
    )

    assert (found.changed, found.gone, found.new) == ([(1, {"minutes": 80})], [], [{"minutes": 5}])


def test_rows_in_another_order_are_made_anew():
    found = pair(FEES, there({"kind": "a"}, {"kind": "b"}), [{"kind": "b"}, {"kind": "a"}])

    assert (found.changed, found.gone, found.new) == ([], [0, 1], [{"kind": "b"}, {"kind": "a"}])


def test_rows_of_one_rank_in_another_order_are_made_anew():
    ranked = Part("tasks", ("text",), sort="order")

    moved = pair(ranked, there({"text": "a"}), [{"text": "b"}, {"text": "a"}])
    ranks = pair(ranked, there({"text": "a"}), [{"text": "b"}, {"text": "a", "order": 1}])

    assert (moved.gone, moved.new) == ([0], [{"text": "b"}, {"text": "a"}])
    assert (ranks.gone, ranks.changed) == ([], [(0, {"text": "a", "order": 1})])


def test_the_order_of_rows_that_are_sorted_anyhow_is_no_matter():
    found = pair(TITLES, there({"title": "a"}, {"title": "b"}), [{"title": "b"}, {"title": "a"}])

    assert (found.changed, found.gone, found.new) == ([], [], [])


def test_what_more_hangs_on_is_never_taken_away():
    found = pair(VERSIONS, there({"key": "a"}, {"key": "b"}), [{"key": "c"}, {"key": "b"}])

    assert (found.changed, found.gone, found.new) == ([], [], [{"key": "c"}])


@given(before=rows, wanted=rows)
def test_afterwards_there_is_what_was_wanted_in_that_order(before, wanted):
    assert afterwards(FEES, before, wanted) == wanted
    assert afterwards(WAYS, before, wanted) == wanted


@given(before=rows)
def test_what_is_there_already_changes_nothing(before):
    found = pair(FEES, there(*before), before)

    assert (found.changed, found.gone, found.new) == ([], [], [])
