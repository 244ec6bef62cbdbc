from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from blog.models import Article, Mention
from blog.rendering import mentions_in

BATCH = 100


class Command(BaseCommand):
    help = "Reads all articles anew for the facts that their words name: after facts got other names."

    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        changed = 0
        for start in range(0, len(keys), BATCH):
            changed += read_anew(keys[start : start + BATCH])
            self.stdout.write(f"{min(start + BATCH, len(keys))} of {len(keys)} articles read")
        self.stdout.write(self.style.SUCCESS(f"{changed} changed."))


@transaction.atomic
def read_anew(keys: Sequence[int]) -> int:
    """Locked, so that nobody saves another text between our reading and our writing."""
    rows = Article.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    bodies = dict(rows.values_list("pk", "body"))
    return Mention.objects.keep(dict(zip(bodies, mentions_in(list(bodies.values())), strict=True)))
