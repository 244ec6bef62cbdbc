"""What colleagues type beside an article: the part of its form that is not the article."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from . import workflow
from .models.comments import LONGEST

NOTE = {"rows": 3, "class": "vLargeTextField"}


class ReviewFields(forms.Form):
    review_note = forms.CharField(
        label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs=NOTE)
    )
    assign_to: Any = forms.ModelChoiceField(
        queryset=None, label="Assigned to", required=False, empty_label="Nobody in particular"
    )
    comment_text = forms.CharField(
        label="New comment", required=False, max_length=LONGEST, widget=forms.Textarea(attrs=NOTE)
    )
    comment_quote = forms.CharField(label="About these words", required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assign_to"].queryset = workflow.may_be_given()  # type: ignore[attr-defined]
        self.initial["assign_to"] = self.instance.assigned_to_id  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A button asks for its field: a text without it stays in the form."""
        cleaned = super().clean() or self.cleaned_data
        if "_return" in self.data and not cleaned.get("review_note"):
            self._add("review_note", "Say what should change, so that the writer knows.")
        if "_comment" in self.data and not cleaned.get("comment_text"):
            self._add("comment_text", "Write the comment first.")
        if thread := self.data.get("_answer"):
            cleaned["answer"] = self._answer(self.data.get(f"answer_{thread}", ""))
        return cleaned

    def _add(self, name: str, said: str) -> None:
        if name not in self.errors:
            self.add_error(name, said)

    def _answer(self, typed: str) -> str:
        try:
            said: str = forms.CharField(max_length=LONGEST).clean(typed)
        except ValidationError as refusal:
            self.add_error(None, f"Your answer to a comment: {' '.join(refusal.messages)}")
            return ""
        return said
