"""What `manage.py check` says of the site's own promises."""

import sqlite3
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.db import connection

from . import poster_drawing

PROMISES = ("get_absolute_url", "is_public", "search_text")

# "WAL-reset": two connections that commit and checkpoint in the same instant can damage the file. In all
# versions before these (sqlite.org, list of changes).
MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def public_models_keep_their_promises(**_: Any) -> list[CheckMessage]:
    """Every label in PUBLIC_MODELS is a model that answers what `website.public.PublicPage` asks."""
    return [fault for label in settings.PUBLIC_MODELS for fault in _faults(label)]


def _faults(label: str) -> list[CheckMessage]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return [Error(f"PUBLIC_MODELS names “{label}”, which is no model.", id="website.E001")]
    missing = [name for name in PROMISES if not hasattr(model, name)]
    if not hasattr(model._default_manager, "public"):
        missing.append("objects.public")
    if not missing:
        return []
    return [
        Error(f"{label} is in PUBLIC_MODELS but lacks {', '.join(missing)}.", obj=model, id="website.E002")
    ]


def sqlite_is_mended(version: tuple[int, ...]) -> bool:
    if version >= MENDED[0]:
        return True
    return any(version[:2] == mended[:2] and version >= mended for mended in MENDED)


def sqlite_may_damage_its_file(**_: Any) -> list[CheckMessage]:
    return sqlite_notes(connection.vendor, sqlite3.sqlite_version_info)


def sqlite_notes(vendor: str, version: tuple[int, ...]) -> list[CheckMessage]:
    if vendor != "sqlite" or sqlite_is_mended(version):
        return []
    hint = "It is rare and needs two writers in one instant. Keep backups; for production use PostgreSQL."
    text = (
        f"SQLite {'.'.join(map(str, version))} has the WAL-reset fault, which can damage the database file."
    )
    return [Info(text, hint=hint, id="website.I001")]


def pictures_can_be_drawn(**_: Any) -> list[CheckMessage]:
    """A Pillow built without Brotli cannot read the fonts, which are packed as browsers want them."""
    try:
        poster_drawing.font("newsreader", 40, None)
    except OSError:
        hint = "Install Pillow from a wheel, or build it against a FreeType that has Brotli."
        text = "Pillow cannot read the fonts, so pictures for shared links cannot be drawn."
        return [Warning(text, hint=hint, id="website.W001")]
    return []
