from typing import Any

from django.core.management import BaseCommand

from blog.article_counts import recount


class Command(BaseCommand):
    help = (
        "Counts anew the articles of every category, author, hashtag, series and month. The database keeps "
        "these numbers by itself; this is for one whose tables were loaded one by one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = recount()
        self.stdout.write(f"{wrong} numbers were wrong and are right now." if wrong else "All were right.")
