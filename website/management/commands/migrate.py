"""Django's own command, with the time a big table needs."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor == "postgresql":
            # Pages give up after seconds; an index over a million rows must not. lock_timeout stays: a
            # migration that cannot get its lock must not hold up every reader behind it.
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
        super().handle(*args, **options)
