import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from careers.importing import running
from careers.importing.faults import FileFault
from careers.importing.reading import silence
from careers.importing.systems import SYSTEMS
from careers.models import ImportRow

Verdict = ImportRow.Verdict
WORDS: dict[str, str] = {
    Verdict.CREATED: "created",
    Verdict.UPDATED: "updated",
    Verdict.UNCHANGED: "unchanged",
    Verdict.LOCKED: "kept",
    Verdict.REJECTED: "refused",
}
LONGEST_VALUE = 100


class Command(BaseCommand):
    help = (
        "Propose what somebody else's files say to the catalogue: O*NET, ESCO, Microsoft Learn or CTDL. "
        "Without --commit it only tells what it would do. What editors locked, changed or wrote stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("system", choices=sorted(SYSTEMS))
        parser.add_argument("path", type=Path, help="A folder, a zip or a file, as it was downloaded.")
        parser.add_argument("--commit", action="store_true", help="Write what is proposed.")
        parser.add_argument(
            "--role",
            action="append",
            default=[],
            metavar="SLUG[=CODE]",
            help="Fill this role only, from this occupation; may be given several times.",
        )
        parser.add_argument("--provider", default="", help="The address of who awards the certifications.")
        parser.add_argument("--release", default="", help="The release, where the files do not tell.")
        parser.add_argument(
            "--accept-shrink", action="store_true", help="The files hold less, and rightly so."
        )

    def handle(self, *args: Any, system: str, path: Path, commit: bool, **options: Any) -> None:
        wish = running.Wish(
            on=timezone.localdate(),
            roles=options["role"],
            provider=options["provider"],
            release=options["release"],
            accept_shrink=options["accept_shrink"],
        )
        told = sys.stderr.isatty() or options["verbosity"] > 1
        tell = self.progress if told and options["verbosity"] else silence
        try:
            outcome = running.run(
                SYSTEMS[system], path, wish=wish, commit=commit, now=timezone.now, tell=tell
            )
        except FileFault as fault:
            raise CommandError(str(fault)) from fault
        except (IntegrityError, OperationalError) as error:
            reason = str(error).partition("\n")[0]
            raise CommandError(f"Nothing was written. Is another import running? ({reason})") from error
        if options["verbosity"]:
            self.report(outcome, with_unchanged=options["verbosity"] > 1)

    def progress(self, text: str) -> None:
        self.stderr.write(text)

    def report(self, outcome: running.Outcome, *, with_unchanged: bool) -> None:
        for note in outcome.notes:
            self.stdout.write(note)
        for row in outcome.rows:
            if with_unchanged or row.verdict != Verdict.UNCHANGED:
                self.row(row)
        if outcome.gone:
            self.stdout.write(f"{len(outcome.gone)} no longer in the files; they stay in the catalogue.")
        counts = outcome.run.counts
        self.stdout.write(", ".join(f"{counts[verdict]} {word}" for verdict, word in WORDS.items()) + ".")
        if outcome.run.is_dry_run:
            self.stdout.write("This was a dry run: nothing was written. --commit writes it.")

    def row(self, row: ImportRow) -> None:
        about = " · ".join(filter(None, [row.place, WORDS[row.verdict], row.label, row.reason]))
        self.stdout.write(about)
        for field, (before, after) in row.changes.items():
            self.stdout.write(f"    {field}: {shown(before)} → {shown(after)}")


def shown(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if value is None or text == "":
        return "nothing"
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
