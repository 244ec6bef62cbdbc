"""How many Markdown files a second become drafts: ``python -m benchmarks.importing 100`` prints it."""

import random
import sys
import tempfile
import time
from pathlib import Path

import django

from benchmarks.corpus import sentence

AUTHOR = "Desk 1"


def text(number: int) -> str:
    """Some nine hundred words under six headings, unlike those of any other number."""
    chance = random.Random(f"import {number}")
    parts = [f"# {sentence(chance)[:60].rstrip('. ')} {number}"]
    for _ in range(6):
        parts.append(f"## {sentence(chance)[:50].rstrip('. ')}")
        parts += [" ".join(sentence(chance) for _ in range(5)) for _ in range(2)]
        parts.append("\n".join(f"- {sentence(chance)}" for _ in range(3)))
    return "\n\n".join(parts) + "\n"


def per_second(count: int) -> float:
    from django.core.management import call_command

    from blog.models import Article

    known = Article.objects.count()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"text-{known + number}.md" for number in range(count)]
        for number, file in enumerate(files):
            file.write_text(text(known + number))
        began = time.monotonic()
        with (Path(folder) / "said").open("w") as said:
            call_command("import_article", *map(str, files), category="tools", stdout=said)
        taken = time.monotonic() - began
    made = Article.objects.count() - known
    if made != count:
        raise RuntimeError(f"{made} of {count} files became drafts")
    return count / taken


if __name__ == "__main__":
    django.setup()
    print(per_second(int(sys.argv[1])))
