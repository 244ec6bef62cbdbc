"""A catalogue of the first days comes through each change with all it knew: it ends as a new one."""

import re

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

SQUASHED = ("careers", "0001_squashed_0004_one_place_for_each")
# The number of a rule without a name, and the schema of an index.
BY_CHANCE = re.compile(r"__unnamed_constraint_\d+__|(?<= ON )\w+\.")


def migrate(targets, *, step_by_step=False):
    """``step_by_step`` as before the first migrations became one: a site set up then goes on that way."""
    executor = MigrationExecutor(connection)
    if step_by_step:
        executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def tables():
    """Each table's columns and rules, without their order and the names that a database makes up."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: (columns(cursor, name), rules(cursor, name)) for name in names}


def of_the_catalogue(tables):
    return {name: table for name, table in tables.items() if name.startswith("careers_")}


def columns(cursor, table):
    described = connection.introspection.get_table_description(cursor, table)
    return {column.name: column[1:] for column in described}


def rules(cursor, table):
    found = connection.introspection.get_constraints(cursor, table)
    for name, rule in found.items():
        if rule["check"]:
            rule |= {"name": name, "columns": sorted(rule["columns"])}
    return sorted(BY_CHANCE.sub("", repr(rule)) for rule in found.values())


def led_to(place, settings):
    """The connection's settings, for somewhere without a table."""
    if connection.vendor == "sqlite":
        return {**settings, "NAME": str(place)}
    options = dict(settings["OPTIONS"])
    return {**settings, "OPTIONS": {**options, "options": f"{options['options']} -c search_path=elsewhere"}}


@pytest.fixture
def nothing_yet(transactional_db, tmp_path):
    """The site's connection leads to an empty place for a while, and back; what its tables are like."""
    settings = connection.settings_dict
    made_at_once = tables()
    if connection.vendor == "postgresql":
        connection.cursor().execute("CREATE SCHEMA elsewhere")
    connection.close()
    connection.settings_dict = led_to(tmp_path / "elsewhere.sqlite3", settings)
    yield made_at_once
    connection.close()
    connection.settings_dict = settings
    if connection.vendor == "postgresql":
        connection.cursor().execute("DROP SCHEMA elsewhere CASCADE")
    connection.close()


def test_relations_renewals_and_exams_come_through_into_the_same_tables(nothing_yet):
    get = migrate([("careers", "0001_initial")], step_by_step=True).get_model
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
    assert of_the_catalogue(tables()) == of_the_catalogue(nothing_yet) != {}
    executor = MigrationExecutor(connection)
    assert SQUASHED in executor.loader.graph.nodes
    assert executor.migration_plan([SQUASHED]) == []
