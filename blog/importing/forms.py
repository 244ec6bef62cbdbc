"""The two steps of an import: what is handed in, and what shall become of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from blog import hashtag_names, tagging
from blog.forms import HashtagField
from blog.local_times import LocalDateTimeField
from blog.models import Author, Category

from .keeping import Draft, Known, Source
from .kinds import MAX_BYTES, Unreadable, decoded, plain
from .manuscripts import LONGEST_SUMMARY, LONGEST_TITLE, Choices, Manuscript
from .names import Roles

LEVELS = [(2, "Heading 2"), (3, "Heading 3"), (4, "Heading 4"), (0, "Not a heading")]


class SourceForm(forms.Form):
    text = forms.CharField(
        label="Paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 16, "cols": 80, "spellcheck": "false", "data-takes-html": ""}),
        help_text="Plain text, Markdown, or the source of an HTML page.",
    )
    file = forms.FileField(
        label="Or upload a file",
        required=False,
        widget=forms.FileInput(
            {"accept": ".txt,.text,.md,.markdown,.html,.htm,text/plain,text/html,text/markdown"}
        ),
        help_text=f"Text, Markdown or HTML, at most {MAX_BYTES // 1_000_000} MB. "
        "From Word: save as “Web page, filtered”.",
    )
    file_name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].validators.clear()  # what no text holds is taken out when it is read

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if file and text.strip():
            self.add_error("file", "There is text in the box too. Empty it, or leave out the file.")
        elif not file and not text.strip() and not self.errors:
            raise ValidationError("There is nothing yet to read. Paste a text or choose a file.")
        elif not self.errors:
            cleaned["source"] = self._source(text, file)
        return cleaned

    def _source(self, text: str, file: Any) -> Source | None:
        name = file.name if file else self.cleaned_data.get("file_name", "")
        try:
            return Source(plain(decoded(file.read(MAX_BYTES + 1)) if file else text), name[:200])
        except Unreadable as refusal:
            self.add_error("file" if file else "text", str(refusal))
        return None


class DraftForm(forms.Form):
    title = forms.CharField(max_length=LONGEST_TITLE, widget=forms.TextInput({"class": "vTextField"}))
    summary = forms.CharField(
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea({"rows": 3}),
        help_text="Proposed from the first paragraph, unless the text has one of its own.",
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), error_messages={"required": "Choose a category; it can be changed later."}
    )
    authors = forms.ModelMultipleChoiceField(
        Author.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_authors = forms.MultipleChoiceField(
        label="Not among the authors yet", required=False, widget=forms.CheckboxSelectMultiple
    )
    hashtags = HashtagField(required=False, max_length=tagging.MAX_TEXT)
    subjects = forms.MultipleChoiceField(
        label="Is about", required=False, widget=forms.CheckboxSelectMultiple, help_text="Named in the title."
    )
    published_at = LocalDateTimeField(label="Published", required=False)
    onto = forms.ChoiceField(label="Make of it", widget=forms.RadioSelect)

    def __init__(
        self,
        made: Manuscript,
        data: Any = None,
        *,
        roles: Roles,
        known: Known | None,
        may_date: bool,
        may_add_authors: bool,
    ) -> None:
        super().__init__(data, initial=proposed(made))
        for name in ("title", "summary", "hashtags"):
            self.fields[name].widget.attrs.pop("maxlength", None)  # the server says how much is too much
        self._offer("subjects", [(slug, roles[slug][0]) for slug in made.roles])
        self._offer(
            "new_authors", [(name, f"Add {name}") for name in unknown(made)] if may_add_authors else []
        )
        self._offer("onto", targets(known) if known else [])
        if known and known.is_open and known.by != "file" and not known.is_edited:
            self.fields["onto"].initial = "update"  # anything else, somebody must want
        if not may_date or known:
            del self.fields["published_at"]
        else:
            self.fields["published_at"].help_text = about_date(made)
        self.fields["hashtags"].help_text = tagging.folding(hashtag_names.parse(made.hashtags))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        if not choices:
            del self.fields[name]

    def forgive(self) -> None:
        """Keep what was typed, and leave its faults for when it counts."""
        self._errors = ErrorDict()

    def draft(self, made: Manuscript) -> Draft:
        said = self.cleaned_data
        names = ("title", "summary", "category", "hashtags", "published_at", "new_authors")
        return Draft(
            body=made.body,
            authors=in_order(made, said["authors"]),
            roles=said.get("subjects", ()),
            **{name: said[name] for name in names if name in said},
        )


def proposed(made: Manuscript) -> dict[str, Any]:
    """What the fields hold before anyone has looked."""
    authors: Iterable[Any] = Author.objects.all()
    return {
        "title": made.title,
        "summary": made.summary,
        "category": Category.objects.filter(name__iexact=made.category).first() if made.category else None,
        "authors": [author.pk for author in authors if _is_named(author, made)],
        "new_authors": unknown(made),
        "hashtags": hashtag_names.written(hashtag_names.parse(made.hashtags)),
        "subjects": made.roles,
        "published_at": made.published,
    }


def unknown(made: Manuscript) -> list[str]:
    names = {name.casefold() for name in Author.objects.values_list("name", flat=True)}
    return [name[:120] for name in made.authors if name.casefold() not in names]


def _is_named(author: Author, made: Manuscript) -> bool:
    return author.name.casefold() in {name.casefold() for name in made.authors}


def in_order(made: Manuscript, authors: Any) -> list[Author]:
    """As the text names them, then the others."""
    named = [name.casefold() for name in made.authors]
    return sorted(authors, key=lambda a: named.index(a.name.casefold()) if _is_named(a, made) else len(named))


def about_date(made: Manuscript) -> str:
    if made.published or not made.published_text:
        return "Empty means the moment of publishing."
    says = f"The text says “{made.published_text[:80]}”, which names no day. Which one was it?"
    return f"{says} Empty means the moment of publishing."


def targets(known: Known) -> list[tuple[str, str]]:
    """What can be done with the text."""
    new = ("new", "Make a new article beside it")
    if not known.is_open:
        return [new]
    warning = ": replaces a text that was changed by hand" if known.is_edited else ""
    return [("update", f"Update the draft “{known.article}”{warning}"), new]


def choices_in(data: Any) -> Choices:
    """What was chosen on the page about guesses; anything else that was sent counts for nothing."""
    numbers = {key: key.rpartition("-")[2] for key in data if key.startswith(("level-", "live-", "kept-"))}
    ticked = {key: int(number) for key, number in numbers.items() if number.isdecimal() and len(number) < 6}
    allowed = {str(level): level for level, _ in LEVELS}
    return Choices(
        levels={
            number: allowed[data[key]]
            for key, number in ticked.items()
            if key.startswith("level-") and data[key] in allowed
        },
        live=frozenset(n for key, n in ticked.items() if key.startswith("live-") and data[key] == "yes"),
        kept=frozenset(n for key, n in ticked.items() if key.startswith("kept-")),
    )
