"""The facts and the articles that a new site starts with."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

import blog.transfer
import careers.transfer


class Command(BaseCommand):
    help = (
        "Adds the facts, articles, sections, desks and hashtags of the demo that the site does not have. "
        "What is there already stays as its editors left it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with one_at_a_time(), transaction.atomic():
                self.load(options["verbosity"])
        except (blog.transfer.DemoFault, careers.transfer.DataError) as error:
            raise CommandError(str(error)) from error
        except (IntegrityError, OperationalError) as error:
            # The lock is of this machine; the database may be shared with another.
            reason = str(error).partition("\n")[0]
            raise CommandError(
                f"Nothing was loaded. Is another machine loading it now? ({reason})"
            ) from error

    def load(self, verbosity: int) -> None:
        progress = self.say if verbosity else silence
        facts = careers.transfer.load(tell=progress)
        stories = blog.transfer.load_demo(now=timezone.now(), progress=progress)
        self.say(
            f"Demo content: {sum(facts.values())} facts and {stories['articles']} articles added, "
            f"{stories['kept']} articles already here."
        )

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def silence(text: str) -> None:
    """For whoever asked for no progress."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A second process waits, and then finds everything in its place."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "load_demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
