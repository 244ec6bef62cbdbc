"""What the form of a pathway refuses: lines that go round or leave it, and choices that nobody can make."""

from collections.abc import Iterable
from typing import Any

from django import forms

from careers.models import Condition, PathwayStep
from careers.models.pathways import refuse_cycles

ASKING = (Condition.Relation.REQUIRES, Condition.Relation.RECOMMENDS)


def kept(formset: Any) -> list[dict[str, Any]]:
    """The rows that are filled in, understood and not to be deleted."""
    rows = [form.cleaned_data for form in formset.forms if form.is_valid() and form.cleaned_data]
    return [row for row in rows if not row.get("DELETE")]


class EdgeFormSet(forms.BaseInlineFormSet):
    """The lines, together with what the certifications ask of each other, must never come round."""

    def clean(self) -> None:
        super().clean()
        pairs = [(row["from_step"], row["to_step"]) for row in kept(self) if row.get("to_step")]
        steps = list(self.instance.steps.select_related("credential", "skill", "role"))
        names = {step.pk: str(step) for step in steps}
        told = [(start.pk, end.pk) for start, end in pairs]
        refuse_cycles([*asked_among(steps), *told], names=names)


def asked_among(steps: Iterable[PathwayStep]) -> list[tuple[int, int]]:
    """Which steps come before which because the certifications say so."""
    by_credential: dict[int, list[int]] = {}
    for step in steps:
        if step.credential_id:
            by_credential.setdefault(step.credential_id, []).append(step.pk)
    rows = Condition.objects.filter(
        relation__in=ASKING, credential__in=by_credential, target_credential__in=by_credential
    )
    return [
        (start, end)
        for row in rows
        for start in by_credential[row.target_credential_id or 0]
        for end in by_credential[row.credential_id]
    ]


class ChoiceFormSet(forms.BaseInlineFormSet):
    """A choice cannot need more steps than belong to it. ``steps`` is the form set beside this one."""

    steps: Any = None

    def clean(self) -> None:
        super().clean()
        chosen = [row["choice"].pk for row in kept(self.steps) if row.get("choice")] if self.steps else []
        for form in self.initial_forms:
            row = form.cleaned_data if form.is_valid() else {}
            count = chosen.count(form.instance.pk)
            if row and not row.get("DELETE") and row["needed"] > count:
                have = f"{count} step{' belongs' if count == 1 else 's belong'}"
                form.add_error("needed", f"{have} to this choice: it cannot need {row['needed']}.")
