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
