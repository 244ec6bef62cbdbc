"""The whole catalogue as text to be reviewed: one JSON file, or a folder with a file for each noun.

The same catalogue always gives the same text: nothing in it depends on numbers of rows, on days or on chance.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from .faults import DataError, told_at
from .nouns import (
    BY_NAME,
    FORMER,
    NOUNS,
    Data,
    Entry,
    Model,
    Noun,
    Part,
    allowed,
    columns,
    in_order,
    is_link,
    lists,
    related,
)
from .reading import Catalogue
from .values import is_empty, plain, refuse_unstorable, stored

FORMAT = "waymark-careers"
VERSION = 1
HEAD = {"format": FORMAT, "version": VERSION}


# --- Out --------------------------------------------------------------------


def catalogue_document() -> str:
    """Everything in one text."""
    now = Catalogue()
    return text({**HEAD, **{noun.name: told(noun, now) for noun in NOUNS}})


def catalogue_documents() -> dict[str, str]:
    """A text for each noun, by the name of its file."""
    now = Catalogue()
    return {noun.file: text({**HEAD, noun.name: told(noun, now)}) for noun in NOUNS}


def told(noun: Noun, now: Catalogue) -> list[Data]:
    return [data for _, data in now.entries(noun)]


def text(content: Data) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


# --- In ---------------------------------------------------------------------


def read(path: Path) -> list[Entry]:
    """The entries of a file, or of the files in a folder, as the catalogue itself would tell them."""
    entries = [entry for file in files(path) for entry in entries_of(file)]
    refuse_twice(entries)
    return entries


def files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.json"))
    strange = [file.name for file in found if file.stem not in BY_NAME]
    if strange or not found:
        why = f": {strange[0]} is none of its files" if strange else ""
        raise DataError(f"{path} is no export of the catalogue{why}.")
    return found


def entries_of(file: Path) -> Iterator[Entry]:
    content = content_of(file)
    for name, rows in content.items():
        if name in HEAD:
            continue
        if name not in BY_NAME or not isinstance(rows, list):
            raise DataError(f"{file.name}: “{name}” is no list of entries that the catalogue knows.")
        for number, row in enumerate(rows, start=1):
            yield entry(BY_NAME[name], row, f"{file.name}, {name} {number}")


def content_of(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_bytes().decode("utf-8-sig"), parse_constant=refuse_constant)
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{file.name} cannot be read: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DataError(
            f"{file.name} is no export of the catalogue: it does not begin with “format”: “{FORMAT}”."
        )
    if content.get("version") != VERSION:
        raise DataError(
            f"{file.name} is of version {content.get('version')!r}; this site reads version {VERSION}."
        )
    return content


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def entry(noun: Noun, row: Any, place: str) -> Entry:
    with told_at(place):
        refuse_unless(isinstance(row, dict), "must be an entry with named values.")
        data = in_order(noun.model, noun.parts, tidy(noun.model, noun.parts, row))
        key = noun.key_of(data)
        if noun.key and not key:
            raise KeyError(noun.key)
    return Entry(noun, data, f"{place} “{key}”" if key else place)


def tidy(model: Model, parts: tuple[Part, ...], row: Data, owner: str = "") -> Data:
    """The row as an export would have it: what is empty left out, dates and numbers in their usual form."""
    strange = sorted(set(row) - allowed(model, parts, owner))
    refuse_unless(not strange, f"there is nothing called “{'”, “'.join(strange)}” here.")
    found = {**values(model, row, owner), **keys(model, row)}
    for part in parts:
        if row.get(part.name):
            inner, inner_owner = related(model, part)
            rows = row[part.name]
            fits = isinstance(rows, list) and all(isinstance(one, dict) for one in rows)
            refuse_unless(fits, f"{part.name} must be a list of entries.")
            found[part.name] = [tidy(inner, part.parts, one, inner_owner) for one in rows]
    return found


def values(model: Any, row: Data, owner: str) -> Data:
    found = {}
    for field in columns(model, owner):
        value = row.get(field.name)
        if value is None or value == "":
            continue
        if is_link(field):
            refuse_unless(isinstance(value, str), f"{field.name} must be a key.")
            refuse_unstorable(value)
            found[field.name] = value
        elif not is_empty(field, kept := stored(field, value)):
            found[field.name] = plain(kept)
    return found


def keys(model: Any, row: Data) -> Data:
    found = {}
    for name in [field.name for field in lists(model)] + [FORMER]:
        if row.get(name):
            fits = isinstance(row[name], list) and all(isinstance(key, str) for key in row[name])
            refuse_unless(fits, f"{name} must be a list of keys.")
            refuse_unstorable(row[name])
            found[name] = row[name]
    return found


def refuse_unless(fits: bool, message: str) -> None:  # noqa: FBT001  # reads as a sentence
    if not fits:
        raise ValidationError(message)


def refuse_twice(entries: list[Entry]) -> None:
    seen = set()
    for told in entries:
        name = (told.noun.name, told.noun.key_of(told.data))
        if told.noun.key and name in seen:
            raise DataError(f"{told.place}: is told twice.")
        seen.add(name)
