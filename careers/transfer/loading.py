"""Facts from data files into the catalogue. What is there already stays as its editors left it."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from . import choices, credentials, events, evidence, facts, roles
from .faults import told_at
from .files import DATA, DataFile, Row, place, rows_of
from .nouns import BY_NAME, Entry
from .reading import known_keys
from .writing import write

Tell = Callable[[str], None]

FILES = (
    DataFile("sources", "sources", facts.source),
    DataFile("providers", "providers", facts.provider),
    DataFile("skills", "skills", facts.skill),
    DataFile("technologies", "technologies", facts.technology),
    DataFile("dimensions", "dimensions", facts.dimension),
    DataFile("roles", "roles", roles.role),
    DataFile("credentials", "credentials", credentials.credential),
    DataFile("events", "events", events.event),
    DataFile("preference_statements", "statements", choices.statement),
    DataFile("comparisons", "comparisons", choices.comparison),
    DataFile("pathways", "pathways", choices.pathway, is_needed=False),
)
RANKED = {"dimensions", "preference_statements"}  # their order in the file is their order on the page


def load(data_dir: Path = DATA, *, tell: Tell = lambda message: None) -> dict[str, int]:
    """Create the facts that are missing, all or none, and say how many of each kind were."""
    rows = {file.name: rows_of(data_dir, file) for file in FILES}
    with transaction.atomic():
        new = {file.name: missing(file, rows[file.name]) for file in FILES}
        new["events"] = of_new_credentials(new["events"], new["credentials"], rows["credentials"])
        write([entry for entries in new.values() for entry in entries])
        write(checks_of(new["credentials"], rows))
    for name, entries in new.items():
        tell(f"{name}: {len(entries)} added")
    return {name: len(entries) for name, entries in new.items()}


def missing(file: DataFile, rows: list[Row]) -> list[Entry]:
    """The entries that the catalogue does not have, under this name or under one they were given since."""
    noun = BY_NAME[file.noun]
    known = known_keys(noun)
    entries = []
    for number, row in enumerate(rows):
        with told_at(place(file, row)):
            ranked = {**row, "order": number} if file.name in RANKED else row
            data = {} if str(row["id"]) in known else file.translate(ranked)
        if data and noun.key_of(data) not in known:
            entries.append(Entry(noun, data, place(file, row)))
    return entries


def of_new_credentials(events: list[Entry], credentials: list[Entry], rows: list[Row]) -> list[Entry]:
    """Events come with their credential: of one that was here, the desk may have deleted some, or an exam."""
    here_before = {row["id"] for row in rows} - {entry.data["slug"] for entry in credentials}
    return [event for event in events if event.data["credential"] not in here_before]


def checks_of(new: list[Entry], rows: dict[str, list[Row]]) -> list[Entry]:
    places = {entry.data["slug"]: entry.place for entry in new}
    told = {row["id"]: (row, places[row["id"]]) for row in rows["credentials"] if row["id"] in places}
    return evidence.checks(told, {row["id"]: row for row in rows["sources"]})
