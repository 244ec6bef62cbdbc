"""The full-text index of each database. Both are kept by the database itself, from the columns of words."""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE website_search USING fts5(
        title_words, keywords_words, summary_words, body_words,
        content='website_searchdocument', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER website_search_insert AFTER INSERT ON website_searchdocument BEGIN
        INSERT INTO website_search(rowid, title_words, keywords_words, summary_words, body_words)
        VALUES (new.id, new.title_words, new.keywords_words, new.summary_words, new.body_words);
    END
    """,
    """
    CREATE TRIGGER website_search_delete AFTER DELETE ON website_searchdocument BEGIN
        INSERT INTO website_search(
            website_search, rowid, title_words, keywords_words, summary_words, body_words
        )
        VALUES ('delete', old.id, old.title_words, old.keywords_words, old.summary_words, old.body_words);
    END
    """,
    """
    CREATE TRIGGER website_search_update AFTER UPDATE ON website_searchdocument BEGIN
        INSERT INTO website_search(
            website_search, rowid, title_words, keywords_words, summary_words, body_words
        )
        VALUES ('delete', old.id, old.title_words, old.keywords_words, old.summary_words, old.body_words);
        INSERT INTO website_search(rowid, title_words, keywords_words, summary_words, body_words)
        VALUES (new.id, new.title_words, new.keywords_words, new.summary_words, new.body_words);
    END
    """,
    # A site may already hold rows when the index is made anew.
    "INSERT INTO website_search(website_search) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER website_search_insert",
    "DROP TRIGGER website_search_delete",
    "DROP TRIGGER website_search_update",
    "DROP TABLE website_search",
]

POSTGRES = [
    """
    ALTER TABLE website_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_words), 'A')
        || setweight(to_tsvector('simple', keywords_words), 'B')
        || setweight(to_tsvector('simple', summary_words), 'C')
        || setweight(to_tsvector('simple', body_words), 'D')
    ) STORED
    """,
    """
    ALTER TABLE website_searchdocument ADD COLUMN title_vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', title_words)) STORED
    """,
    "CREATE INDEX website_search ON website_searchdocument USING gin (vector)",
    "CREATE INDEX website_search_titles ON website_searchdocument USING gin (title_vector)",
]
POSTGRES_BACK = [
    "ALTER TABLE website_searchdocument DROP COLUMN vector",
    "ALTER TABLE website_searchdocument DROP COLUMN title_vector",
]


def forwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("website", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
