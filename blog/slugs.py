"""Addresses out of titles and names: ASCII, readable, never empty, never taken. Pure text."""

import hashlib
import re
import unicodedata
from collections.abc import Container

# The last part of an address that a listing needs for itself.
RESERVED = frozenset(
    {"feed", "page", "new", "search", "tag", "tags", "category", "author", "archive", "admin"}
)

_ROMANISED = """
а=a б=b в=v г=g д=d е=e ё=e з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts
ы=y э=e ж=zh ч=ch ш=sh щ=shch ъ= ь= ю=yu я=ya і=i ї=yi є=ye ґ=g
α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch
ψ=ps ω=o
"""
_LETTERS = dict(pair.split("=") for pair in _ROMANISED.split())
_LETTERS |= {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_SYLLABLE = re.compile(r"(?:HIRAGANA|KATAKANA|HANGUL) (?:LETTER|SYLLABLE) (?:SMALL )?(\w+)")

# C++, C#, .NET and Node.js would otherwise all lose what tells them apart.
_SPELLED_OUT = [
    (re.compile(r"(?<=[a-z0-9])\+\+"), " plus plus "),
    (re.compile(r"(?<=[a-z0-9])\+"), " plus "),
    (re.compile(r"(?<=[a-z0-9])#"), " sharp "),
    (re.compile(r"(?<![a-z0-9])\.(?=[a-z])"), " dot"),
    (re.compile(r"(?<=[a-z])\.(?=js\b)"), ""),
    (re.compile(r"&"), " and "),
    (re.compile(r"['’`]"), ""),
]


def slug_of(text: str, *, max_length: int, fallback: str) -> str:
    """What ``text`` reads like in an address; where that loses letters, a short digest keeps it apart."""
    plain, lost = _in_ascii(text)
    for pattern, replacement in _SPELLED_OUT:
        plain = pattern.sub(replacement, plain)
    slug = _shortened(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"), max_length - 8)
    if slug and not lost:
        return slug
    digest = hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=3).hexdigest()
    return f"{slug or fallback}-{digest}"


def free_slug(base: str, taken: Container[str], *, max_length: int) -> str:
    """``base`` itself, or the first of base-2, base-3 … that nobody has and no listing needs."""
    candidate, number = base, 1
    while candidate in taken or candidate in RESERVED:
        number += 1
        candidate = numbered(base, number, max_length=max_length)
    return candidate


def numbered(base: str, number: int, *, max_length: int) -> str:
    ending = f"-{number}"
    return base[: max_length - len(ending)].rstrip("-") + ending


def is_numbered_form_of(slug: str, base: str) -> bool:
    """Whether ``slug`` is ``base`` or what ``free_slug`` makes of it when base is taken."""
    ending = re.search(r"-\d+$", slug)
    return slug == base or bool(ending and base.startswith(slug[: ending.start()]) and len(ending[0]) < 6)


def _in_ascii(text: str) -> tuple[str, bool]:
    """Lower case ASCII, and whether a letter had to be left out."""
    letters, lost = [], False
    for char in _letters_of(text):
        written = char if char.isascii() else _romanised(char)
        lost = lost or (not written and char not in _LETTERS and unicodedata.category(char)[0] in "LN")
        letters.append(written)
    return "".join(letters), lost


def _letters_of(text: str) -> str:
    """Accents parted from their letters; a Korean syllable, which has a name of its own, stays whole."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(
        char if _SYLLABLE.match(unicodedata.name(char, "")) else unicodedata.normalize("NFKD", char)
        for char in composed
    )


def _romanised(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char in "’‘":
        return "'"
    if unicodedata.category(char)[0] in "ZP":
        return " "
    if syllable := _SYLLABLE.match(unicodedata.name(char, "")):
        return syllable[1].lower()
    return ""


def _shortened(slug: str, max_length: int) -> str:
    """Cut at a word, unless the first word alone is too long."""
    if len(slug) <= max_length:
        return slug
    cut = slug[: max_length + 1].rfind("-")
    return slug[:cut] if cut > 0 else slug[:max_length]
