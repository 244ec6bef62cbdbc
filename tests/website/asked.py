"""A server process of its own, as small as can be: answers each address on a line with what stands there.

A line ``= text`` saves a category under that name and answers when it is committed.
"""

import os
import re
import subprocess
import sys
from typing import Self

import django
from django.conf import settings
from django.db import connection

NUMBER = re.compile(rb"Category (\d+)")


def main() -> None:
    """In the process."""
    settings.PAGE_CACHE = True
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_NAME"]
    django.setup()
    from blog.models import Category
    from tests.website.wsgi import ask
    from website.pagecache import serving
    from website.wsgi import application

    for line in sys.stdin:
        if line.startswith("="):
            Category.objects.filter(slug="shared").update(name=line[1:].strip())
            print("saved", flush=True)  # noqa: T201
            continue
        found = NUMBER.search(ask(application, line.strip()).body)
        hits = serving.current.counts.hits if serving.current else 0
        print(int(found[1]) if found else -1, hits, flush=True)  # noqa: T201


class ServerProcess:
    """In the test: the process, reading the test's own database."""

    def __init__(self) -> None:
        env = os.environ | {
            "TEST_NAME": str(connection.settings_dict["NAME"]),
            "DJANGO_SETTINGS_MODULE": "website.settings.test",
        }
        command = [sys.executable, "-m", "tests.website.asked"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, env=env, cwd=settings.BASE_DIR, stdin=pipe, stdout=pipe, text=True
        )
        self.hits = 0

    def _say(self, line: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def shown_at(self, path: str) -> int:
        number, hits = self._say(path).split()
        self.hits = int(hits)
        return int(number)

    def save(self, name: str) -> None:
        assert self._say(f"= {name}") == "saved\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.communicate()


if __name__ == "__main__":
    main()
