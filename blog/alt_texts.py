"""Texts for those who cannot see a picture: what they may be, and which of two is meant."""

import re
from typing import Final

from django.core.exceptions import ValidationError

# As a browser reads it too: the editor's dialog asks by the same pattern.
FILE_NAME: Final = (
    r"\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$|^\S*_\S*$"
    r"|^(dscn?|image|img|photo|picture|pxl|screenshot)[\s-]*\d*$"
)
_FILE_NAME: Final = re.compile(FILE_NAME, re.IGNORECASE)
NOT_DESCRIBED: Final = (
    "Say what the picture shows. If it only decorates, tick “decorative” in the picture library."
)
LIKE_A_FILE: Final = "This looks like the name of a file. Say what the picture shows."


def is_like_a_file_name(text: str) -> bool:
    return bool(_FILE_NAME.search(text.strip()))


def says_what_it_shows(text: str) -> None:
    """A validator: a file's name read aloud helps nobody."""
    if is_like_a_file_name(text):
        raise ValidationError(LIKE_A_FILE, code="file_name")
