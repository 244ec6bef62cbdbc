from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers import transfer


class Command(BaseCommand):
    help = "Load the catalogue of careers from data files. Facts already there stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data_dir", nargs="?", type=Path, default=transfer.DATA)

    def handle(self, *args: Any, data_dir: Path, **options: Any) -> None:
        try:
            transfer.load(data_dir, tell=self.stdout.write)
        except transfer.DataError as error:
            raise CommandError(str(error)) from error
