"""A certification by its name of today, inside a sentence, leading to its page or to what took its place."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import get_text_list

from careers.lifecycle import is_retired
from careers.models import Credential

from .catalogue import Catalogue
from .finding import find_one
from .references import Content, Kind, Reference


def link_of(reference: Reference, catalogue: Catalogue, on: date) -> Content:
    credential = find_one(catalogue, "credential", reference)
    if not is_retired(credential, on=on):
        return content([credential])
    heirs = catalogue.heirs.get(credential.pk, ())
    if heirs:
        return content(heirs, note=f"in place of {credential.name}, now retired")
    problem = f"The certification “{credential.name}” is retired, and nothing is known to take its place."
    return content([credential], note="retired", problem=problem)


def content(credentials: Sequence[Credential], *, note: str = "", problem: str = "") -> Content:
    text = get_text_list([credential.name for credential in credentials], "or")
    return Content(text=text, note=note, problem=problem, context={"credentials": credentials, "note": note})


KIND = Kind(
    "link",
    "A certification by name",
    link_of,
    noun=lambda reference: "credential",
    instead="a certification not listed here",
)
