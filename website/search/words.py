"""What a writer wrote and what a reader typed, as the same words.

Pure text. Both databases index exactly the words made here and are asked for exactly the words made here, so
that neither's own idea of a word, a stop word or a stem decides what is found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

MAX_CHARACTERS = 400  # of a query
MAX_WORDS = 12  # of a query
MAX_LETTERS = 40  # of a word
MAX_INDEXED = 200_000  # characters of a field: PostgreSQL refuses a tsvector above one megabyte

# Left out of a query that has other words. "it" is missing on purpose: it is a trade; so is "go", a language.
STOP_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "in"}
    | {"is", "of", "on", "or", "the", "to", "vs", "what", "which", "with", "you", "your"}
    # Of questions, which say what is wanted of the answer and not what it is about.
    | {"about", "am", "become", "best", "between", "could", "did", "get", "good", "has", "have", "if", "im"}
    | {"me", "much", "my", "need", "our", "should", "some", "that", "there", "this", "top", "versus", "want"}
    | {"was", "we", "where", "who", "will", "would"}
)

_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d"  # accents, soft hyphens and joiners that a word may hide
_RUN = rf"[^\W_][\w{_INSIDE}]*"
# .NET, and runs of letters held together by hyphens, dots and the like, perhaps ending in #, ++ or +.
CHUNK = re.compile(rf"\.net\b|{_RUN}(?:[-‐‑.&/'’]{_RUN})*(?:\+\+|\+(?!\w)|\#(?!\w))?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[-‐‑.&/_]+")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_DOTNET = re.compile(r"\.net$", re.IGNORECASE)
_PIECE = re.compile(r'(-?)"([^"]*)"|(\S+)')
_QUOTES = str.maketrans("“”„«»", '"' * 5)
_VOWEL = re.compile("[aeiouy]")
_SHORT = re.compile("[^aeiou][aeiouy][^aeiouwxy]")
_ENDINGS = ("ing", "ed", "es", "fication")
_BRITISH = re.compile(r"is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")


@dataclass(frozen=True, slots=True)
class Forms:
    """One chunk of text. ``AIP-C01`` has the parts aip and c01, and is aipc01 when joined."""

    parts: tuple[str, ...]
    joined: str
    is_marked: bool = False  # Security+ means more than security

    def stems(self) -> set[str]:
        return {stem(form) for form in (*self.parts, self.joined)}


@dataclass(frozen=True, slots=True)
class Term:
    """What must be there (or must not): any one of the phrases, or a word that begins with ``prefix``."""

    phrases: tuple[tuple[str, ...], ...]
    raw: str = ""  # a single word before stemming; empty for a quoted phrase
    prefix: str = ""
    is_excluded: bool = False

    def begun(self) -> "Term":
        """The same word, perhaps not typed to its end: ``learnin`` may become learning, indexed as learn."""
        if len(self.raw) < 2 or self.prefix:
            return self
        ends = {stem(self.raw + ending[n:]) for ending in _ENDINGS for n in range(len(ending) + 1)}
        shorter = sorted((end,) for end in ends if not end.startswith(self.raw))
        return replace(self, prefix=self.raw, phrases=(*self.phrases, *shorter))


@dataclass(frozen=True, slots=True)
class Query:
    text: str = ""
    terms: tuple[Term, ...] = ()
    key: str = ""
    core: str = ""  # the same without the words that tell nothing
    is_shortened: bool = False

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)

    def without(self, left_out: Iterable[Term]) -> "Query":
        """The same question with fewer words."""
        gone = {term.raw for term in left_out}
        terms = tuple(term for term in self.terms if term.is_excluded or term.raw not in gone)
        name = _core(terms)
        return replace(self, terms=terms, key=name, core=name)

    def widened(self) -> "Query":
        """The same question with its last word taken as the beginning of a word."""
        if not self.terms or self.terms[-1].is_excluded:
            return self
        return replace(self, terms=(*self.terms[:-1], self.terms[-1].begun()))


# --- Text -------------------------------------------------------------------


def clean(text: str) -> str:
    """Text any database and any page can hold: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


def fold(text: str) -> str:
    """Letters and digits only, without case and accents: Größe and GRÖSSE are grosse."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in plain if letter.isalpha() or letter.isdecimal())[:MAX_LETTERS]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Engineers, engineering and engineer as one: Porter's first steps only, so that prefixes still work."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    word = _without_verb_ending(_singular(_BRITISH.sub("iz", word)))
    word = word.removesuffix("cation") if word.endswith("fication") else word  # certification, certified
    if word.endswith("ll") and len(word) > 5:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        return word[:-1] + "i"
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _singular(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "js", "plus")):
        return word
    if len(word) == 3:  # VMs, but not AWS
        return word if _VOWEL.search(word) else word[:-1]
    return word[:-2] if word.endswith("ies") and len(word) > 4 else word[:-1]


def _without_verb_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word:
            is_verb = len(base) > 2 and _VOWEL.search(base) and not word.endswith("eed")
            return _tidied(base) if is_verb else word
    return word


def _tidied(base: str) -> str:
    """Programm is program, cod is code."""
    if base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    return base + "e" if len(base) == 3 and _SHORT.fullmatch(base) else base


def forms(chunk: str) -> Forms:
    return _remembered_forms(chunk) if len(chunk) <= MAX_LETTERS else _forms(chunk)


def _forms(chunk: str) -> Forms:
    plain = _POSSESSIVE.sub("", chunk).replace("'", "").replace("’", "")
    plain, mark = _mark(plain)
    parts = tuple(filter(None, map(fold, _SEPARATORS.split(_DOTNET.sub(".dotnet", plain)))))
    if not parts:
        return Forms((), "")
    joined = parts[0] if len(parts) == 1 else fold(plain)
    if mark == "plus":
        return Forms(parts, joined + mark, is_marked=True)
    return Forms((*parts[:-1], parts[-1] + mark), joined + mark)


_remembered_forms = lru_cache(maxsize=65_536)(_forms)


def _mark(chunk: str) -> tuple[str, str]:
    """C++ is cplusplus, C# csharp and Security+ securityplus; the # behind a longer word means nothing."""
    if chunk.endswith("++"):
        return chunk[:-2], "plusplus"
    if chunk.endswith("+"):
        return chunk[:-1], "plus"
    if chunk.endswith("#"):
        return chunk[:-1], "sharp" if len(chunk) == 2 or chunk[-3] in "-‐‑.&/_" else ""
    return chunk, ""


