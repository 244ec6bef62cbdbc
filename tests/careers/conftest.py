"""A small catalogue, and ways to make one of any size."""

import json
from datetime import date
from pathlib import Path

import pytest

from careers.models import (
    Delivery,
    Dimension,
    Fee,
    Recommendation,
    Role,
    RoleSkill,
    RoleTechnology,
    Skill,
    Source,
)
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)

from .documents import HEAD

ON = date(2026, 11, 24)


@pytest.fixture
def dimensions(db):
    kinds = {"main-focus": "focus", "technologies": "technologies", "typical-tools": "tools"}
    for order, (key, kind) in enumerate(kinds.items()):
        label = key.replace("-", " ").capitalize()
        Dimension.objects.create(key=key, label=label, value_kind=kind, order=order)


@pytest.fixture
def make_catalogue(dimensions):
    """``make_catalogue(10)`` fills up to ten roles, each with a skill, tool and certification of its own."""

    def make(count: int) -> None:
        kind = Source.Kind.OFFICIAL
        source, _ = Source.objects.get_or_create(key="S", defaults={"title": "Source", "kind": kind})
        shared = Skill.objects.filter(slug="shared").first() or SkillFactory(name="Shared", slug="shared")
        for number in range(Role.objects.count(), count):
            role = RoleFactory(name=f"Role {number:02}", slug=f"role-{number:02}")
            role.sources.add(source)
            for skill in (shared, SkillFactory()):
                RoleSkill.objects.create(role=role, skill=skill, importance=4, level=5)
            RoleTechnology.objects.create(role=role, technology=TechnologyFactory())
            credential = CredentialFactory(checked_on=ON)
            credential.skills.add(shared)
            version = ExamVersionFactory(credential=credential)
            version.sources.add(source)
            Delivery.objects.create(version=version, languages=["en"], minutes=90)
            Fee.objects.create(version=version, amount=100, source=source)
            Recommendation.objects.create(role=role, credential=credential, tier="core", reason="It fits.")

    return make


@pytest.fixture
def export_file(tmp_path):
    """``export_file(roles=[…])``: an export with these entries."""

    def write(**entries) -> Path:
        path = tmp_path / "all.json"
        path.write_text(json.dumps(HEAD | entries))
        return path

    return write
