from blog.canonical import read, write
from blog.importing.blocks import change_text, every, is_marked_whole, unmark, without_start, words


def test_text_is_changed_everywhere_but_in_code():
    blocks = read('<p>a <code>a</code> <a href="/a">a</a></p><pre><code>a</code></pre>')

    for block in every(blocks):
        change_text(block, lambda text: text.replace("a", "b"))

    assert write(blocks) == '<p>b <code>a</code> <a href="/b">b</a></p>\n<pre><code>a</code></pre>'


def test_a_live_part_keeps_its_place():
    fact = '<careers-fact data-ref="x" data-field="price"></careers-fact>'
    block = read(f"<p>It costs {fact} now.</p>")[0]

    change_text(block, lambda text: text.replace("\ufffc", "!"))

    assert write([block]) == f"<p>It costs {fact} now.</p>"


def test_the_start_goes_through_all_formatting():
    block = read("<p><strong>1.</strong> <em>x</em>y</p>")[0]
    block.runs = without_start(block.runs, 3)

    assert write([block]) == "<p><em>x</em>y</p>"


def test_words_are_those_of_all_inside():
    assert words(read("<ul><li>a<ul><li>b</li></ul></li></ul>")[0]) == "a b"


def test_formatting_of_the_whole_can_go():
    block = read("<p><strong>a <em>b</em></strong></p>")[0]

    assert is_marked_whole(block, "strong")
    assert not is_marked_whole(block, "em")
    unmark(block, "strong")
    assert write([block]) == "<p>a <em>b</em></p>"
