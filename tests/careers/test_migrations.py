"""A catalogue of the first days comes through every later change of shape with all it knew."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FIRST = [("careers", "0001_initial")]


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def first_days(transactional_db):
    """The tables as they were; afterwards as they are."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    rest = [node for node in latest if node[0] not in ("careers", "blog")]
    yield migrate([*FIRST, *rest])
    migrate(latest)


def test_relations_renewals_and_exams_come_through(first_days):
    get = first_days.get_model
    provider = get("careers", "Provider").objects.create(name="Amazon", slug="aws")
    credential = get("careers", "Credential").objects.create(
        name="Data Engineer", slug="aws-de", provider=provider, level="associate", renewal="Sit it again."
    )
    for code in ("DEA-C01", None, None):
        get("careers", "ExamVersion").objects.create(credential=credential, provider=provider, exam_code=code)
    roles = get("careers", "Role").objects
    here, there = (roles.create(name=slug, slug=slug, main_focus="Work") for slug in ("here", "there"))
    here.related.add(there)

    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    get = migrate(latest).get_model

    assert list(get("careers", "Role").objects.get(slug="here").related.values_list("slug", flat=True)) == [
        "there"
    ]
    assert get("careers", "Renewal").objects.get().note == "Sit it again."
    versions = get("careers", "ExamVersion").objects.order_by("pk")
    assert list(versions.values_list("key", flat=True)) == ["aws-dea-c01", "aws-de", "aws-de-2"]
