"""Strings that nobody means and somebody sends, as they stand in an address: always the same for one seed."""

import random
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote, quote_from_bytes

SEED = 20_261_126
PIECES = [
    *["\x00", "\x1b[31m", "\r\nSet-Cookie: x=1", "\ufeff", "\u202eright to left", "\u200f\u200e"],
    *["\u2028", "\u0301" * 40, "Z\u0351\u036b\u0343", "\U0001f469\u200d\U0001f4bb"],
    *["\U0001f1e9\U0001f1ea", "\uffff", "\U0010ffff", "\ud800", "\udfff\ud800", "\ufdfa", "\xdf"],
    *["\u0130", "\u0131", "\u017f", "\ufb01", "\u2116", "\xbd", "\xb2", "\u0663", "\u0be7", "\u2167"],
    *["\u96f6", "0", "-0", "-1", "1e309", "NaN", "Infinity", "0x7f", "1_000", "0.1", "+1", "9" * 19],
    *["9" * 400, "2147483648", "9223372036854775808", "1" + "0" * 400, "--1", "1/0", "0000-00-00"],
    *["2026-02-30", "'", '"', "`", "''; DROP TABLE blog_article; --", "' OR 1=1 --", "%", "_", "\\"],
    *["%%", "%s", "%(x)s", "{}", "{0.__class__}", "${7*7}", "{{ 7|add:7 }}", "{% debug %}", "$1", "\\1"],
    *["$(id)", "`id`", "| id", "<script>alert(1)</script>", "</title>", "<!--", "]]>", "&#0;", "&lt;"],
    *["<svg/onload=alert(1)>", "javascript:alert(1)", "//evil.example", "../../etc/passwd", "..\\.."],
    *["file:///", "\n", "\t", " ", "(", ")", "((((", "a*", "*", "**", "-", "--a", "+", "++", "a+b+c+d"],
    *["#", "c#", ".net", "|", "&", "!", "a:*", "NEAR(a b)", "a AND", "OR", "NOT", "^a", "a <-> b"],
    *["''''", '"a', '-"a b"', "~", "-vs-", "a-vs-", "None", "null", "undefined", "true", "[]", "page"],
    *["sample", "python", "machine learning", "?a=b", ";"],
]
# Bytes that are no text at all, and escapes that are none.
BYTES = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80" * 9, b"\xfe\xff"]
ESCAPES = ["%", "%0", "%zz", "%u0041", "%25", "%2525", "%C0%AE", "%00%00", "&", "=", "&&==", "a[]=", "+"]
LENGTHS = (1, 2, 3, 3, 5, 8, 400, 4_000)
LONGEST = 100_000


def naughty(count: int) -> list[str]:
    return list(islice(_all(random.Random(SEED)), count))


def _all(chance: random.Random) -> Iterator[str]:
    """Each piece by itself, one after another of each kind; then ever new mixtures of them."""
    alone = [*map(escaped, PIECES), *map(quote_from_bytes, BYTES), *ESCAPES]
    chance.shuffle(alone)
    yield from alone
    while True:
        yield _mixture(chance, alone)


def _mixture(chance: random.Random, alone: list[str]) -> str:
    kind = chance.randrange(100)
    if kind == 0:
        return (chance.choice(alone) * LONGEST)[:LONGEST]
    if kind < 30:
        return escaped("".join(chr(chance.randrange(0x110000)) for _ in range(chance.choice(LENGTHS[:6]))))
    if kind < 40:
        return quote_from_bytes(chance.randbytes(chance.choice(LENGTHS[:6])))
    return "".join(chance.choices(alone, k=chance.choice(LENGTHS)))[:LONGEST]


def escaped(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")
