"""What a search may want instead of results: a tool or a list of this site, a role, two roles compared.

A fixed table and the names of the published roles that the lexicon has anyway: nothing is asked of the
database unless a role is named, and then once.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from careers.comparison import FEWEST, MOST, address

from .lexicon import at_hand
from .matching import Results, titles
from .words import STOP_WORDS, Query, chunks, index_words, stem

LONGEST = 6  # words of the name of a role


class Shortcut(NamedTuple):
    label: str
    url: str
    about: str = ""


class Tool(NamedTuple):
    """Suggested where all words of something it is called are in the query; ``alone``: and no others."""

    label: str
    page: str
    about: str
    said: tuple[str, ...]
    is_alone: bool = False


TOOLS = (
    Tool(
        "Which role fits you",
        "careers:choose",
        "tick what is true of you and see how each role fits",
        ("role fits", "role fit me", "role suits", "career fits", "job fits", "choose role", "career quiz"),
    ),
    Tool(
        "Compare roles",
        "careers:compare",
        "two to four, side by side",
        ("compare", "comparison", "role vs", "difference between"),
    ),
    Tool(
        "Pathways",
        "careers:pathway-list",
        "step by step",
        ("pathway", "roadmap", "learning path", "career path"),
    ),
    Tool(
        "What is changing",
        "careers:change-list",
        "retirements, betas and new prices of certifications, by date",
        (
            "what changing",
            "what changes",
            "changing certification",
            "changing exam",
            "retiring",
            "retirement",
        ),
    ),
    Tool(
        "Certifications",
        "careers:credential-list",
        "with price, language and status",
        ("certification", "certificate", "exam"),
        is_alone=True,
    ),
    Tool("Skills", "careers:skill-list", "what each means", ("skill",), is_alone=True),
    Tool(
        "Technologies",
        "careers:technology-list",
        "and which roles work with them",
        ("technology", "tool"),
        is_alone=True,
    ),
    Tool("Providers", "careers:provider-list", "who awards certifications", ("provider",), is_alone=True),
    Tool("Roles", "careers:role-list", "what each does", ("role", "job", "career"), is_alone=True),
)


_TELL_NOTHING = {stem(word) for word in STOP_WORDS}
_CALLED = [(tool, set(index_words(words).split())) for tool in TOOLS for words in tool.said]


def to(results: Results) -> list[Shortcut]:
    """On the first page of results of everything."""
    query = results.query
    if query.excluded or not query.wanted:
        return []
    said = set(index_words(query.text).split())
    telling = said - _TELL_NOTHING
    meant = {
        tool: None for tool, words in _CALLED if words <= said and (telling <= words or not tool.is_alone)
    }
    return [*_to_roles(results), *(Shortcut(one.label, reverse(one.page), one.about) for one in meant)]


def _to_roles(results: Results) -> Iterator[Shortcut]:
    """By the index, from which a role goes in the moment in which it is no longer published."""
    rows = list(dict.fromkeys(_named(results.query, at_hand().roles)))[:MOST]
    found = titles(rows) if rows else []
    if len(found) >= FEWEST:
        slugs = [one.url.rstrip("/").rpartition("/")[2] for one in found]
        url = reverse("careers:comparison", args=[address(slugs)])
        yield Shortcut(f"{' vs '.join(one.title for one in found)}, compared", url)
    elif found and all(hit.url != found[0].url for hit in results.hits[:1]):
        yield Shortcut(found[0].title, found[0].url, "the role")


def _named(query: Query, roles: dict[str, int]) -> Iterator[int]:
    """The longest name that begins at a word, from left to right."""
    words = [form.joined for _, _, form in chunks(query.text) if form.parts]
    at = 0
    while at < len(words):
        ends = range(min(at + LONGEST, len(words)), at, -1)
        end = next((end for end in ends if stem("".join(words[at:end])) in roles), None)
        if end is not None:
            yield roles[stem("".join(words[at:end]))]
        at = end or at + 1
