"""``manage.py find_picture_uses``: reads every article for the pictures it shows."""

from typing import Any

from django.core.management.base import BaseCommand

from blog.picture_uses import find_all


class Command(BaseCommand):
    help = "Finds out anew which pictures the articles show, after rows came into the database by other ways."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Read {find_all()} articles.")
