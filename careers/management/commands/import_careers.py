from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers.transfer import DataError, Report, Verdict, bring_in


class Command(BaseCommand):
    help = (
        "Read what export_careers wrote, a file or a folder, and show what it would change. "
        "--commit changes it, all or nothing. What the files do not tell of stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--commit", action="store_true", help="Write it. Without this nothing is changed."
        )

    def handle(self, *args: Any, path: Path, commit: bool, **options: Any) -> None:
        try:
            report = bring_in(path, commit=commit, by=None, at=timezone.now(), tell=self.stderr.write)
        except DataError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        self.show(report, is_committed=commit)

    def show(self, report: Report, *, is_committed: bool) -> None:
        for proposal in report.proposals:
            if proposal.verdict != Verdict.UNCHANGED:
                self.stdout.write(f"{proposal.verdict:9} {proposal.entry.noun.name} {proposal.name}")
                self.stdout.writelines(f"            {line}\n" for line in proposal.lines)
        counts = ", ".join(f"{report.count(verdict)} {verdict}" for verdict in Verdict)
        kept = ", ".join(f"{count} {noun}" for noun, count in report.only_here.items())
        self.stdout.write(f"{counts}.{f' Only here, and kept: {kept}.' * bool(kept)}")
        if not is_committed:
            self.stdout.write("This was a dry run: nothing was changed. --commit changes it.")
