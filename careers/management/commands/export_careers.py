from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from careers.skill_table import lines
from careers.spreadsheets import csv_text
from careers.transfer import catalogue_document, catalogue_documents


class Command(BaseCommand):
    help = (
        "Write the whole catalogue as JSON: to the screen, to a file (--to all.json) or to a folder with a "
        "file for each noun (--to folder/). With --csv write the published roles and their skills as a table."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="A file that ends in .json or .csv, or a folder.")
        parser.add_argument("--csv", action="store_true", help="Roles and skills only, as CSV.")

    def handle(self, *args: Any, to: Path | None, csv: bool, **options: Any) -> None:
        try:
            self.write(to, is_csv=csv)
        except OSError as error:
            raise CommandError(f"Cannot be written: {error}") from error

    def write(self, to: Path | None, *, is_csv: bool) -> None:
        with transaction.atomic():
            if to is None:
                self.stdout.write(csv_text(lines()) if is_csv else catalogue_document(), ending="")
            elif is_csv:
                self.save({to: csv_text(lines())})
            elif to.suffix == ".json":
                self.save({to: catalogue_document()})
            else:
                self.save({to / name: text for name, text in catalogue_documents().items()})

    def save(self, texts: dict[Path, str]) -> None:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            self.stderr.write(f"{path} written.")
