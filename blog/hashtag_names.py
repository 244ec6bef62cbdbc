"""Hashtags as people type them: parsing, the key under which spellings meet, and the slug. Pure text.

What a person means by what they typed:

* commas, semicolons and new lines part hashtags; spaces do not: ``Machine Learning`` is one;
* a ``#`` at the start of a word begins a hashtag, which runs to the next such ``#`` or separator:
  ``#Java #Python`` are two, ``#machine learning #java`` are ``machine learning`` and ``java``;
* hashtags written without spaces, ``#Java#Python``, are two; the ``#`` that ends ``C#`` is part of the name;
* a quoted phrase is one hashtag, commas and all;
* a row copied from a table, ``| HashTags | #Java #Python |``, gives what stands in it, not its label.
"""

import re
import unicodedata
from collections.abc import Iterable

from .slugs import slug_of

MAX_LENGTH = 60
MAX_KEY_LENGTH = 100
MAX_SLUG_LENGTH = 80

_SEPARATORS = "|,;\n\r\v\f\x85\u2028\u2029،、，；"
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_QUOTED = re.compile(rf'(?:^|(?<=[\s{_SEPARATORS}#]))"([^"\n]+)"(?=$|[\s{_SEPARATORS}#])')
_LABEL = re.compile(r"^[\s|]*hash ?tags?\s*[:|]+\s*(?=\S)", re.IGNORECASE)
_LONELY_HASH = re.compile(r"(?:^|(?<=\s))#(?=\S)")
_GLUED_HASH = re.compile(r"#(?=\w)")
_EMOJI_SEQUENCE = re.compile(r".\ufe0f?\u20e3|.\ufe0f", re.DOTALL)
_DISPLAY_JOINERS = "\u200c\u200d\ufe0f"


def parse(text: str) -> list[str]:
    """The names in ``text``, in order, each spelling key once; the first spelling typed wins."""
    names: list[str] = []
    position, text = 0, _LABEL.sub("", text.translate(_QUOTES))
    for quoted in _QUOTED.finditer(text):
        names += _unquoted(text[position : quoted.start()].removesuffix("#"))
        names.append(tidy(quoted[1]))
        position = quoted.end()
    names += _unquoted(text[position:])
    return list(first_spellings(name for name in names if name).values())


def first_spellings(names: Iterable[str]) -> dict[str, str]:
    """Names by their key. What has no key stays, under its own spelling, for ``fault`` to name."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key_of(name) or name, name)
    return found


def tidy(name: str) -> str:
    """The name as it is shown: composed, single spaces, no leading #, nothing invisible."""
    name = unicodedata.normalize("NFC", name).translate(_QUOTES).replace('"', " ")
    name = "".join(char for char in map(_visible, name) if char)
    name = " ".join(name.split()).lstrip("# ")
    return name.rstrip(". ") if name.strip(". ") else name


def key_of(name: str) -> str:
    """What Python, python, #PYTHON and ｐｙｔｈｏｎ have in common. C, C++ and C# share none."""
    plain = "".join(char for char in _EMOJI_SEQUENCE.sub("", name) if not _is_ornament(char))
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())
    key = re.sub(r"[\s_\-\u2010-\u2015\u2212]", "", key.replace("’", "'")).lstrip("#")
    return key if any(char.isalnum() for char in key) else ""


def fault(name: str) -> str:
    """Why ``name`` cannot be a hashtag, as a sentence; empty when it can."""
    if not name:
        return "A hashtag needs a name."
    shown = name if len(name) <= MAX_LENGTH else f"{name[:MAX_LENGTH]}…"
    if len(name) > MAX_LENGTH:
        return f"“{shown}” is too long for a hashtag: at most {MAX_LENGTH} characters."
    if not (key := key_of(name)):
        return f"“{shown}” has no letter or digit, so it cannot be a hashtag."
    if len(key) > MAX_KEY_LENGTH:
        return f"“{shown}” is too long for a hashtag once written out."
    return ""


def several(name: str) -> str:
    """Why a new hashtag cannot be called ``A #B``, as a sentence; empty when its name reads as one."""
    if len(read := list(filter(None, _between_hashes(name)))) < 2:
        return ""
    return f"“{name[:MAX_LENGTH]}” reads as {len(read)} hashtags. Part them with commas, or leave out the #."


def slug_for(name: str) -> str:
    return slug_of(name, max_length=MAX_SLUG_LENGTH, fallback="tag")


def written(names: Iterable[str]) -> str:
    """The names as one line that ``parse`` reads back as the same names."""
    return ", ".join(f'"{name}"' if _needs_quotes(name) else name for name in names)


def _needs_quotes(name: str) -> bool:
    return any(char in _SEPARATORS for char in name) or parse(name) != [name]


def _unquoted(text: str) -> list[str]:
    pieces = re.split(f"[{_SEPARATORS}]", text)
    return [tidy(name) for piece in pieces for name in _between_hashes(piece)]


def _between_hashes(piece: str) -> list[str]:
    before, *tagged = _LONELY_HASH.split(piece.strip())
    return [before, *(part for run in tagged for part in _unglued(run))]


def _unglued(run: str) -> list[str]:
    word, _, rest = run.partition(" ")
    *whole, last = _GLUED_HASH.split(word)
    return [*whole, f"{last} {rest}"]


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category[0] == "C" and char not in _DISPLAY_JOINERS else char


def _is_ornament(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk", "Me", "Cf", "Cs", "Co", "Cn", "Cc"} or char == "\ufe0f"
