"""The ways of sitting an exam, read from one entry of a data file."""

from datetime import date
from typing import Any

from careers.dates import partial_date
from careers.models import Delivery, ExamVersion

Row = dict[str, Any]


def deliveries(row: Row) -> list[Row]:
    """One for each group of languages that ends on the same day, and one for each other phase."""
    is_beta = row["status"] == ExamVersion.Status.BETA
    phase = Delivery.Phase.BETA if is_beta else Delivery.Phase.STANDARD
    terms = terms_of(row)
    found = [
        {"phase": phase, **terms, "languages": languages, "window_to": end}
        for end, languages in language_groups(row)
        if languages or terms
    ]
    if "beta_ended" in row:
        ended = date.fromisoformat(row["beta_ended"])
        found.append({"phase": Delivery.Phase.BETA, "window_to": ended})
    if standard := row.get("standard"):
        # Two phases under one exam: each says when it opens.
        found = [{**way, "window_from": partial_date(row.get("available_from"))[0]} for way in found]
        found.append(standard_delivery(standard))
    return found


def terms_of(row: Row) -> Row:
    same = {"minutes": "minutes", "items_scored": "items_scored", "pass_mark": "pass_mark", "parts": "parts"}
    named = {**same, "delivery": "channels", "appointment_code": "appointment_code"}
    named |= {"items_min": "items_min", "items_max": "items_max", "items_approx": "items_are_approximate"}
    terms = {ours: row[theirs] for theirs, ours in named.items() if theirs in row}
    if "items" in row:
        terms |= {"items_min": row["items"], "items_max": row["items"]}
    return terms


def language_groups(row: Row) -> list[tuple[date | None, list[str]]]:
    ends: dict[str, str] = row.get("language_ends", {})
    listed: list[str] = row.get("languages", [])
    lasting = [language for language in listed if language not in ends]
    groups: dict[date | None, list[str]] = {}
    for language, end in ends.items():
        groups.setdefault(date.fromisoformat(end), []).append(language)
    # Where no list is known, languages that end do not mean that there are no others.
    return [*([(None, lasting)] if lasting or not listed else []), *groups.items()]


def standard_delivery(row: Row) -> Row:
    window_from, _ = partial_date(row.get("available_from"))
    return {
        "phase": Delivery.Phase.STANDARD,
        "window_from": window_from,
        "note": row.get("date_certainty", ""),
        **terms_of(row),
    }
