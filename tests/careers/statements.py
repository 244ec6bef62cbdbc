"""The statements that come with the site, as plain values and as rows, and rows of a test's own."""

import json
from pathlib import Path

import careers
from careers.choosing import RoleOption, Statement, Weight
from careers.models import PreferenceStatement, PreferenceWeight, Role

REASON = "It is what most days of this work are made of."


def rows(name):
    return json.loads((Path(careers.__file__).parent / "data" / f"{name}.json").read_text())


def sample_statements():
    return [
        Statement(
            row["id"],
            row["text"],
            row["dimension"],
            {role: Weight(points) for role, points in row["weights"].items()},
        )
        for row in rows("preference_statements")
    ]


def sample_roles():
    return [RoleOption(row["id"], row["name"]) for row in rows("roles")]


def load_statements():
    """Into a catalogue that has its roles."""
    roles = {role.slug: role for role in Role.objects.all()}
    for order, row in enumerate(rows("preference_statements")):
        values = {"text": row["text"], "about": row["dimension"], "order": order}
        statement, _ = PreferenceStatement.objects.get_or_create(slug=row["id"], defaults=values)
        for slug, points in row["weights"].items():
            given = {"weight": points, "reason": REASON if points > 1 else ""}
            PreferenceWeight.objects.get_or_create(statement=statement, role=roles[slug], defaults=given)


def make_statement(slug, text=None, *, about="work", rules_out=(), **points):
    """``make_statement("maths", data_scientist=3)``: the roles are there already, or the test fails."""
    order = PreferenceStatement.objects.count()
    text = text or f"I like {slug}"
    statement = PreferenceStatement.objects.create(slug=slug, text=text, about=about, order=order)
    for name, weight in points.items():
        role = Role.objects.get(slug=name.replace("_", "-"))
        PreferenceWeight.objects.create(statement=statement, role=role, weight=weight, reason=REASON)
    for slug in rules_out:
        role = Role.objects.get(slug=slug)
        PreferenceWeight.objects.create(statement=statement, role=role, is_excluding=True, reason=REASON)
    return statement
