"""Pathways for tests: those of the data file, and small ones of a few steps."""

import json
from typing import Any

from careers.models import (
    Condition,
    Credential,
    Pathway,
    PathwayChoice,
    PathwayEdge,
    PathwayStep,
    Role,
    Skill,
)
from careers.transfer import DATA

MODELS = {"credential": Credential, "skill": Skill, "role": Role}


def make_pathway(slug="sample", lines=(), choices=(), **steps):
    """``steps`` by key: a fact, or a text; ``lines`` as pairs of keys or with a relation."""
    pathway = Pathway.objects.create(name=slug.title(), slug=slug)
    groups = {
        key: PathwayChoice.objects.create(pathway=pathway, key=key, label=f"of {key}", needed=needed)
        for key, needed, _ in choices
    }
    chosen = {step: groups[key] for key, _, members in choices for step in members}
    rows = {key: add_step(pathway, key, what, choice=chosen.get(key)) for key, what in steps.items()}
    for start, end, *relation in lines:
        named = {"relation": relation[0]} if relation else {}
        PathwayEdge.objects.create(pathway=pathway, from_step=rows[start], to_step=rows[end], **named)
    return pathway


def add_step(pathway, key, what, **more):
    kind = "text" if isinstance(what, str) else what._meta.model_name
    named = {"text": what} if kind == "text" else {kind: what}
    return PathwayStep.objects.create(pathway=pathway, key=key, kind=kind, **named, **more)


def load_conditions() -> None:
    """What the certifications of the data file ask of each other, where that is not loaded yet."""
    if Condition.objects.exists():
        return
    rows = json.loads((DATA / "credentials.json").read_text())
    by_slug = {row.slug: row for row in Credential.objects.all()}
    for row in rows:
        for relation in ("requires", "recommends"):
            for group, before in enumerate(row[relation], start=1):
                asked = {"relation": relation, "group": group, "target_credential": by_slug[before]}
                Condition.objects.get_or_create(credential=by_slug[row["id"]], **asked)


def load_pathways() -> None:
    """Those of the data file, once the facts that they name are there."""
    load_conditions()
    for row in json.loads((DATA / "pathways.json").read_text()):
        load_pathway(row)


def load_pathway(row: dict[str, Any]) -> Pathway:
    role = Role.objects.get(slug=row["role"]) if row["role"] else None
    about = {name: row[name] for name in ("name", "summary", "intro")}
    pathway = Pathway.objects.create(slug=row["id"], role=role, **about)
    groups = {
        choice["key"]: PathwayChoice.objects.create(pathway=pathway, **choice) for choice in row["choices"]
    }
    steps = {}
    for step in row["steps"]:
        model = MODELS.get(step["kind"])
        what = model.objects.get(slug=step["of"]) if model else step["text"]
        choice = groups.get(step.get("choice"))
        steps[step["key"]] = add_step(pathway, step["key"], what, note=step.get("note", ""), choice=choice)
    for edge in row["edges"]:
        ends = {"from_step": steps[edge["from"]], "to_step": steps[edge["to"]]}
        PathwayEdge.objects.create(pathway=pathway, relation=edge["relation"], **ends)
    return pathway
