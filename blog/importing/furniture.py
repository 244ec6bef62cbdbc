"""Lines that belong to the page a text was copied from, not to the text."""

import re
from typing import Final

LONGEST: Final = 400
# Each is enough by itself, when it is all there is in the paragraph.
_WHOLE: Final = re.compile(
    r"(?:skip to (?:main )?content|back to top|share this(?: article| post| story)?(?: on .{0,80})?"
    r"|print this page|(?:home|blog)(?: ?[>»›/|] ?[^>»›/|]{1,60}){1,5}|\d{1,3} min(?:ute)?s? read"
    r"|(?:leave|post) a (?:comment|reply)"
    r"|advertisement|sponsored|related posts?:?|(?:previous|next) (?:post|article):?.{0,120}|subscribe now"
    r"|(?:copy code|copied!?|regenerate response|chatgpt said:|you said:)|[©(].{0,80}all rights reserved\.?)",
    re.IGNORECASE,
)
# Two of these in one short paragraph are the voice of a site that shows its other pages.
_HINTS: Final = [
    re.compile(hint, re.IGNORECASE)
    for hint in (
        r"\bread this\b.{0,60}\b(?:blog|article|post)\b",
        r"\b(?:explore|browse|see|view|discover|check out|find)\b.{0,20}\b(?:more|other|all|our)\b.{0,40}"
        r"\b(?:articles?|posts?|categor(?:y|ies)|blogs?|topics?)\b",
        r"\bblog search\b|\bsearch (?:the|our|this) (?:blog|site)\b|\bsearch related\b",
        r"\b(?:return|go back|back) to\b.{0,60}\b(?:home|homepage|blog|top)\b",
        r"\b(?:subscribe|sign up)\b.{0,40}\b(?:newsletter|updates|mailing list)\b",
        r"\bfollow us\b|\bshare (?:this|on)\b",
        r"\b(?:privacy|cookie) policy\b|\bterms of (?:use|service)\b|\ball rights reserved\b",
    )
]


def is_furniture(text: str) -> bool:
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return False
    return bool(_WHOLE.fullmatch(text)) or sum(bool(hint.search(text)) for hint in _HINTS) >= 2
