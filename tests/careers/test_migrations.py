"""A catalogue of the first days comes through every later change of shape with all it knew."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def led_to(place, settings):
    """The connection's settings, for somewhere without a table."""
    if connection.vendor == "sqlite":
        return {**settings, "NAME": str(place)}
    options = dict(settings["OPTIONS"])
    return {**settings, "OPTIONS": {**options, "options": f"{options['options']} -c search_path=elsewhere"}}


@pytest.fixture
def nothing_yet(django_db_setup, django_db_blocker, tmp_path):
    """The site's connection leads to an empty place for a while, and back."""
    settings = connection.settings_dict
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            connection.cursor().execute("CREATE SCHEMA elsewhere")
        connection.close()
        connection.settings_dict = led_to(tmp_path / "elsewhere.sqlite3", settings)
        yield
        connection.close()
        connection.settings_dict = settings
        if connection.vendor == "postgresql":
            connection.cursor().execute("DROP SCHEMA elsewhere CASCADE")
        connection.close()


def test_relations_renewals_and_exams_come_through(nothing_yet):
    get = migrate([("careers", "0001_initial")]).get_model
    provider = get("careers", "Provider").objects.create(name="Amazon", slug="aws")
    credential = get("careers", "Credential").objects.create(
        name="Data Engineer", slug="aws-de", provider=provider, level="associate", renewal="Sit it again."
    )
    for code in ("DEA-C01", None, None):
        get("careers", "ExamVersion").objects.create(credential=credential, provider=provider, exam_code=code)
    roles = get("careers", "Role").objects
    here, there = (roles.create(name=slug, slug=slug, main_focus="Work") for slug in ("here", "there"))
    here.related.add(there)

    get = migrate(MigrationExecutor(connection).loader.graph.leaf_nodes("careers")).get_model

    assert list(get("careers", "Role").objects.get(slug="here").related.values_list("slug", flat=True)) == [
        "there"
    ]
    assert get("careers", "Renewal").objects.get().note == "Sit it again."
    versions = get("careers", "ExamVersion").objects.order_by("pk")
    assert list(versions.values_list("key", flat=True)) == ["aws-dea-c01", "aws-de", "aws-de-2"]
