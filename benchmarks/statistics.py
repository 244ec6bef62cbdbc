"""What `website/sqlite_statistics.json` holds, taken from a site of a hundred thousand articles anew.

    python -m benchmarks.statistics

makes that site in a temporary folder, with the demo's facts, which takes some minutes. Synthetic articles
show and name little: what joins articles to facts is told as if all articles were like the demo's.
"""

import json
import os
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Final

import django

from benchmarks.servers import environment, prepare, run

ARTICLES: Final = 100_000
OURS: Final = ("blog", "careers", "website")
# Of these the demo's articles have as many as a site's own would, and synthetic ones none.
LIKE_THE_DEMO: Final = frozenset(
    f"blog_{name}"
    for name in (
        *("act", "article_credentials", "articlecheck", "articleembed", "articlefinding", "changenote"),
        *("linkcheck", "mention", "pictureuse", "revision"),
    )
)
ARTICLE: Final = "article_id"  # their column that names it

Statistics = dict[str, dict[str, str]]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(environment(folder, DATABASE_URL="", DEMO="1"))
        run("manage.py", "prepare", env=dict(os.environ))
        prepare(dict(os.environ), ARTICLES)
        django.setup()
        found = taken(Path(folder) / "db.sqlite3", tables())
    from website.plans import FILE

    FILE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    print(f"{sum(map(len, found.values()))} indexes of {len(found)} tables", file=sys.stderr)


def tables() -> set[str]:
    from django.apps import apps

    models = (
        model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)
    )
    return {model._meta.db_table for model in models}


def taken(file: Path, names: set[str]) -> Statistics:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA analysis_limit = 0")
        connection.execute("ANALYZE")
        (articles,) = connection.execute("SELECT count(*) FROM blog_article").fetchone()
        times = ARTICLES // (articles - ARTICLES)
        found: Statistics = {}
        for table, index, stat in connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1"):
            column = first_column(connection, index)
            if table in names and not is_empty(connection, table, column):
                if table in LIKE_THE_DEMO:
                    stat = multiplied(stat, times, led_by_article=column == ARTICLE)
                found.setdefault(table, {})[index or ""] = stat
        return found


def first_column(connection: sqlite3.Connection, index: str | None) -> str | None:
    """None for a table, and for an index that begins with an expression."""
    found = connection.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", [index]).fetchone()
    return found[0] if found else None


def is_empty(connection: sqlite3.Connection, table: str, column: str | None) -> bool:
    """Nobody has filled it in here, so that it would seem to have the same value in each row."""
    if column is None:
        return False
    query = f'SELECT max("{column}") FROM "{table}"'
    return connection.execute(query).fetchone() == (None,)


def multiplied(stat: str, times: int, *, led_by_article: bool) -> str:
    """How many rows there are grows with the articles, and how many have the same values, too, unless these
    are an article's own or every row has others."""
    rows, *alike = stat.split()
    grows = [not led_by_article and number.isdecimal() and number != "1" for number in alike]
    told = [str(int(one) * times) if is_more else one for one, is_more in zip(alike, grows, strict=True)]
    return " ".join([str(int(rows) * times), *told])


if __name__ == "__main__":
    main()
