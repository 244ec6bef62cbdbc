"""``manage.py check_links``: which links that readers see lead nowhere."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from blog import foreign_links, links
from blog.models import Article, LinkCheck

BATCH = 200
LIMIT = 100


class Command(BaseCommand):
    help = "Check the links in published articles. Ends with code 1 when one leads nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--external",
            action="store_true",
            help="Ask other sites too, those asked longest ago first. Only where CHECK_EXTERNAL_LINKS is on.",
        )
        parser.add_argument(
            "--limit", type=int, default=LIMIT, help=f"How many links to other sites (default: {LIMIT})."
        )

    def handle(self, *args: Any, external: bool, limit: int, **options: Any) -> None:
        if external and not settings.CHECK_EXTERNAL_LINKS:
            reason = "Asking other sites is off. Set CHECK_EXTERNAL_LINKS=1 to allow it."
            raise CommandError(reason, returncode=2)
        dead = self.check_own()
        if external:
            dead += self.check_foreign(max(0, limit))
        if dead:
            raise CommandError(f"{dead} {'link leads' if dead == 1 else 'links lead'} nowhere.")
        self.stdout.write(self.style.SUCCESS("Every link that was checked leads somewhere."))

    def check_own(self) -> int:
        published = Article.objects.filter(state=Article.State.PUBLISHED)
        articles = published.only("title", "slug", "body").order_by("pk")
        total, done, dead = articles.count(), 0, 0
        for batch in links.in_batches(articles.iterator(BATCH), BATCH):
            now = timezone.now()
            rows = links.check_and_keep(batch, find=links.page_finder(), hosts=links.own_hosts(), now=now)
            done += len(batch)
            dead += self.tell([row for row in rows if not row.is_external], batch)
            self.stdout.write(f"Articles: {done}/{total}")
        return dead

    def check_foreign(self, limit: int) -> int:
        waiting = LinkCheck.objects.longest_unasked().filter(article__state=Article.State.PUBLISHED)
        rows = list(waiting.select_related("article")[:limit])
        for number, row in enumerate(rows, 1):
            foreign_links.ask(row, now=timezone.now())
            row.save(update_fields=LinkCheck.LEARNT)
            self.stdout.write(f"{number}/{len(rows)} {row.get_status_display()}: {row.url}")
        return self.tell(rows, [row.article for row in rows])

    def tell(self, rows: Iterable[LinkCheck], articles: Iterable[Article]) -> int:
        """What is to be mended, and how many of them lead nowhere."""
        titles = {article.pk: str(article) for article in articles}
        to_mend = [row for row in rows if row.is_dead or row.status == LinkCheck.Status.MOVED]
        for row in to_mend:
            better = f" Better: {row.suggested_fix}" if row.suggested_fix else ""
            self.stdout.write(f"  {titles[row.article_id]}: {row.url} – {row.problem}{better}")
        return sum(row.is_dead for row in to_mend)
