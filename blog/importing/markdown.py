"""Markdown as HTML, by CommonMark with tables. What comes out is no more trusted than what went in."""

import re
from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

# Tags that people write into Markdown; <String> of List<String> is a word, and stays one.
_TAGS: Final = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "caption",
        "center",
        "code",
        "del",
        "details",
        "div",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "samp",
        "script",
        "section",
        "small",
        "span",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "careers-block",
        "careers-fact",
        "careers-link",
    ]
)
_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
# Signs that somebody who writes no Markdown does not mean.
_ONLY_MARKDOWN: Final = ["code", "lheading", "reference", "html_block", "html_inline", "entity"]


class _Renderer(RendererHTML):
    def html_inline(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        text = tokens[index].content
        name = _NAME.match(text)
        known = text.startswith("<!") or bool(name and name[1].lower() in _TAGS)
        return text if known else text.replace("<", "&lt;")


_MARKDOWN: Final = MarkdownIt("commonmark", renderer_cls=_Renderer).enable(["table", "strikethrough"])
_PLAIN: Final = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_ONLY_MARKDOWN)


def to_html(text: str, *, is_plain: bool) -> str:
    """``is_plain`` for text that only looks like Markdown where it shows lists, tables and emphasis."""
    html: str = (_PLAIN if is_plain else _MARKDOWN).render(text)
    return html
