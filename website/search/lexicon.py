"""What the public pages call things: other names to look for too, and right spellings of mistyped words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from blog.prepared import Prepared
from website.models import SearchDocument

from . import words

ARTICLES = 2_000  # the newest, whose titles and summaries lend their words
LONGEST = 4  # words of an alias
MEANINGS = 3  # of one alias
SHORTEST = 4  # letters of a word that may be taken for a mistyped one
CLOSE = 0.72
BROWSED = ("article", "author", "category", "pathway")  # their keywords are no names of theirs
Phrase = tuple[str, ...]
Fact = tuple[str, str, str, str, str, int]  # its kind, title, keywords, summary, names and row


@dataclass(slots=True)
class Lexicon:
    meanings: dict[str, list[Phrase]] = field(default_factory=dict)
    spellings: Counter[str] = field(default_factory=Counter)
    stems: set[str] = field(default_factory=set)
    roles: dict[str, int] = field(default_factory=dict)  # by what they are called: their rows
    last: int = 0  # the row of the index that was written last

    def expanded(self, query: words.Query) -> words.Query:
        """A run of words that is another name of something also finds that thing's own name."""
        terms = list(query.terms)
        for (start, end), key in _runs(query.terms):
            more = self.meanings.get(key, [])[:MEANINGS]
            for n in range(start, end):
                # Said of each word of the run: (a or m) and (b or m) is (a and b) or m.
                terms[n] = replace(terms[n], phrases=tuple(dict.fromkeys([*terms[n].phrases, *more])))
        return replace(query, terms=tuple(terms))

    def corrected(self, query: words.Query) -> str:
        """The query with the nearest known words in the place of unknown ones; or nothing."""
        text = query.text
        for start, end, form in reversed(list(words.chunks(text))):
            if right := self._nearest(form):
                text = text[:start] + right + text[end:]
        return text if text != query.text else ""

    def _nearest(self, form: words.Forms) -> str:
        word = form.joined
        is_known = word in self.spellings or form.stems() & (self.stems - {word})
        if len(word) < SHORTEST or is_known or word in words.STOP_WORDS:
            return ""
        scorer = DamerauLevenshtein.normalized_similarity
        near = process.extract(word, list(self.spellings), scorer=scorer, score_cutoff=CLOSE, limit=5)
        best = max(near, key=lambda one: (one[1], one[0][0] == word[0], self.spellings[one[0]]), default=None)
        return best[0] if best else ""


def _runs(terms: Sequence[words.Term]) -> Iterator[tuple[tuple[int, int], str]]:
    for start in range(len(terms)):
        for end in range(start + 1, min(start + LONGEST, len(terms)) + 1):
            run = terms[start:end]
            if all(term.raw and not term.is_excluded for term in run):
                yield (start, end), words.stem("".join(term.raw for term in run))


def _phrase(text: str) -> Phrase:
    return tuple(words.stem(part) for _, _, form in words.chunks(words.clean(text)) for part in form.parts)


# --- Made from the index, anew when the index was written ---------------------

_kept: dict[str, tuple[object, Lexicon]] = {}


def _latest() -> Any:
    rows = SearchDocument.objects.order_by("-pk")
    return rows.values_list("pk", "kind", "ref", "title", "keywords")[:1]


_written_last: Final = Prepared(SearchDocument, _latest)


def lexicon(now: datetime) -> Lexicon:
    state = next(iter(_written_last()), None)
    kept = _kept.get("lexicon")
    if kept is None or kept[0] != state:
        kept = _kept["lexicon"] = (state, _made(now))
        kept[1].last = state[0] if state else 0
    return kept[1]


def at_hand() -> Lexicon:
    """As the last search had it, without asking again whether it is still true."""
    kept = _kept.get("lexicon")
    return kept[1] if kept else Lexicon()


def _made(now: datetime) -> Lexicon:
    visible = SearchDocument.objects.visible(now)
    columns = ("kind", "title", "keywords", "summary")
    others = visible.exclude(kind="article").order_by("-weight", "pk")
    facts = list(others.values_list(*columns, "names", "pk"))
    articles = visible.filter(kind="article").order_by("-visible_from", "pk").values_list(*columns)
    made = Lexicon(_meanings(facts), roles=_roles(facts))
    for _, title, keywords, summary, *_ in [*facts, *articles[:ARTICLES]]:
        _learn(made, f"{title} {keywords} {summary}")
    return made


def _roles(facts: list[Fact]) -> dict[str, int]:
    """By what they are called: their rows. Of two with one name, the one written first."""
    roles = [(names, row) for kind, _, _, _, names, row in facts if kind == "role"]
    found: dict[str, int] = {}
    for names, row in roles:
        for name in names.split("|"):
            if len(name) >= SHORTEST:
                found.setdefault(name, row)
    return found


def _learn(made: Lexicon, text: str) -> None:
    for _, _, form in words.chunks(text):
        made.stems |= form.stems()
        made.spellings.update(part for part in form.parts if len(part) >= SHORTEST and part.isalpha())


def _meanings(facts: list[Fact]) -> dict[str, list[Phrase]]:
    """Other names of facts and hashtags. A name that something has as its own means just that."""
    titles = {words.key(title) for kind, title, *_ in facts if kind != "hashtag"}
    found: dict[str, list[Phrase]] = defaultdict(list)
    for kind, title, keywords, *_ in facts:
        if kind in BROWSED or kind in ("provider", "certification"):
            continue
        for key in filter(None, map(words.key, keywords.split(","))):
            phrase = _phrase(title)
            if key not in titles and phrase not in found[key]:
                found[key].append(phrase)
    return dict(found)