def chunks(text: str) -> Iterator[tuple[int, int, Forms]]:
    """Where each word of the text begins and ends, and what it is indexed as."""
    for found in CHUNK.finditer(text):
        yield found.start(), found.end(), forms(found.group())


# --- The index --------------------------------------------------------------


def index_words(text: str, *, joins_neighbours: bool = False) -> str:
    """The words of a field in order, then what they are when joined: machine learning, machinelearning."""
    found = [form for _, _, form in chunks(clean(text[: 2 * MAX_INDEXED])) if form.parts]
    words = [stem(part) for form in found for part in form.parts]
    joined = {stem(form.joined): None for form in found if len(form.parts) > 1 or form.is_marked}
    if joins_neighbours:
        joined |= {stem((one.joined + two.joined)[:MAX_LETTERS]): None for one, two in pairwise(found)}
    return " ".join([*words, *joined])[:MAX_INDEXED]


def key(text: str) -> str:
    """What spellings of one name have in common: AIP-C01 and aipc01, machine learning and machinelearning."""
    return stem("".join(form.joined for _, _, form in chunks(clean(text)) if form.parts))


# --- The query --------------------------------------------------------------


def parse(typed: str) -> Query:
    """Words, "exact phrases", -unwanted ones and begun*; whatever else was typed is read as words."""
    text = clean(typed[: MAX_CHARACTERS * 2]).translate(_QUOTES).strip()
    shown = text[:MAX_CHARACTERS].rstrip()
    asked = _terms(shown)
    terms = _without_stop_words(asked)
    kept = _first_words(terms)
    is_shortened = len(typed.strip()) > len(shown) or kept != terms
    name = _name(shown)
    core = name if kept == asked else _core(kept)
    return Query(shown, tuple(_with_neighbours(kept)), name, core, is_shortened)


def _core(terms: Iterable[Term]) -> str:
    """The key of a page that is called as the telling words are, of which none stands in quotes."""
    wanted = [term.raw for term in terms if not term.is_excluded]
    return stem("".join(wanted)) if all(wanted) else ""


def _name(text: str) -> str:
    """The key of a page that is called just what was asked for."""
    pieces = ((minus or bare.startswith("-"), quoted or bare) for minus, quoted, bare in _PIECE.findall(text))
    return key(" ".join(piece.replace("/", " ") for is_excluded, piece in pieces if not is_excluded))


def _terms(text: str) -> list[Term]:
    found: list[Term] = []
    for minus, quoted, bare in _PIECE.findall(text):
        if bare:
            found += _word_terms(bare)
        elif phrase := tuple(stem(part) for _, _, form in chunks(quoted) for part in form.parts):
            found.append(Term((phrase,), is_excluded=bool(minus)))
    return found


def _word_terms(piece: str) -> list[Term]:
    is_excluded = piece.startswith("-")
    terms = [_word_term(form, is_excluded) for _, _, form in chunks(piece.replace("/", " ")) if form.parts]
    if terms and piece.endswith("*"):
        terms[-1] = terms[-1].begun()
    return terms


def _word_term(form: Forms, is_excluded: bool) -> Term:  # noqa: FBT001
    joined = (stem(form.joined),)
    phrase = tuple(stem(part) for part in form.parts)
    phrases = (joined,) if form.is_marked else tuple(dict.fromkeys([phrase, joined]))
    return Term(phrases, raw=form.joined, is_excluded=is_excluded)


def _without_stop_words(terms: list[Term]) -> list[Term]:
    kept = [term for term in terms if term.raw not in STOP_WORDS or term.is_excluded]
    return kept if any(not term.is_excluded for term in kept) else terms


def _first_words(terms: list[Term]) -> list[Term]:
    kept: list[Term] = []
    left = MAX_WORDS
    for term in terms:
        phrase, *others = term.phrases
        if left <= 0:
            break
        kept.append(replace(term, phrases=(phrase[:left], *others)) if len(phrase) > left else term)
        left -= len(phrase)
    return kept


def _with_neighbours(terms: list[Term]) -> Iterator[Term]:
    """Machine learning is also found as machinelearning: either word may be met by the two joined."""
    if not terms:
        return
    for term, before, after in zip(terms, [None, *terms[:-1]], [*terms[1:], None], strict=True):
        pairs = [(before, term), (term, after)]
        joined = [(stem((a.raw + b.raw)[:MAX_LETTERS]),) for a, b in pairs if a and b and _may_join(a, b)]
        yield replace(term, phrases=(*term.phrases, *joined))


def _may_join(one: Term, two: Term) -> bool:
    return bool(one.raw and two.raw) and not one.is_excluded and not two.is_excluded
