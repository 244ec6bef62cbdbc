"""Text of a file → values of ours, or a sentence that says why not. Pure."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.html import strip_tags

from .faults import RowFault

NOTHING = frozenset({"", "n/a"})
NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,12})?")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
CHINESE = {"CN": "zh-Hans", "SG": "zh-Hans", "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant"}
USUAL = {"en": "US", "ja": "JP", "ko": "KR"}  # de-DE, fr-FR and their like go without saying
DASHES = re.compile(r"[-‐‑‒–—―−_/]+")
MARKS = str.maketrans(dict.fromkeys("™®©℠"))
SHOWN = 60


def quoted(text: str) -> str:
    """As it may stand in a message: short, and without what moves a terminal's cursor."""
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return f"“{printable(cut)}”"


def printable(text: str) -> str:
    """What a message repeats of a file, fit for a terminal and a database."""
    return "".join(char if char.isprintable() else "�" for char in text)


def clean(value: str, *, column: str = "text", longest: int | None = None) -> str:
    """One line of text, spaces made plain."""
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r" for char in value):
        raise RowFault(f"{column} {quoted(value)} holds bytes or characters that are no text.")
    text = " ".join(unicodedata.normalize("NFC", value).split())
    if longest is not None and len(text) > longest:
        raise RowFault(f"{column} {quoted(text)} is longer than {longest} characters.")
    return text


def is_nothing(text: str) -> bool:
    return text.strip().lower() in NOTHING


def number(text: str, low: int, high: int, *, column: str, places: int = 2) -> Decimal | None:
    """``None`` where the file says that it is not known."""
    told = text.strip()
    if is_nothing(told):
        return None
    if not NUMBER.fullmatch(told) or not low <= Decimal(told) <= high:
        raise RowFault(f"{column} {quoted(told)} is no number from {low} to {high}.")
    return Decimal(told).quantize(Decimal(1).scaleb(-places))


def whole(text: str, low: int, high: int, *, column: str) -> int | None:
    found = number(text, low, high, column=column, places=12)
    if found is not None and found != int(found):
        raise RowFault(f"{column} {quoted(text)} is no whole number.")
    return None if found is None else int(found)


def flag(text: str, *, column: str) -> bool | None:
    told = text.strip().upper()
    if is_nothing(told):
        return None
    if told not in ("Y", "N"):
        raise RowFault(f"{column} {quoted(text)} is neither Y nor N.")
    return told == "Y"


def day(value: object, *, column: str) -> date | None:
    """From a date, or from a moment of which only the day counts."""
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        raise RowFault(f"{column} {quoted(str(value))} is no date such as 2026-09-30.") from None


def language(tag: object) -> str:
    """“pt-br” → “pt-BR”, “de-de” → “de”; Chinese by its script."""
    match = LANGUAGE.fullmatch(tag.strip()) if isinstance(tag, str) else None
    if match is None:
        raise RowFault(f"Language {quoted(str(tag))} is no code such as en or pt-BR.")
    base, script, region = (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())
    if base == "zh" and not script and region in CHINESE:
        return CHINESE[region]
    if region == USUAL.get(base, base.upper()):
        region = ""
    return "-".join(filter(None, [base, script, region]))


def without_markup(value: str, *, column: str = "text", longest: int | None = None) -> str:
    try:
        stripped = strip_tags(value)
    except SuspiciousOperation:
        raise RowFault(f"{column} {quoted(value)} holds too much markup.") from None
    return clean(unescape(stripped), column=column, longest=longest)


def fold(name: str) -> str:
    """What the spellings of one name have in common. C, C++ and C# stay three."""
    plain = unicodedata.normalize("NFKC", name.translate(MARKS)).casefold()
    return " ".join(DASHES.sub(" ", plain).split())


def plain(value: Any) -> Any:
    """As it is kept in JSON and shown in a difference."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def same(one: Any, other: Any) -> bool:
    """Equal in meaning: 4 and 4.00, or lists in another order."""
    are_numbers = is_number(one) or is_number(other)
    one, other = plain(one), plain(other)
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    if are_numbers and NUMBER.fullmatch(str(one)) and NUMBER.fullmatch(str(other)):
        return Decimal(str(one)) == Decimal(str(other))
    return bool(one == other)


def is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def is_empty(value: Any) -> bool:
    """Says nothing yet: an import may fill it. A flag that is off says nothing either."""
    return value is None or value is False or value in ("", [])
