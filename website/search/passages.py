"""Under which heading a passage stands: kept with an article's row, as places in the text that is shown."""

from collections.abc import Iterable
from typing import Any, NamedTuple

ENDS = tuple(".!?:;…·")


class Heading(NamedTuple):
    at: int
    anchor: str
    title: str


def headings(body: str, contents: Iterable[dict[str, Any]], own_end: str = "") -> list[Heading]:
    """Where each heading of the table of contents is in the text. One that cannot be found is left out.

    What live blocks say stands behind the page's own text, which ends with ``own_end``: under no heading.
    """
    found, at = [], 0
    for entry in contents:
        title = " ".join(str(entry.get("title", "")).split())
        line = f"{title} " if title.endswith(ENDS) else f"{title} · "  # as a line of its own reads in the row
        place = body.find(line, at) if title else -1
        if place >= 0:
            found.append(Heading(place, str(entry["id"]), title))
            at = place + len(title)
    end = body.rfind(own_end) if own_end else -1
    return [*found, Heading(end + len(own_end), "", "")] if found and end >= found[-1].at else found


def heading_at(kept: Iterable[Iterable[Any]] | None, place: int) -> Heading | None:
    """The last heading at or before the place."""
    before = [heading for heading in (Heading(*one) for one in kept or ()) if heading.at <= place]
    return before[-1] if before and before[-1].anchor else None
