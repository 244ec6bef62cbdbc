"""The tests' database as the migrations made it, kept between runs: most runs come after no new migration.

What is kept bears the fingerprint of all that the migrations make it from, and each run migrates its copy as
a site would. `pytest --create-db` makes it anew.
"""

import getpass
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.gettempdir()) / f"waymark-tests-of-{getpass.getuser()}"
# What migrations use of ours, and what follows every migrate and only adds.
USED = ("blog/alt_texts.py", "careers/texts.py", "website/groups.py")
# A few branches' worth.
LIMIT = 8


def sources() -> Iterator[Path]:
    for app in apps.get_app_configs():
        yield from sorted(Path(app.path, "migrations").glob("*.py"))
    yield from (ROOT / used for used in USED)


def fingerprint() -> str:
    digest = hashlib.sha256(django.__version__.encode())
    for path in sources():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def kept() -> "KeptFile | KeptTemplate":
    """Asked before the tests' database is made: what the connection leads to now is the developer's own."""
    mine = connection.settings_dict["NAME"]
    kind = KeptFile if connection.vendor == "sqlite" else KeptTemplate
    return kind(f"waymark_tests_{fingerprint()}", mine)


class KeptFile:
    """For SQLite: a file, copied to where the tests' database will be."""

    def __init__(self, name: str, mine: str) -> None:
        self.path, self.mine = FOLDER / f"{name}.sqlite3", mine

    def is_there(self) -> bool:
        return self.path.exists()

    def take(self) -> bool:
        """Whether a database is in place now, only to be migrated."""
        if self.is_there():
            shutil.copyfile(self.path, connection.settings_dict["TEST"]["NAME"])
        return self.is_there()

    def keep(self) -> None:
        if self.is_there() or connection.settings_dict["NAME"] == self.mine:
            return
        FOLDER.mkdir(mode=0o700, exist_ok=True)
        # Another run may be doing the same: whole files change places.
        unfinished = self.path.with_suffix(f".{os.getpid()}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(unfinished)])
        unfinished.replace(self.path)
        for old in sorted(FOLDER.iterdir(), key=lambda path: path.stat().st_mtime)[:-LIMIT]:
            old.unlink(missing_ok=True)


class KeptTemplate:
    """For PostgreSQL: a database of the same server, which makes the tests' own from it."""

    def __init__(self, name: str, mine: str) -> None:
        self.name, self.mine = name, mine

    def is_there(self) -> bool:
        return self.name in self.there()

    def take(self) -> bool:
        if self.is_there():
            connection.settings_dict["TEST"]["TEMPLATE"] = self.name
        return False

    def keep(self) -> None:
        made = connection.settings_dict["NAME"]
        if made == self.mine or self.is_there():
            return
        connection.close()
        # Another run may have done the same meanwhile. Without it the next run is only slower.
        with suppress(DatabaseError), connection._nodb_cursor() as cursor:
            quoted = connection.ops.quote_name
            cursor.execute(f"CREATE DATABASE {quoted(self.name)} TEMPLATE {quoted(made)}")
            for old in self.there()[LIMIT:]:
                cursor.execute(f"DROP DATABASE IF EXISTS {quoted(old)}")

    def there(self) -> list[str]:
        """The newest first."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'waymark_tests_%' ORDER BY oid DESC"
            )
            return [name for (name,) in cursor.fetchall()]


# --- Emptied after a test that commits ------------------------------------------------------------------

# What each migrate makes anew if it is not there, in ten times the time that emptying takes.
STANDING = ("django_content_type", "auth_permission", "auth_group", "auth_group_permissions")


def standing() -> list[int]:
    """By their sizes: no test changes a row of these without another coming or going."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT COUNT(*) FROM {table}" for table in STANDING))
        return [number for (number,) in cursor.fetchall()]


def empty(made: list[int]) -> None:
    """As Django's flush, but for what the migrations made, unless a test has changed that."""
    if standing() != made:
        call_command("flush", verbosity=0, interactive=False)
        return
    ours = connection.introspection.django_table_names(only_existing=True, include_views=False)
    connection.ops.execute_sql_flush(
        connection.ops.sql_flush(no_style(), [table for table in ours if table not in STANDING])
    )
