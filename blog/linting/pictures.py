"""Pictures and those who cannot see them. An empty description on purpose means decoration."""

import re
from collections.abc import Iterator
from typing import Final

from .findings import Known, Note, Place, in_body, shortened
from .stories import Story

_FILE_NAME: Final = re.compile(
    r"\S{1,200}\.(?:jpe?g|png|gif|webp|avif|svg|heic|bmp|tiff?)"
    r"|(?:img|dsc|dscn|pxl|screenshot|screen shot|photo|image|picture|untitled|figure)"
    r"[\s_-]?[\d\s_.:-]{0,30}(?:at [\d.:]{4,8})?"
    r"|[0-9a-f]{12,64}"
    r"|[a-z0-9]{1,60}(?:_[a-z0-9]{1,60}){1,10}",
    re.IGNORECASE,
)


def pictures_without_words(story: Story, known: Known) -> Iterator[Note]:
    for passage in story.passages:
        if passage.block.tag == "figure" and "alt" not in passage.block.attributes:
            message = "A picture without a description. Say what it shows, or mark it as decoration."
            yield Note(in_body(passage, passage.words), message)


def file_names_as_words(story: Story, known: Known) -> Iterator[Note]:
    for passage in story.passages:
        alt = passage.block.attributes.get("alt", "") if passage.block.tag == "figure" else ""
        if is_file_name(alt):
            yield Note(in_body(passage, passage.words), _message("A picture", alt))
    if is_file_name(story.cover_alt):
        yield Note(
            Place("cover_alt", excerpt=shortened(story.cover_alt)), _message("The cover", story.cover_alt)
        )


def is_file_name(text: str) -> bool:
    return bool(_FILE_NAME.fullmatch(text.strip()))


def _message(what: str, alt: str) -> str:
    return f"{what} is described as “{shortened(alt)}”, which is a name of a file. Say what it shows."
