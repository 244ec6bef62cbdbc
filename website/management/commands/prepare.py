"""Everything between the installed libraries and the first request."""

import os
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError

from website.models import SearchDocument


class Command(BaseCommand):
    help = (
        "Brings the database, the demo content and the static files to where this version wants them. "
        "A second run changes nothing. DEMO=0 leaves the demo content out."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.migrate()
        self.index_anew_if_it_is_old()
        self.collect_static()
        self.load_demo_once()  # last: the password it prints stands right above the addresses

    def migrate(self) -> None:
        self.say("Bringing the database up to date …")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error

    def index_anew_if_it_is_old(self) -> None:
        """What an earlier version indexed has nothing to narrow results by."""
        if SearchDocument.objects.filter(facets=None).exists():
            self.say("Indexing every page anew for the search …")
            call_command("rebuild_search", stdout=self.stdout)

    def load_demo_once(self) -> None:
        """Only where nobody has ever worked. The accounts come last: a load cut short begins again."""
        if get_user_model().objects.exists() or os.environ.get("DEMO") == "0":
            return
        self.say("Loading the demo content …")
        call_command("load_demo", verbosity=0, stdout=self.stdout)
        call_command("create_demo_accounts", stdout=self.stdout)

    def collect_static(self) -> None:
        if settings.DEBUG:
            return
        self.say("Collecting style sheets, scripts and pictures …")
        call_command("collectstatic", interactive=False, verbosity=0)

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
