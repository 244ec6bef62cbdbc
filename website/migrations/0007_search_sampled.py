from django.db import migrations

# What counting reads of a page. The facets stand behind the texts in its row: to get at those of 500 pages,
# SQLite would read all their texts. PostgreSQL keeps long texts elsewhere, and indexes no long ones.
# A migration that makes the table anew loses it, and must make it again: the search names it.
INDEX = """
    CREATE INDEX website_search_sampled
    ON website_searchdocument (id, visible_from, visible_until, kind, facets)
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(INDEX)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX website_search_sampled")


class Migration(migrations.Migration):
    dependencies = [("website", "0006_search_console")]
    operations = [migrations.RunPython(forwards, backwards)]
