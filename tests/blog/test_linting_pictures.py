"""Pictures and their descriptions."""

import pytest

from tests.blog.checked import found, story


def picture(alt):
    return story(f'<figure><img src="/media/a.jpg" {alt}></figure>')


def test_a_picture_without_a_description_is_found_and_decoration_is_not():
    assert len(found(picture(""), rule="picture-alt")) == 1
    assert found(picture('alt=""'), rule="picture-alt") == []
    assert found(picture('alt="A query plan as a tree"'), rule="picture-alt") == []


@pytest.mark.parametrize(
    "alt",
    ["chart-final.png", "IMG_2041", "Screenshot 2024-05-03 at 10.11.12", "image1", "query_plan_v2", "a" * 32],
)
def test_the_name_of_a_file_is_no_description(alt):
    assert len(found(picture(f'alt="{alt}"'), rule="picture-file-name")) == 1
    assert [f.place.field for f in found(story(cover_alt=alt), rule="picture-file-name")] == ["cover_alt"]


@pytest.mark.parametrize("alt", ["", "A query plan as a tree", "Logo", "Ada Lovelace, 1840"])
def test_words_are_a_description(alt):
    assert found(picture(f'alt="{alt}"'), rule="picture-file-name") == []
    assert found(story(cover_alt=alt), rule="picture-file-name") == []
