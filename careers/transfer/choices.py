"""What helps a reader to choose, as the data files tell it: statements, comparisons, pathways."""

from .files import Row, numbered, same
from .nouns import Data


def statement(row: Row) -> Data:
    reasons = row.get("reasons", {})
    weights = [
        {"role": role, "weight": weight, "reason": reasons.get(role, "")}
        for role, weight in row.get("weights", {}).items()
    ]
    weights += [
        {"role": role, "weight": 0, "is_excluding": True, "reason": reason}
        for role, reason in row.get("rules_out", {}).items()
    ]
    return {"slug": row["id"], **same(row, "text", "source", "order", about="dimension"), "weights": weights}


def comparison(row: Row) -> Data:
    return same(row, "roles", "dimensions", "intro", "verdict")


def pathway(row: Row) -> Data:
    return {
        "slug": row["id"],
        "name": row["name"],
        **same(row, "summary", "intro"),
        **({"role": row["role"]} if row.get("role") else {}),
        "choices": [same(choice, "key", "label", "needed") for choice in row.get("choices", [])],
        "steps": numbered(step(said) for said in row.get("steps", [])),
        "edges": [
            {"from_step": e["from"], "to_step": e["to"], **same(e, "relation")} for e in row.get("edges", [])
        ],
    }


def step(said: Row) -> Data:
    kind = said["kind"]
    named = {kind: said["of"]} if kind != "text" else {}
    texts = {name: said[name] for name in ("text", "note", "choice") if said.get(name)}
    return {"key": said["key"], "kind": kind, **named, **texts}
