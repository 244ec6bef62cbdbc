"""``manage.py check_articles``: every article held against the rules of the desk check."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from blog.linting import LABELS, RULES, Finding, Severity, blocking, unchecked
from blog.models import Article
from website.desk_check import BATCH, recheck, stored


class Command(BaseCommand):
    help = (
        "Check articles and keep what is found for the desk. "
        "Ends with 1 where a live article has something that keeps a text from readers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--live-only", action="store_true", help="Only what readers see now.")
        parser.add_argument(
            "--outdated", action="store_true", help="Only those not yet held against the rules of today."
        )

    def handle(self, *args: Any, live_only: bool, outdated: bool, **options: Any) -> None:
        now = timezone.now()
        live = set(Article.objects.public(now).values_list("pk", flat=True))
        articles = Article.objects.public(now) if live_only else Article.objects.all()
        articles = unchecked(articles) if outdated else articles
        total, counts, blocked = articles.count(), Counter[str](), []
        rows = stored(articles).order_by("pk").iterator(chunk_size=BATCH)
        for number, (article, findings) in enumerate(recheck(rows, now=now), 1):
            counts.update(finding.rule for finding in findings)
            self._tell(f"{number}/{total} {article.slug}", findings)
            blocked += [article.slug] if article.pk in live and blocking(findings) else []
        self._sum_up(total, counts)
        if blocked:
            raise CommandError(f"Live, and must be mended: {', '.join(blocked)}")

    def _tell(self, heading: str, findings: list[Finding]) -> None:
        grave = [finding for finding in findings if finding.severity != Severity.INFO]
        self.stdout.write(f"{heading}: {len(grave) or 'nothing'} to mend, {len(findings) - len(grave)} notes")
        for finding in grave:
            self.stdout.write(f"    {finding.severity} {finding.rule}: {finding.message}")

    def _sum_up(self, total: int, counts: Counter[str]) -> None:
        self.stdout.write(self.style.SUCCESS(f"{total} articles checked."))
        for rule in RULES:
            if counts[rule.id]:
                self.stdout.write(f"  {rule.severity:5} {counts[rule.id]:5}  {LABELS[rule.id]}")
