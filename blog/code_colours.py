"""Program text as HTML with classes for its colours; the style sheet decides what they look like."""

from html import escape
from typing import Final

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# What the editor offers, as (name for Pygments, name for people).
LANGUAGES: Final = [
    ("bash", "Shell"),
    ("c", "C"),
    ("cpp", "C++"),
    ("csharp", "C#"),
    ("css", "CSS"),
    ("diff", "Diff"),
    ("docker", "Dockerfile"),
    ("go", "Go"),
    ("html", "HTML"),
    ("java", "Java"),
    ("javascript", "JavaScript"),
    ("json", "JSON"),
    ("kotlin", "Kotlin"),
    ("powershell", "PowerShell"),
    ("python", "Python"),
    ("r", "R"),
    ("rust", "Rust"),
    ("sql", "SQL"),
    ("terraform", "Terraform"),
    ("typescript", "TypeScript"),
    ("yaml", "YAML"),
]
_MOST_COLOURED: Final = 100_000  # characters; some lexers are slow on what is not their language


def coloured(code: str, language: str) -> str:
    """``code`` escaped, with its parts in classed spans when the language is one we know."""
    if len(code) > _MOST_COLOURED:
        return escape(code, quote=False)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code, quote=False)
    html: str = highlight(code, lexer, HtmlFormatter(nowrap=True, classprefix="hl-"))
    return html.removesuffix("\n")


def language_label(language: str) -> str:
    return dict(LANGUAGES).get(language, language)
