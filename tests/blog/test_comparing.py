import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.canonical import canonical
from blog.comparing import Piece, bodies, compare, words
from blog.sanitising import clean

TEXT = st.text(alphabet="ab \n", max_size=20)


def body(html):
    return canonical(clean(html))


def told(old, new):
    return [(passage.kind, passage.what) for passage in bodies(body(old), body(new))]


def test_words_within_a_paragraph_come_and_go():
    assert words("a quick fox", "a slow fox") == (
        Piece("same", "a "),
        Piece("removed", "quick"),
        Piece("added", "slow"),
        Piece("same", " fox"),
    )


@given(TEXT, TEXT)
def test_both_texts_can_be_read_back_from_the_pieces(old, new):
    pieces = words(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("<p>a</p>", "<p>a</p><p>b</p>", [("same", "Paragraph"), ("added", "Paragraph")]),
        ("<p>a b</p>", "<p>a c</p>", [("changed", "Paragraph")]),
        ("<p>a</p>", "<h2>a</h2>", [("removed", "Paragraph"), ("added", "Heading")]),
        (
            "<ul><li>a</li></ul>",
            "<ul><li>a</li><li>b</li></ul>",
            [("same", "List item"), ("added", "List item")],
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr></table>",
            "<table><tr><th>a</th><th>c</th></tr></table>",
            [("changed", "Table row")],
        ),
        ("<pre>x</pre>", "<pre>x</pre><hr>", [("same", "Code"), ("added", "Line")]),
    ],
)
def test_a_body_is_compared_block_by_block(old, new, kinds):
    assert told(old, new) == kinds


def test_a_live_block_is_told_by_what_it_shows():
    block = '<careers-block data-kind="comparison" data-ref="{}"></careers-block>'

    (passage,) = bodies(body(block.format("a,b")), body(block.format("a,c")))

    assert (passage.what, passage.kind) == ("Live comparison", "changed")


def test_formatting_alone_is_a_change_of_the_body_without_words():
    (found,) = compare({"body": "<p>a</p>"}, {"body": "<p><strong>a</strong></p>"}, {})

    assert (found.passages, found.unchanged) == ((), 1)


def test_hashtags_added_and_removed_are_told_one_by_one_and_an_order_as_such():
    gone, came = compare({"hashtags": ["Go", "C#"]}, {"hashtags": ["C#", "Rust"]}, {})[0].passages
    (order,) = compare({"authors": [1, 2]}, {"authors": [2, 1]}, {"authors": {1: "Ann", 2: "Bo"}})[0].passages

    assert (gone.pieces, came.pieces) == ((Piece("removed", "Go"),), (Piece("added", "Rust"),))
    assert order.what == "Order"
    assert [piece.text for piece in order.pieces] == ["Ann, Bo", "Bo, Ann"]


def test_single_values_are_told_by_name():
    before = {"category": 1, "is_featured": False, "expires_at": None}
    after = {"category": 2, "is_featured": True, "expires_at": "2026-01-01"}

    found = compare(before, after, {"category": {1: "AI", 2: "Data"}})

    assert [[(p.pieces[0].kind, p.pieces[0].text) for p in d.passages] for d in found] == [
        [("removed", "AI"), ("added", "Data")],
        [("removed", "No"), ("added", "Yes")],
        [("added", "2026-01-01")],
    ]


def test_what_did_not_change_is_not_told():
    assert compare({"title": "a"}, {"title": "a"}, {}) == []
