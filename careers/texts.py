"""Lists of short texts, kept as JSON and edited one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


def validate_texts(value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise ValidationError("Enter texts, one a line.")


class LinesField(forms.CharField):
    """A text area whose lines are the items of a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class TextListField(models.JSONField):
    """A list of short texts. An empty list means that none is known."""

    default_validators = [validate_texts]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"default": list, "blank": True, **options})

    def formfield(self, *args: Any, **options: Any) -> Any:
        help_text = " ".join(filter(None, [str(self.help_text), "One a line."]))
        return LinesField(
            required=not self.blank, label=self.verbose_name.capitalize(), help_text=help_text, strip=False
        )
