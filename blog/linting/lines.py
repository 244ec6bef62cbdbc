"""The lines around the text: title, summary, what search engines show, who wrote it."""

from collections.abc import Iterator
from typing import Final

from blog.canonical import Block

from .findings import Fix, Known, Note, Place, shortened
from .stories import Story

TITLE: Final = (20, 60)
DESCRIPTION: Final = (50, 160)
SUMMARY: Final = (50, 300)  # cards have room for more than search engines


def title_length(story: Story, known: Known) -> Iterator[Note]:
    """Of what a search engine shows: its own title where there is one."""
    name = "seo_title" if story.seo_title.strip() else "title"
    yield from _length(name, getattr(story, name), *TITLE, what="title")


def description_length(story: Story, known: Known) -> Iterator[Note]:
    if story.seo_description.strip():
        yield from _length("seo_description", story.seo_description, *DESCRIPTION, what="description")
    else:
        yield from _length("summary", story.summary, *SUMMARY, what="summary")


def no_title(story: Story, known: Known) -> Iterator[Note]:
    if not story.title.strip():
        yield Note(Place("title"), "There is no title yet.")


def no_summary(story: Story, known: Known) -> Iterator[Note]:
    if not story.summary.strip():
        yield Note(Place("summary"), "No summary: cards and search results will have nothing to say.")


def no_author(story: Story, known: Known) -> Iterator[Note]:
    if not any(name.strip() for name in story.authors):
        yield Note(Place("authors"), "Nobody is named as author.")


def same_title_twice(story: Story, known: Known) -> Iterator[Note]:
    """The title once more at the top of the text, where the page already shows it."""
    for number in _titles(story.blocks, story.title):
        place = Place("body", number, excerpt=shortened(story.blocks[number].text))
        message = "The text begins with the title, which the page shows above it anyway."
        yield Note(place, message, Fix("Remove it", _without_titles))


def _titles(blocks: list[Block], title: str) -> list[int]:
    named = title.strip().casefold()
    return [at for at, block in enumerate(blocks[:2]) if named and block.text.strip().casefold() == named]


def _without_titles(story: Story) -> Story:
    def change(blocks: list[Block]) -> list[Block]:
        while found := _titles(blocks, story.title):
            blocks = [*blocks[: found[0]], *blocks[found[0] + 1 :]]
        return blocks

    return story.rewritten(change)


def _length(name: str, text: str, least: int, most: int, *, what: str) -> Iterator[Note]:
    count = len(text.strip())
    place = Place(name, excerpt=shortened(text))
    if count > most:
        yield Note(place, f"The {what} has {count} characters; more than {most} may be cut.")
    elif 0 < count < least:
        yield Note(place, f"The {what} has only {count} characters; {least} to {most} say more.")
