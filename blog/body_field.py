"""The body editor of the admin: what its field accepts, how it is set up, what the page must load for it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media

from .canonical import Block, read, write
from .code_colours import LANGUAGES
from .models import Picture
from .picture_files import address, nearest, token_of
from .sanitising import BodyTooComplex, clean

# What a page imports these modules as; static() adds the hash to their names.
MODULES = (
    *("extensions", "dialogs", "live-block", "live-inline", "pictures", "tables", "writing", "paste"),
    "markdown",
)
FORMATS = dict.fromkeys(
    (
        *("Bold", "Italic", "Strike", "Subscript", "Superscript", "Code", "Link", "HardBreak", "Blockquote"),
        *("BulletList", "ListItem", "HorizontalRule", "Table", "TableRow", "TableHeader", "TableCell"),
        *("TrailingNode", "EditorName", "PlainPaste"),
    ),
    True,
)
# One button each: the dropdown of headings that the editor would make cannot be reached by keyboard.
TOOLBAR = [
    {"group": group}
    for group in (
        *("headings", "lists", "nodes -headings -lists", "marks", "link"),
        *("insert", "table", "history", "utility"),
    )
]
_FOREIGN_IMAGE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_ALT = re.compile(r'\salt="([^"]*)"')


class BodyEditor(AdminProseEditorWidget):  # type: ignore[misc]
    """A text area with HTML; where scripts run, an editor."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 30, "cols": 80, **(attrs or {})}, preset="configurable")

    def get_config(self) -> dict[str, Any]:
        self.config = {"extensions": extensions()}
        config: dict[str, Any] = super().get_config()
        return config | {"js_modules": ["waymark/editor/extensions"]}

    @property
    def media(self) -> Media:
        modules = {f"waymark/editor/{name}": f"blog/editor/{name}.js" for name in MODULES}
        css = {"all": ["blog/editor/editor.css"]}
        return super().media + Media(css=css, importmap=ImportMap(modules))


def extensions() -> dict[str, Any]:
    return FORMATS | {
        "Menu": {"groups": TOOLBAR},
        "NoSpellCheck": False,
        "Heading": {"levels": [2, 3, 4]},
        "OrderedList": {"enableListAttributes": False},
        "CodeBlock": {"languages": [list(language) for language in LANGUAGES]},
        "LiveBlock": {"preview": reverse("editor:block"), "choices": reverse("editor:block-choices")},
        "LiveFact": {"preview": reverse("editor:inline"), "choices": reverse("editor:block-choices")},
        "LiveLink": {"preview": reverse("editor:inline"), "choices": reverse("editor:block-choices")},
        "LibraryPicture": {"library": reverse("editor:pictures"), "upload": reverse("editor:upload")},
    }


class BodyField(forms.CharField):
    """Keeps the canonical form of what was written, or says in sentences what has to be mended first."""

    widget = BodyEditor

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def clean(self, value: Any) -> str:
        try:
            cleaned = clean(super().clean(value))
            blocks = read(cleaned)
        except BodyTooComplex as refusal:
            raise ValidationError(str(refusal), code="complex") from refusal
        figures = [block for block in _all(blocks) if block.tag == "figure"]
        problems = [*_foreign(cleaned), *_from_library(figures), *_without_alt(figures)]
        if problems:
            raise ValidationError([ValidationError(problem, code="picture") for problem in problems])
        return write(blocks)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another spelling of the same text is no change: the editor always spells it otherwise."""
        try:
            return write(read(clean(initial or ""))) != write(read(clean(data or "")))
        except BodyTooComplex:
            return True


class NonceMediaMixin:
    """For a ModelAdmin with a body editor: its import map is inline, and may run by the page's nonce only."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        nonce = getattr(request, "csp_nonce", None)
        if nonce is not None:
            context["media"] = Media.from_media(context["media"], nonce=str(nonce))
        response: HttpResponse = super().render_change_form(  # type: ignore[misc]
            request, context, *args, **kwargs
        )
        return response


# --- Pictures in a body ---------------------------------------------------


def _all(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _all(block.children)


def _foreign(cleaned: str) -> Iterator[str]:
    for image in _FOREIGN_IMAGE.findall(cleaned):
        alt = _ALT.search(image)
        name = f" “{unescape(alt[1])[:80]}”" if alt and alt[1] else ""
        yield f"A picture{name} lies on another site. Please upload it with the picture button."


def _from_library(figures: list[Block]) -> Iterator[str]:
    """Sizes as the library has them: from its width follow the names of a picture's files."""
    tokens = [token_of(figure.attributes["src"]) for figure in figures]
    known = {picture.token: picture for picture in Picture.objects.filter(token__in=filter(None, tokens))}
    for number, (figure, token) in enumerate(zip(figures, tokens, strict=True), 1):
        if token is None:
            continue
        if picture := known.get(token):
            figure.attributes = _attributes(figure, picture)
        else:
            yield f"Picture {number} is no longer in the library. Please remove it or choose another."


def _attributes(figure: Block, picture: Picture) -> dict[str, str]:
    alt = {"alt": figure.attributes["alt"]} if "alt" in figure.attributes else {}
    size = {"width": str(picture.width), "height": str(picture.height)}
    source = address(picture.token, nearest(800, picture.width))
    return {"src": source, **alt, **size, "data-picture": picture.token}


def _without_alt(figures: list[Block]) -> Iterator[str]:
    for number, figure in enumerate(figures, 1):
        if "alt" not in figure.attributes:
            name = f" (“{figure.text[:80]}”)" if figure.text else ""
            yield f"Picture {number}{name} needs a text for those who cannot see it, or mark it decorative."
