"""Credentials and their exams, as their data file tells them."""

from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from careers.deliveries import deliveries
from careers.models import ExamVersion, Fee

from .files import Row, day, same
from .nouns import Data
from .values import plain

Status = ExamVersion.Status
SAME = ("name", "level", "level_label", "access", "short_name", "official_url", "summary", "conflicts")


def credential(row: Row) -> Data:
    return {
        "slug": row["id"],
        "provider": row["provider"],
        **same(row, *SAME, "replaced_by", "skills", note="notes", sources="source"),
        **same(row, is_without_prerequisites="without_prerequisites"),
        **day(row, "as_of", "checked_on"),
        "renewals": [{"note": row["renewal"], **same(row, source="renewal_source")}]
        if "renewal" in row
        else [],
        "conditions": [*conditions(row, "requires"), *conditions(row, "recommends")],
        "versions": versions(row),
    }


def conditions(row: Row, relation: str) -> list[Data]:
    """All of those named, so each is a group of its own."""
    shared = {"relation": relation, **same(row, source=f"{relation}_source")}
    if relation == "requires":
        shared |= same(row, must_be_current="requires_current")
    named = row.get(relation, [])
    return [{**shared, "group": group, "target_credential": key} for group, key in enumerate(named, start=1)]


# --- Exams ------------------------------------------------------------------


def versions(row: Row) -> list[Data]:
    described = row.get("versions", [])
    keys = version_keys(row)
    by_code = {version.get("exam_code"): key for version, key in zip(described, keys, strict=True)}
    return [
        {"key": key, **version(row, said), **successor(said, by_code)}
        for said, key in zip(described, keys, strict=True)
    ]


def version_keys(row: Row) -> list[str]:
    """As the site itself would name them: by provider and code, or else by the credential."""
    keys: list[str] = []
    for said in row.get("versions", []):
        code = said.get("exam_code")
        stem = slugify(f"{row['provider']} {code}") if code else row["id"]
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        keys.append(next(name for name in names if name not in keys))
    return keys


def version(row: Row, said: Row) -> Data:
    return {
        **same(said, "exam_code", note="notes", date_note="date_certainty", sources="source"),
        "status": said["status"],
        **day(said, "available_from", "available_from"),
        **day(said, "last_exam_date", "last_exam_on"),
        **validity(row, said),
        "deliveries": [told(way) for way in deliveries(said)],
        "fees": fees(row, said),
    }


def successor(said: Row, by_code: dict[Any, str]) -> Data:
    code = said.get("successor")
    if code is None:
        return {}
    if code not in by_code:
        raise ValidationError(
            f"there is no exam “{code}” to succeed “{said.get('exam_code') or 'Exam without a code'}”"
        )
    return {"successor": by_code[code]}


def told(way: Row) -> Data:
    return {name: plain(value) for name, value in way.items() if value is not None}


def validity(row: Row, said: Row) -> Data:
    """What is said of the credential holds for its exams so far, not for one still to come."""
    if "validity_months" in said:
        return {"validity_months": said["validity_months"]}
    if said["status"] == Status.IN_DEVELOPMENT:
        return {}
    return same(row, "validity_months", "no_expiry", "validity_source")


def fees(row: Row, said: Row) -> list[Data]:
    if "price_usd" not in said:
        return []
    note = said.get("price_note", "")
    source = price_source(said)
    return [
        {
            "kind": str(Fee.Kind.BETA_EXAM if said["status"] == Status.BETA else Fee.Kind.EXAM),
            "amount": said["price_usd"],
            **({"is_from_price": True} if note == "from" else {"note": note}),
            **({"source": source} if source else {}),
            **same(day(row, "as_of", "observed_on"), "observed_on"),
        }
    ]


def price_source(said: Row) -> str | None:
    return said.get("price_source") or next(iter(said.get("source", [])), None)
