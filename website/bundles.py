"""What readers load, put together from the many small files in static/: few requests, few bytes.

The same file goes out while developing, in tests and on the real site; collectstatic takes it from here, too.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# An article needs the first sheet only, and it is with an article that most readers begin.
BUNDLES: Final[dict[str, tuple[str, ...]]] = {
    "css/site.css": (
        *("tokens.css", "base.css", "layout.css", "components.css", "tables.css", "prose.css", "covers.css"),
        *("blocks.css", "suggest.css", "asides.css", "story.css", "series.css", "print.css"),
    ),
    "css/site-pages.css": (
        *("pages.css", "browsing.css", "careers.css", "home.css", "tags.css", "search.css", "role.css"),
        *("comparison.css", "choose.css", "facets.css", "changes.css", "certification.css", "timeline.css"),
        *("pathway.css", "developers.css"),
    ),
    # Of frames in other sites.
    "css/site-embed.css": (
        *("tokens.css", "base.css", "layout.css", "components.css", "tables.css", "blocks.css"),
        *("careers.css", "embed.css"),
    ),
    "js/site.js": ("reading.js", "suggest.js"),
    # Asked for by the script above, for the staff alone.
    "css/staff.css": ("bar.css",),
    "js/staff.js": ("bar.js",),
}
# What has to stay as it is, or what can go: a string or an address, a comment, white space.
CSS_PARTS: Final = re.compile(
    r"""(?P<kept>"[^"]*"|'[^']*'|url\([^)]*\))|/\*.*?\*/|\s*(?P<mark>[{};,])\s*|(?P<colon>:)\s+|\s+""", re.S
)
JS_LEFT_OUT: Final = re.compile(r"^\s*(?://.*)?\n|^[ \t]+", re.M)


def small_css(text: str) -> str:
    """The same rules without comments and without the white space that says nothing."""

    def kept(part: re.Match[str]) -> str:
        if part["kept"]:
            return part["kept"]
        return part["mark"] or part["colon"] or ("" if part[0].startswith("/*") else " ")

    return re.sub(";+}", "}", CSS_PARTS.sub(kept, text)).strip()


def small_js(text: str) -> str:
    """Without indentation and lines of comment; in a block of its own, since one file's names are its own."""
    return "{\n" + JS_LEFT_OUT.sub("", text) + "}\n"


def bundle(name: str, source: Path) -> str:
    small = small_css if name.endswith(".css") else small_js
    folder = (source / name).parent
    return "".join(small((folder / part).read_text()) for part in BUNDLES[name])


def write(name: str, source: Path, target: Path) -> None:
    """Whole or not at all: several servers, and threads of one, may do this at once."""
    text, file = bundle(name, source), target / name
    if file.exists() and file.read_text() == text:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}-{os.getpid()}-{get_ident()}")
    fresh.write_text(text)
    fresh.replace(file)


class BundleFinder(BaseFinder):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.source = settings.BASE_DIR / "static"
        self.storage = FileSystemStorage(location=settings.BUNDLES_ROOT)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: Any = False, **kwargs: Any) -> Any:  # noqa: FBT002 -- Django's own
        if path not in BUNDLES:
            return []
        write(path, self.source, Path(settings.BUNDLES_ROOT))
        found = str(Path(settings.BUNDLES_ROOT, path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in BUNDLES:
            write(name, self.source, Path(settings.BUNDLES_ROOT))
            yield name, self.storage
