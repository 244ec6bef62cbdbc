"""What was handed in: the characters of a file, and whether they are plain text, Markdown, HTML or Word's."""

import re
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal["plain text", "Markdown", "HTML", "Word"]

MAX_CHARACTERS: Final = 200_000  # a hundred pages; an article has five
MAX_BYTES: Final = 4_000_000  # Word writes ten bytes of style for one of text
_BOMS: Final = [
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
]
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""")
_REFUSED: Final = [
    (
        b"PK\x03\x04",
        "This is a file of Word, or an archive. Save it as “Web page, filtered”, or paste its text.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "This is a file of an old Word. Save it as “Web page, filtered”, or paste its text.",
    ),
    (b"%PDF", "This is a PDF, which has forgotten its headings. Please paste the text it was made from."),
    (b"{\\rtf", "This is rich text in a file. Save it as “Web page, filtered”, or paste its text."),
]
_HTML_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?"
    r"<(?:!doctype|html|head|meta|body|article|main|section|div|p|h[1-6]|ul|ol|table|b|span|br|header|nav|title|style|script|link)\b",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_WORD: Final = re.compile(r"""mso-|class=["']?Mso|schemas-microsoft-com:office""", re.IGNORECASE)
_MARKDOWN: Final = [
    re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE),
    re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\((?:https?://|mailto:|/|#)[^)\s]{0,500}\)"),
    re.compile(r"^[^\s|#>*+-][^\n]{0,200}\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"\*\*[^*\s][^*\n]{0,200}\*\*"),
]


class Unreadable(ValueError):
    """It cannot become an article; the message is a sentence for the person who handed it in."""


def decoded(data: bytes) -> str:
    """The text of a file, in whatever encoding it says it has or seems to have."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Is it the text alone?")
    for start, sentence in _REFUSED:
        if data.startswith(start):
            raise Unreadable(sentence)
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    if b"\0" in data:
        raise Unreadable("This is a picture or a program, not a text. Please paste the text itself.")
    return data.decode("cp1252", "replace")


def _encodings(data: bytes) -> list[str]:
    marked = [encoding for mark, encoding in _BOMS if data.startswith(mark)]
    named = [match[1].decode("ascii") for match in _CHARSET.finditer(data[:2_000])][:1]
    return [
        *marked,
        "utf-8",
        *(name for name in named if name.lower().startswith(("win", "iso", "utf", "koi"))),
    ]


def plain(text: str) -> str:
    """Without what no text holds; every line ends in one way."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are taken. Please split it."
        )
    text = text.encode("utf-8", "ignore").decode().removeprefix("\ufeff").replace("\0", "")
    return re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)


def kind_of(text: str, *, name: str = "") -> Kind:
    """By the name of the file where it says so, else by the signs of each kind."""
    ending = PurePath(name).suffix.lower()
    start = _COMMENT.sub("", text[:4_000])
    if ending in (".html", ".htm") or (ending not in (".md", ".markdown") and _HTML_START.match(start)):
        return "Word" if _WORD.search(text) else "HTML"
    if ending in (".md", ".markdown") or any(sign.search(text) for sign in _MARKDOWN):
        return "Markdown"
    return "plain text"
