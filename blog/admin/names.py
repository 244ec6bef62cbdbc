"""Beside the form: the facts that the text names, which of them it links to, which are its subjects."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from blog.canonical import canonical
from blog.editor_views import WRITING, for_those_who
from blog.mentions import Mention
from blog.rendering import mentions_in
from blog.sanitising import BodyTooComplex, clean

# The field of the form that has facts of a noun as subjects.
SUBJECTS = {"credential": "credentials", "role": "roles"}
WORDS = {"credential": "certification"}
ORDER = ("credential", "role", "skill", "technology")


@dataclass(frozen=True)
class Row:
    mention: Mention
    is_subject: bool

    @property
    def word(self) -> str:
        noun = self.mention.fact.noun
        return WORDS.get(noun, noun)

    @property
    def field(self) -> str:
        """Empty where an article cannot be about such a fact."""
        return SUBJECTS.get(self.mention.fact.noun, "")

    @property
    def is_live(self) -> bool:
        """A certification called by its official name: a live link says the same, also once it is renamed."""
        fact, place = self.mention.fact, self.mention.place
        return place is not None and fact.noun == "credential" and place.said == fact.name


@require_POST
@for_those_who(*WRITING)
def found(request: HttpRequest) -> JsonResponse:
    """What the text names as it stands in the form; nothing is written."""
    subjects = {name: request.POST.getlist(name) for name in SUBJECTS.values()}
    try:
        panel = names_in(request.POST.get("body", ""), subjects)
    except BodyTooComplex as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return JsonResponse(
        {
            "found": panel["found"],
            "linked": panel["linked"],
            "html": render_to_string("admin/blog/article/_names_rows.html", {"names": panel}, request),
        }
    )


def beside(form: Any) -> dict[str, Any]:
    """For a form as it is first shown."""
    subjects = {name: form[name].value() or [] for name in SUBJECTS.values() if name in form.fields}
    try:
        return names_in(form["body"].value() or "", subjects)
    except BodyTooComplex:
        return names_in("", subjects)  # the form says what is wrong with it


def names_in(body: str, subjects: Mapping[str, Iterable[Any]]) -> dict[str, Any]:
    """Those still to link first. A draft is left out: it has no page to link to."""
    chosen = {name: {str(value) for value in values} for name, values in subjects.items()}
    mentions = mentions_in([canonical(clean(body))])[0]
    named = sorted(
        (mention for mention in mentions if mention.leads), key=lambda one: ORDER.index(one.fact.noun)
    )
    rows = [Row(mention, is_subject(mention, chosen)) for mention in named]
    return {
        "found": len(rows),
        "linked": sum(row.mention.is_linked for row in rows),
        "open": [row for row in rows if not row.mention.is_linked],
        "done": [row for row in rows if row.mention.is_linked],
    }


def is_subject(mention: Mention, chosen: Mapping[str, Collection[str]]) -> bool:
    return str(mention.fact.pk) in chosen.get(SUBJECTS.get(mention.fact.noun, ""), ())
