"""What machines leave in a text they helped to write: citation marks, tracking, characters without meaning.

Pure text. Whoever asks leaves code out: a sample may show such a mark on purpose.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Artefact:
    """One thing found: its kind in an editor's words, and the characters as they stood."""

    kind: str
    text: str


DEEPEST: Final = 20  # one inside the other, which nothing but a test does

_MARK: Final = r"""(?:
    :{0,2}contentReference\s?(?:\\?\[[^\]\n]{0,80}\])?(?:\{[^}\n]{0,80}\})?
    | \[?oaicite:\d{1,6}\]?(?:\{[^}\n]{0,80}\})?
    | \(?\[?oai_citation(?:[:_‑-]?[^\s\])]{0,200}[^\s\]).,;:])?\]?(?:\([^)\s]{0,500}\))?\)?
    | \ue200[^\ue201\x00\n]{0,300}\ue201
    | (?<![A-Za-z])(?:cite\s?|(?:nav)?list|filecite|navcite|file|nav|video|image_group|entity)?
      (?:turn\d{1,4}(?:search|view|news|file|image|forecast|academia|finance|maps|product|reddit|fetch|click)\d{1,4})+
    | 【[^】\x00\n]{0,80}†[^】\x00\n]{0,200}】
    | \[(?:web|attached_file|cite|source):\s?\d{1,4}(?:,\s?\d{1,4}){0,20}\]
    | \[cite_(?:start|end)\]
)"""
MARK: Final = re.compile(_MARK, re.VERBOSE)
MEANINGLESS: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_CHATS: Final = (
    r"(?:utm_source=(?:chatgpt|openai|chat\.openai|copilot|perplexity)(?:\.com|\.ai)?|referrer=grok\.com)"
)
TRACKING: Final = re.compile(rf"{_CHATS}(?![\w-]|\.\w)", re.IGNORECASE)

# In the order in which they are taken out: a mark in private-use characters holds a plain one.
PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "citation mark": re.compile(rf"[ \t\xa0]{{0,3}}{_MARK}", re.VERBOSE),
    "tracking of a chat": re.compile(rf"(?<=[?&]){_CHATS}&|[?&](?:amp;)?{_CHATS}(?![\w.&-])", re.IGNORECASE),
    "character without meaning": MEANINGLESS,
}


def without_artefacts(text: str) -> tuple[str, list[Artefact]]:
    """``text`` without them, and what was found. Taking one out may join the halves of another."""
    found: list[Artefact] = []
    for _ in range(DEEPEST):
        before = text
        for kind, pattern in PATTERNS.items():
            found += [Artefact(kind, match[0].strip()) for match in pattern.finditer(text)]
            text = pattern.sub(_gap, text)
        if text == before:
            break
    return text, found


def _gap(mark: re.Match[str]) -> str:
    """Nothing, or the one space without which two words would be one."""
    after = mark.string[mark.end() : mark.end() + 1]
    return " " if mark[0][0] in " \t\xa0" and after.isalnum() else ""
