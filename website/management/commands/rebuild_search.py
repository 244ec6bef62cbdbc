"""``manage.py rebuild_search``: everything readers can find, indexed anew while the site goes on running."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from website import search
from website.models import SearchDocument
from website.search.kinds import KINDS


class Command(BaseCommand):
    help = "Index every public page anew. Safe while the site runs: readers go on searching meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=200, help="Pages in one transaction (default: 200).")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        before = SearchDocument.objects.count()
        for label, done, total in search.rebuild(batch=max(1, batch)):
            self.stdout.write(f"{KINDS[label].plural}: {done}/{total}")
        after = SearchDocument.objects.count()
        self.stdout.write(self.style.SUCCESS(f"The index now has {after} entries; it had {before}."))
