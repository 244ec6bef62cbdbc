"""Roles, as their data file tells them."""

from .files import Row, numbered, same
from .nouns import Data

UNVERIFIED = "GK"


def role(row: Row) -> Data:
    return {
        "slug": row["id"],
        **{name: row[name] for name in ("name", "summary", "main_focus")},
        **same(row, "job_zone", editor_note="provenance", sources="source"),
        "titles": [{"title": title} for title in row.get("aliases", [])],
        "tasks": numbered({"text": text[:1].upper() + text[1:]} for text in row.get("responsibilities", [])),
        "codes": [code(described) for described in row.get("external_codes", [])],
        "role_skills": [need(described) for described in row.get("skills", [])],
        "role_technologies": numbered({"technology": key} for key in tools(row)),
        "dimension_values": values(row),
        "relations": numbered({"to_role": key} for key in row.get("related", [])),
        "recommendations": numbered(advice(said) for said in row.get("recommended_certifications", [])),
    }


def code(row: Row) -> Data:
    said = {name: row[name] for name in ("framework", "code", "match")}
    return said | ({"source": UNVERIFIED} if row.get("provenance") == "general" else {})


def need(row: Row) -> Data:
    return {name: row[name] for name in ("skill", "relation", "importance", "level")}


def tools(row: Row) -> list[str]:
    return [*row.get("technologies", []), *row.get("typical_tools", [])]


def values(row: Row) -> list[Data]:
    uses = row.get("typical_use_cases")
    return [{"dimension": "typical-use-cases", "items": uses}] if uses else []


def advice(row: Row) -> Data:
    return {"credential": row["certification"], "tier": row["tier"], "reason": row["reason"]}
