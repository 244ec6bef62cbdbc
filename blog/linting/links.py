"""Links inside the site."""

from collections.abc import Iterator
from dataclasses import replace

from blog.canonical import Block

from .artefacts import addresses
from .findings import Fix, Known, Note, in_body, shortened
from .stories import Story, everywhere


def internal_links(story: Story) -> frozenset[str]:
    """The addresses in the text that are of this site, for whoever knows which of them lead somewhere."""
    found = (address for passage in story.passages for address in addresses(passage.block.runs))
    return frozenset(address for address in found if address.startswith("/") and not address.startswith("//"))


def dead_links(story: Story, known: Known) -> Iterator[Note]:
    for passage in story.passages:
        for address in sorted(addresses(passage.block.runs) & known.dead_links):
            words = "".join(run.text for run in passage.block.runs if ("a", address) in run.marks)
            message = f"The link to {shortened(address)} leads nowhere on the site."
            yield Note(in_body(passage, words), message, _without(address))


def bare_links(story: Story, known: Known) -> Iterator[Note]:
    """Words that do not say where a link leads."""
    for passage in story.prose:
        for address in sorted(addresses(passage.block.runs)):
            words = "".join(run.text for run in passage.block.runs if ("a", address) in run.marks)
            if words.strip(" .:").casefold() in (
                "here",
                "click here",
                "this",
                "this link",
                "link",
                "read more",
            ):
                message = f"A link that says only “{words.strip()}”. Name what it leads to."
                yield Note(in_body(passage, words), message)


def _without(address: str) -> Fix:
    """The words stay."""

    def change(blocks: list[Block]) -> list[Block]:
        for block in everywhere(blocks):
            block.runs = [
                replace(run, marks=tuple(mark for mark in run.marks if mark != ("a", address)))
                for run in block.runs
            ]
        return blocks

    return Fix("Take the link off", lambda story: story.rewritten(change))
