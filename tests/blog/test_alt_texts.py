"""Texts for those who cannot see a picture."""

import pytest
from django.core.exceptions import ValidationError

from blog.alt_texts import is_like_a_file_name, says_what_it_shows


@pytest.mark.parametrize(
    "text",
    [
        "skyline.png",
        "My holiday.JPEG",
        "IMG_2041",
        "cover_final",
        "DSC0001",
        "Screenshot 12",
        "image",
        " photo.webp ",
    ],
)
def test_the_name_of_a_file_describes_nothing(text):
    assert is_like_a_file_name(text)
    with pytest.raises(ValidationError, match="looks like the name of a file"):
        says_what_it_shows(text)


@pytest.mark.parametrize(
    "text",
    [
        "A skyline at dusk",
        "The line app_user in a Dockerfile",
        "Image of two paths that meet",
        "Screenshot of the exam page",
        "How to open a .png file",
        "Photo 51, of the structure of DNA",
        "",
    ],
)
def test_a_sentence_describes(text):
    assert not is_like_a_file_name(text)
    says_what_it_shows(text)
