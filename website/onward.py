"""Where no page is: the one that was probably meant, and what a search for the address's words finds.

It costs as much as a page of results, whatever was asked; programs that look for somebody else's software get
the bare page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from .missing import is_noise
from .nearest import Addresses
from .redirects import may_be_stored
from .search import Hit, search

SHOWN = 5
LONGEST = 8  # words
MEANT = 0.8  # likeness of two addresses that cannot be by chance
# Parts of addresses that are no words of anybody's title.
_SECTIONS = frozenset(
    {"archive", "author", "blog", "careers", "category", "certifications", "choose", "compare", "feed"}
    | {"index", "pathways", "posters", "providers", "roles", "search", "series", "skills", "suggest", "tag"}
    | {"technologies"}
)
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_JUNK = re.compile(r"""(?:[ .,;:!?*'"”’»)\]}>]|&(?:amp|quot|gt);?|\.html?)+/?$""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Onward:
    words: str
    hits: list[Hit] = field(default_factory=list)
    meant: Hit | None = None


def tidied(path: str) -> str:
    """Without what sticks to an address that was copied from a sentence or from another system."""
    return path if ".." in path else _JUNK.sub("", path).replace("_", "-") or "/"


def onward(path: str, *, now: datetime) -> Onward | None:
    """None where there is nothing to go by."""
    # A person typed words with spaces between them; a program's space lies among other signs.
    if is_noise(path.strip().replace(" ", "-")) or not may_be_stored(path):
        return None
    words = _words(path)
    for asked in _attempts(words):
        if hits := search(asked, now=now).hits[:SHOWN]:
            return Onward(asked, hits, _meant(path, hits))
    return Onward(" ".join(words)) if words else None


def _words(path: str) -> list[str]:
    """Of the last part that has any."""
    parts = [re.findall(r"\w+", _ENDING.sub("", part).replace("_", " ")) for part in path.split("/")]
    named = [words for words in parts if any(not word.isdecimal() for word in words)]
    found = [word.lower() for word in named[-1][:LONGEST]] if named else []
    return [] if len(found) == 1 and found[0] in _SECTIONS else found


def _attempts(words: list[str]) -> Iterator[str]:
    """All words; without numbers; the longest alone, which says most."""
    plain = [word for word in words if not word.isdecimal()]
    longest = sorted(plain, key=len, reverse=True)[:1]
    yield from dict.fromkeys(" ".join(tried) for tried in (words, plain, longest) if tried)


def _meant(path: str, hits: list[Hit]) -> Hit | None:
    nearest = Addresses(hit.url for hit in hits).nearest(path, at_least=MEANT)
    return next((hit for hit in hits if hit.url == nearest), None)
