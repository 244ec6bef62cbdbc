"""Which of the addresses there are is most like one that is not. Pure text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

COMPARED = 30  # letter by letter, of those that share a word
LIKE_ENOUGH = 0.6
SAME_SECTION = 0.1
BEGINNING = 4  # letters


class Addresses:
    """Sorted by the words in them, so that only a few are compared letter by letter."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for path in known:
            for word in _words(path):
                self._by_word[word].append(path)

    def nearest(self, path: str, *, at_least: float = LIKE_ENOUGH) -> str | None:
        shared = Counter(other for word in _words(path) for other in self._by_word.get(word, []))
        # Of equally many shared words the first by name, so that the answer is the same each time.
        few = sorted(shared, key=lambda other: (-shared[other], other))[:COMPARED]
        best = max(few, key=lambda other: _likeness(path, other), default=None)
        return best if best and _likeness(path, best) >= at_least else None


def _words(path: str) -> set[str]:
    """The words of the last part, and their beginnings, for words mistyped towards the end."""
    words = {word for word in re.split(r"[^a-z0-9]+", _last(path)) if len(word) > 1}
    return words | {word[:BEGINNING] + "…" for word in words if len(word) > BEGINNING}


def _last(path: str) -> str:
    return path.lower().rstrip("/").rpartition("/")[2]


def _likeness(path: str, other: str) -> float:
    same = path.rstrip("/").rpartition("/")[0] == other.rstrip("/").rpartition("/")[0]
    return SequenceMatcher(None, _last(path), _last(other)).ratio() + (SAME_SECTION if same else 0)
