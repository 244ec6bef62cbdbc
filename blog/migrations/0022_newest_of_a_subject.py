from django.db import migrations

# Django has an index of each column, and of both with the article first. The newest of a subject are found by
# this one; without it SQLite goes through all articles of the subject, each time for each of them.
TABLES = {"role": "blog_article_roles", "credential": "blog_article_credentials"}


class Migration(migrations.Migration):
    dependencies = [("blog", "0021_indexes_for_featured_and_sitemap")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {table}_newest ON {table} ({subject}_id, article_id)",
            f"DROP INDEX {table}_newest",
        )
        for subject, table in TABLES.items()
    ]
