from blog.canonical import canonical, read, write
from blog.importing.documents import ITEM
from blog.importing.word_lists import with_lists


def listed(*items):
    made = write(with_lists(read("".join(f"<p>{ITEM}{item}</p>" for item in items))))
    return canonical(made).replace("\n", "")


def test_bullets_and_numbers_go_and_the_lists_stand():
    assert listed("1·   a", "1§ b") == "<ul><li>a</li><li>b</li></ul>"
    assert listed("11. a", "12) b") == "<ol><li>a</li><li>b</li></ol>"


def test_a_deeper_level_is_a_list_in_the_item_above():
    assert listed("1· a", "2o b", "3· c", "1· d") == (
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    )


def test_another_kind_of_marker_begins_another_list():
    assert listed("1· a", "11. b") == "<ul><li>a</li></ul><ol><li>b</li></ol>"


def test_a_level_left_out_and_a_first_item_too_deep_do_no_harm():
    assert listed("3· a", "1· b", "9· c") == "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"


def test_a_paragraph_between_two_lists_parts_them():
    blocks = with_lists(read(f"<p>{ITEM}1· a</p><p>b</p><p>{ITEM}1· <strong>c</strong></p>"))

    assert write(blocks).replace("\n", "") == (
        "<ul><li>a</li></ul><p>b</p><ul><li><strong>c</strong></li></ul>"
    )
