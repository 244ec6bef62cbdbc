"""What can be wrong with a file, in sentences for whoever has to mend it."""

from dataclasses import dataclass


class FileFault(Exception):
    """The file as a whole cannot be used; nothing was done."""


class RowFault(Exception):
    """One row cannot be used; the others can."""


@dataclass(frozen=True)
class Refusal:
    """A row that was left out: where it stands, what it is of, and why."""

    place: str
    reason: str
    external_id: str = ""
    label: str = ""
