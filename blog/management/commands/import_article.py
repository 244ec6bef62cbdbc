"""Texts in files as drafts, by the rules of the admin's own page for it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from blog import tagging
from blog.importing import keeping
from blog.importing.forms import in_order, proposed, unknown
from blog.importing.keeping import Draft, Known, Source
from blog.importing.kinds import MAX_BYTES, Unreadable, decoded, plain
from blog.importing.manuscripts import LONGEST_SUMMARY, LONGEST_TITLE, Manuscript, read_manuscript
from blog.importing.names import Roles
from blog.models import Author, Category


class Refusal(Exception):
    """Why a file became nothing, in a sentence."""


class Command(BaseCommand):
    help = (
        "Makes a draft of each text, Markdown or HTML file. The same again changes nothing; a changed one "
        "updates its draft, unless somebody worked on it or readers can see it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and do nothing")
        parser.add_argument(
            "--category", help="the address of the category, where a text names none that exists"
        )
        parser.add_argument("--add-authors", action="store_true", help="add those that are not known yet")
        parser.add_argument("--replace", action="store_true", help="also a draft that was changed by hand")

    def handle(self, *args: Any, **options: Any) -> None:
        roles = keeping.role_names()
        refused = 0
        for path in options["files"]:
            try:
                self.take(Path(path), roles, options)
            except (Refusal, Unreadable, ValidationError, OSError) as refusal:
                refused += 1
                self.stderr.write(f"{path}: refused: {sentence(refusal)}")
        if refused:
            raise CommandError(f"{refused} of {len(options['files'])} files became nothing.")

    def take(self, path: Path, roles: Roles, options: dict[str, Any]) -> None:
        with path.open("rb") as file:
            source = Source(plain(decoded(file.read(MAX_BYTES + 1))), path.name)
        made = read_manuscript(source.text, name=path.name, roles=roles)
        known = keeping.known(source, title=made.title)
        if known and known.by == "text":
            self.stdout.write(f"{path}: unchanged: “{known.article}”")
            return
        if known:
            refuse_unless_open(known, replace=options["replace"])
        draft = draft_of(made, options["category"], add_authors=options["add_authors"])
        if not options["dry_run"]:
            onto = known.article if known else None
            keeping.keep(draft, source, onto=onto, by=None, now=timezone.now())
        verb = "updated" if known else "made"
        self.stdout.write(f"{path}: {'would have ' if options['dry_run'] else ''}{verb}: “{draft.title}”")
        for line in report(made, draft):
            self.stdout.write(f"  {line}")


def refuse_unless_open(known: Known, *, replace: bool) -> None:
    if not known.is_open:
        raise Refusal(f"readers can see “{known.article}”, or will: change it in the admin.")
    if known.is_edited and not replace:
        raise Refusal(
            f"“{known.article}” was written or changed by hand. --replace would put this text in its place."
        )


def draft_of(made: Manuscript, category: str | None, *, add_authors: bool) -> Draft:
    found = proposed(made)
    if not made.title or len(made.title) > LONGEST_TITLE:
        raise Refusal(f"it has no title, or one of more than {LONGEST_TITLE} characters.")
    chosen: Any = Category.objects.filter(slug=category).first() if category else found["category"]
    if chosen is None:
        raise Refusal(f"there is no category “{category or made.category}”. Name one with --category.")
    return Draft(
        title=made.title,
        body=made.body,
        category=chosen,
        summary=made.summary[:LONGEST_SUMMARY],
        authors=in_order(made, Author.objects.filter(pk__in=found["authors"])),
        new_authors=unknown(made) if add_authors else (),
        hashtags=tagging.from_text(made.hashtags),
        roles=made.roles,
    )


def report(made: Manuscript, draft: Draft) -> list[str]:
    """What a person would want to look at."""
    lines = [
        f"{made.kind}; headings guessed: {len(made.guesses)}, tables: {made.tables}, "
        f"hashtags: {len(draft.hashtags)}",
        *(f"cleaned: {one.why}{': ' if one.text else ''}{one.text[:120]}" for one in made.cleaned),
        *(f"empty section: {name}" for name in made.empty_sections),
        *(f"a live comparison is possible: {', '.join(one.roles)}" for one in made.comparisons),
        *(f"not among the authors: {name}" for name in unknown(made) if name not in draft.new_authors),
        tagging.folding(list(draft.hashtags)),
    ]
    if made.published_text:
        lines.append(f"the text says it was published {made.published_text}; a publisher sets the date")
    return [line for line in lines if line]


def sentence(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, OSError):
        return f"{refusal.strerror or 'it cannot be read'}."
    return str(refusal)
