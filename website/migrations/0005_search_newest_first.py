"""PostgreSQL: each row also carries the word of its thousand, so that the newest can be asked for first."""

from django.db import migrations

WORDS = """
    setweight(to_tsvector('simple', title_words), 'A')
    || setweight(to_tsvector('simple', keywords_words), 'B')
    || setweight(to_tsvector('simple', summary_words), 'C')
    || setweight(to_tsvector('simple', body_words), 'D')
"""
THOUSAND = "array_to_tsvector(ARRAY['#' || (id / 1000)::text])"


def vector(expression):
    return [
        "ALTER TABLE website_searchdocument DROP COLUMN vector",
        f"ALTER TABLE website_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS ({expression}) STORED",
        "CREATE INDEX website_search ON website_searchdocument USING gin (vector)",
    ]


def run(statements, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(vector(f"{WORDS} || {THOUSAND}"), schema_editor)


def backwards(apps, schema_editor):
    run(vector(WORDS), schema_editor)


class Migration(migrations.Migration):
    dependencies = [("website", "0004_search_facets_and_headings")]
    operations = [migrations.RunPython(forwards, backwards)]
