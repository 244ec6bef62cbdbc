"""How many articles there are of each thing, kept by each database itself.

SQLite has one writer at a time, so a row is changed. PostgreSQL has many: who changes a count makes one row of
those that nobody else is changing, and leaves the others, so that nobody waits and nobody can wait crosswise.
"""

from django.db import migrations, models

SQLITE = [
    """
    CREATE TRIGGER blog_count_category_insert AFTER INSERT ON blog_article BEGIN
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'category', new.category_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'category' AND key = new.category_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'category' AND key = new.category_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_category_delete AFTER DELETE ON blog_article BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'category' AND key = old.category_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_category_update AFTER UPDATE OF category_id ON blog_article
    WHEN old.category_id <> new.category_id BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'category' AND key = old.category_id;
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'category', new.category_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'category' AND key = new.category_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'category' AND key = new.category_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_author_insert AFTER INSERT ON blog_articleauthor BEGIN
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'author', new.author_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'author' AND key = new.author_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'author' AND key = new.author_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_author_delete AFTER DELETE ON blog_articleauthor BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'author' AND key = old.author_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_author_update AFTER UPDATE OF author_id ON blog_articleauthor
    WHEN old.author_id <> new.author_id BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'author' AND key = old.author_id;
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'author', new.author_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'author' AND key = new.author_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'author' AND key = new.author_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_hashtag_insert AFTER INSERT ON blog_articlehashtag BEGIN
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'hashtag', new.tag_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'hashtag' AND key = new.tag_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'hashtag' AND key = new.tag_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_hashtag_delete AFTER DELETE ON blog_articlehashtag BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'hashtag' AND key = old.tag_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_hashtag_update AFTER UPDATE OF tag_id ON blog_articlehashtag
    WHEN old.tag_id <> new.tag_id BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'hashtag' AND key = old.tag_id;
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'hashtag', new.tag_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'hashtag' AND key = new.tag_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'hashtag' AND key = new.tag_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_series_insert AFTER INSERT ON blog_seriespart BEGIN
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'series', new.series_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'series' AND key = new.series_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'series' AND key = new.series_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_series_delete AFTER DELETE ON blog_seriespart BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'series' AND key = old.series_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_series_update AFTER UPDATE OF series_id ON blog_seriespart
    WHEN old.series_id <> new.series_id BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'series' AND key = old.series_id;
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'series', new.series_id, 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'series' AND key = new.series_id
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'series' AND key = new.series_id;
    END
    """,
    """
    CREATE TRIGGER blog_count_month_insert AFTER INSERT ON blog_article
    WHEN new.published_at IS NOT NULL BEGIN
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'month', CAST(substr(new.published_at, 1, 4) || substr(new.published_at, 6, 2) AS INTEGER), 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'month' AND key = CAST(substr(new.published_at, 1, 4) || substr(new.published_at, 6, 2) AS INTEGER)
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'month' AND key = CAST(substr(new.published_at, 1, 4) || substr(new.published_at, 6, 2) AS INTEGER);
    END
    """,
    """
    CREATE TRIGGER blog_count_month_delete AFTER DELETE ON blog_article
    WHEN old.published_at IS NOT NULL BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'month' AND key = CAST(substr(old.published_at, 1, 4) || substr(old.published_at, 6, 2) AS INTEGER);
    END
    """,
    """
    CREATE TRIGGER blog_count_month_update_from AFTER UPDATE OF published_at ON blog_article
    WHEN old.published_at IS NOT new.published_at AND old.published_at IS NOT NULL BEGIN
        UPDATE blog_articlecount SET number = number - 1 WHERE kind = 'month' AND key = CAST(substr(old.published_at, 1, 4) || substr(old.published_at, 6, 2) AS INTEGER);
    END
    """,
    """
    CREATE TRIGGER blog_count_month_update_to AFTER UPDATE OF published_at ON blog_article
    WHEN old.published_at IS NOT new.published_at AND new.published_at IS NOT NULL BEGIN
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT 'month', CAST(substr(new.published_at, 1, 4) || substr(new.published_at, 6, 2) AS INTEGER), 0 WHERE NOT EXISTS (
            SELECT 1 FROM blog_articlecount WHERE kind = 'month' AND key = CAST(substr(new.published_at, 1, 4) || substr(new.published_at, 6, 2) AS INTEGER)
        );
        UPDATE blog_articlecount SET number = number + 1 WHERE kind = 'month' AND key = CAST(substr(new.published_at, 1, 4) || substr(new.published_at, 6, 2) AS INTEGER);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER blog_count_category_insert",
    "DROP TRIGGER blog_count_category_delete",
    "DROP TRIGGER blog_count_category_update",
    "DROP TRIGGER blog_count_author_insert",
    "DROP TRIGGER blog_count_author_delete",
    "DROP TRIGGER blog_count_author_update",
    "DROP TRIGGER blog_count_hashtag_insert",
    "DROP TRIGGER blog_count_hashtag_delete",
    "DROP TRIGGER blog_count_hashtag_update",
    "DROP TRIGGER blog_count_series_insert",
    "DROP TRIGGER blog_count_series_delete",
    "DROP TRIGGER blog_count_series_update",
    "DROP TRIGGER blog_count_month_insert",
    "DROP TRIGGER blog_count_month_delete",
    "DROP TRIGGER blog_count_month_update_from",
    "DROP TRIGGER blog_count_month_update_to",
]

POSTGRES = [
    """
    CREATE FUNCTION blog_count(of_kind text, of_key bigint, change numeric) RETURNS void LANGUAGE sql AS $$
        WITH gathered AS (
            DELETE FROM blog_articlecount WHERE id IN (
                SELECT id FROM blog_articlecount WHERE kind = of_kind AND key = of_key FOR UPDATE SKIP LOCKED
            ) RETURNING number
        )
        INSERT INTO blog_articlecount (kind, key, number)
        SELECT of_kind, of_key, total
        FROM (SELECT change + COALESCE(SUM(number), 0) AS total FROM gathered) AS sums
        WHERE total <> 0
    $$
    """,
    """
    CREATE FUNCTION blog_month(moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
        SELECT (100 * EXTRACT(YEAR FROM moment AT TIME ZONE 'UTC')
            + EXTRACT(MONTH FROM moment AT TIME ZONE 'UTC'))::bigint
    $$
    """,
    """
    CREATE FUNCTION blog_count_articles() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM blog_count('category', category_id, COUNT(*)) FROM came GROUP BY category_id;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM blog_count('category', category_id, -COUNT(*)) FROM went GROUP BY category_id;
        ELSE
            PERFORM blog_count('category', of_key, SUM(change)) FROM (
                SELECT category_id AS of_key, 1 AS change FROM came
                UNION ALL SELECT category_id, -1 FROM went
            ) AS changes GROUP BY of_key HAVING SUM(change) <> 0;
        END IF;
        IF TG_OP = 'INSERT' THEN
            PERFORM blog_count('month', blog_month(published_at), COUNT(*)) FROM came WHERE published_at IS NOT NULL GROUP BY blog_month(published_at);
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM blog_count('month', blog_month(published_at), -COUNT(*)) FROM went WHERE published_at IS NOT NULL GROUP BY blog_month(published_at);
        ELSE
            PERFORM blog_count('month', of_key, SUM(change)) FROM (
                SELECT blog_month(published_at) AS of_key, 1 AS change FROM came WHERE published_at IS NOT NULL
                UNION ALL SELECT blog_month(published_at), -1 FROM went WHERE published_at IS NOT NULL
            ) AS changes GROUP BY of_key HAVING SUM(change) <> 0;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_articles_insert AFTER INSERT ON blog_article
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_articles()
    """,
    """
    CREATE TRIGGER blog_count_articles_delete AFTER DELETE ON blog_article
    REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION blog_count_articles()
    """,
    """
    CREATE TRIGGER blog_count_articles_update AFTER UPDATE ON blog_article
    REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_articles()
    """,
    """
    CREATE FUNCTION blog_count_articles_none() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM blog_articlecount WHERE kind IN ('category', 'month');
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_articles_truncate AFTER TRUNCATE ON blog_article
    FOR EACH STATEMENT EXECUTE FUNCTION blog_count_articles_none()
    """,
    """
    CREATE FUNCTION blog_count_author() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM blog_count('author', author_id, COUNT(*)) FROM came GROUP BY author_id;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM blog_count('author', author_id, -COUNT(*)) FROM went GROUP BY author_id;
        ELSE
            PERFORM blog_count('author', of_key, SUM(change)) FROM (
                SELECT author_id AS of_key, 1 AS change FROM came
                UNION ALL SELECT author_id, -1 FROM went
            ) AS changes GROUP BY of_key HAVING SUM(change) <> 0;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_author_insert AFTER INSERT ON blog_articleauthor
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_author()
    """,
    """
    CREATE TRIGGER blog_count_author_delete AFTER DELETE ON blog_articleauthor
    REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION blog_count_author()
    """,
    """
    CREATE TRIGGER blog_count_author_update AFTER UPDATE ON blog_articleauthor
    REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_author()
    """,
    """
    CREATE FUNCTION blog_count_author_none() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM blog_articlecount WHERE kind = 'author';
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_author_truncate AFTER TRUNCATE ON blog_articleauthor
    FOR EACH STATEMENT EXECUTE FUNCTION blog_count_author_none()
    """,
    """
    CREATE FUNCTION blog_count_hashtag() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM blog_count('hashtag', tag_id, COUNT(*)) FROM came GROUP BY tag_id;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM blog_count('hashtag', tag_id, -COUNT(*)) FROM went GROUP BY tag_id;
        ELSE
            PERFORM blog_count('hashtag', of_key, SUM(change)) FROM (
                SELECT tag_id AS of_key, 1 AS change FROM came
                UNION ALL SELECT tag_id, -1 FROM went
            ) AS changes GROUP BY of_key HAVING SUM(change) <> 0;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_hashtag_insert AFTER INSERT ON blog_articlehashtag
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_hashtag()
    """,
    """
    CREATE TRIGGER blog_count_hashtag_delete AFTER DELETE ON blog_articlehashtag
    REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION blog_count_hashtag()
    """,
    """
    CREATE TRIGGER blog_count_hashtag_update AFTER UPDATE ON blog_articlehashtag
    REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_hashtag()
    """,
    """
    CREATE FUNCTION blog_count_hashtag_none() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM blog_articlecount WHERE kind = 'hashtag';
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_hashtag_truncate AFTER TRUNCATE ON blog_articlehashtag
    FOR EACH STATEMENT EXECUTE FUNCTION blog_count_hashtag_none()
    """,
    """
    CREATE FUNCTION blog_count_series() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM blog_count('series', series_id, COUNT(*)) FROM came GROUP BY series_id;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM blog_count('series', series_id, -COUNT(*)) FROM went GROUP BY series_id;
        ELSE
            PERFORM blog_count('series', of_key, SUM(change)) FROM (
                SELECT series_id AS of_key, 1 AS change FROM came
                UNION ALL SELECT series_id, -1 FROM went
            ) AS changes GROUP BY of_key HAVING SUM(change) <> 0;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_series_insert AFTER INSERT ON blog_seriespart
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_series()
    """,
    """
    CREATE TRIGGER blog_count_series_delete AFTER DELETE ON blog_seriespart
    REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION blog_count_series()
    """,
    """
    CREATE TRIGGER blog_count_series_update AFTER UPDATE ON blog_seriespart
    REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION blog_count_series()
    """,
    """
    CREATE FUNCTION blog_count_series_none() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM blog_articlecount WHERE kind = 'series';
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER blog_count_series_truncate AFTER TRUNCATE ON blog_seriespart
    FOR EACH STATEMENT EXECUTE FUNCTION blog_count_series_none()
    """,
]
POSTGRES_BACK = [
    "DROP TRIGGER blog_count_articles_insert ON blog_article",
    "DROP TRIGGER blog_count_articles_delete ON blog_article",
    "DROP TRIGGER blog_count_articles_update ON blog_article",
    "DROP TRIGGER blog_count_articles_truncate ON blog_article",
    "DROP TRIGGER blog_count_author_insert ON blog_articleauthor",
    "DROP TRIGGER blog_count_author_delete ON blog_articleauthor",
    "DROP TRIGGER blog_count_author_update ON blog_articleauthor",
    "DROP TRIGGER blog_count_author_truncate ON blog_articleauthor",
    "DROP TRIGGER blog_count_hashtag_insert ON blog_articlehashtag",
    "DROP TRIGGER blog_count_hashtag_delete ON blog_articlehashtag",
    "DROP TRIGGER blog_count_hashtag_update ON blog_articlehashtag",
    "DROP TRIGGER blog_count_hashtag_truncate ON blog_articlehashtag",
    "DROP TRIGGER blog_count_series_insert ON blog_seriespart",
    "DROP TRIGGER blog_count_series_delete ON blog_seriespart",
    "DROP TRIGGER blog_count_series_update ON blog_seriespart",
    "DROP TRIGGER blog_count_series_truncate ON blog_seriespart",
    "DROP FUNCTION blog_count_articles()",
    "DROP FUNCTION blog_count_articles_none()",
    "DROP FUNCTION blog_count_author()",
    "DROP FUNCTION blog_count_author_none()",
    "DROP FUNCTION blog_count_hashtag()",
    "DROP FUNCTION blog_count_hashtag_none()",
    "DROP FUNCTION blog_count_series()",
    "DROP FUNCTION blog_count_series_none()",
    "DROP FUNCTION blog_month(timestamptz)",
    "DROP FUNCTION blog_count(text, bigint, numeric)",
]


# A site may already hold articles. On PostgreSQL the triggers keep writers away until this is through.
COUNTED = [
    """
    INSERT INTO blog_articlecount (kind, key, number)
    SELECT 'category', category_id, COUNT(*) FROM blog_article GROUP BY category_id
    """,
    """
    INSERT INTO blog_articlecount (kind, key, number)
    SELECT 'author', author_id, COUNT(*) FROM blog_articleauthor GROUP BY author_id
    """,
    """
    INSERT INTO blog_articlecount (kind, key, number)
    SELECT 'hashtag', tag_id, COUNT(*) FROM blog_articlehashtag GROUP BY tag_id
    """,
    """
    INSERT INTO blog_articlecount (kind, key, number)
    SELECT 'series', series_id, COUNT(*) FROM blog_seriespart GROUP BY series_id
    """,
]
MONTHS = {
    "sqlite": """
    INSERT INTO blog_articlecount (kind, key, number)
    SELECT 'month', CAST(substr(published_at, 1, 4) || substr(published_at, 6, 2) AS INTEGER), COUNT(*)
    FROM blog_article WHERE published_at IS NOT NULL GROUP BY 2
    """,
    "postgresql": """
    INSERT INTO blog_articlecount (kind, key, number)
    SELECT 'month', blog_month(published_at), COUNT(*)
    FROM blog_article WHERE published_at IS NOT NULL GROUP BY 2
    """,
}


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    kept = {"sqlite": SQLITE, "postgresql": POSTGRES}[vendor]
    for statement in [*kept, *COUNTED, MONTHS[vendor]]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("blog", "0019_what_a_batch_told_readers")]

    operations = [
        migrations.CreateModel(
            name="ArticleCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("category", "Category"),
                            ("author", "Author"),
                            ("hashtag", "Hashtag"),
                            ("series", "Series"),
                            ("month", "Month"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("number", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "key", "number"], name="article_count")],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
