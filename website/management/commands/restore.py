"""``manage.py restore FILE``: a backup of an SQLite database in the place of what is there."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from website import database_file
from website.database_file import Contents, Unfit


class Command(BaseCommand):
    help = (
        "Puts a backup of the SQLite database in the place of what is there, while the site is stopped. "
        "Without --commit it only tells what it would do. The former file is kept."
    )
    requires_system_checks: list[str] = []  # some would ask the database, which may be damaged

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A backup, as docs/operations.md says how to make one.")
        parser.add_argument("--commit", action="store_true", help="Do it.")

    def handle(self, *args: Any, file: Path, commit: bool, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("This site's database is PostgreSQL: restore it with pg_restore.")
        path = Path(str(connection.settings_dict["NAME"]))
        if file.resolve() == path.resolve():
            raise CommandError(f"{file} is the database itself.")
        try:
            self.restore(file, path, is_meant=commit)
        except Unfit as reason:
            raise CommandError(str(reason)) from reason

    def restore(self, backup: Path, path: Path, *, is_meant: bool) -> None:
        with database_file.copied(backup, beside=path) as copy:
            self.tell(there(path), database_file.contents(copy))
            if not is_meant:
                self.stdout.write("Nothing was changed. --commit puts the backup in place.")
                return
            aside = database_file.put_in_place(copy, path, now=timezone.now())
        self.stdout.write(self.style.SUCCESS(f"{backup} is in place as {path}."))
        if aside:
            self.stdout.write(f"The former database is kept. To go back: manage.py restore {aside} --commit")
        self.stdout.write("`make run` or `manage.py prepare` brings an older one up to date.")

    def tell(self, former: Contents | None, coming: Contents) -> None:
        self.stdout.write(f"{'':<16}{'there is':>18}{'there will be':>18}")
        for noun, count in coming.counts.items():
            self.stdout.write(f"{noun:<16}{former.counts[noun] if former else '?':>18}{count:>18}")
        saved = former.saved_at if former else "?"
        self.stdout.write(f"{'last saved (UTC)':<16}{saved:>18}{coming.saved_at:>18}")


def there(path: Path) -> Contents | None:
    """None where there is nothing, or nothing that can be read: that is what backups are for."""
    try:
        return database_file.contents(path) if path.exists() else None
    except Unfit:
        return None
