"""What forms of the catalogue ask more strictly than Django does."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from careers.choosing import Weight, says_nothing
from careers.models import Role


class HttpsURLField(forms.URLField):
    """An address typed without its scheme is taken to be safe."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})


# The last part of an address that a listing needs for itself; the stories have the same.
RESERVED = frozenset(
    {"feed", "page", "new", "search", "tag", "tags", "category", "author", "archive", "admin"}
)


class AddressField(forms.SlugField):
    """In small letters, as the site writes all its addresses."""

    default_error_messages = {
        "unique": "Another one has this address already. Please choose a different one.",
        "invalid": "An address has only the letters a to z, digits and hyphens, such as data-engineer.",
    }

    def clean(self, value: Any) -> Any:
        slug = super().clean(value).lower()
        if slug in RESERVED:
            raise ValidationError(f"The site needs the address “{slug}” itself. Please choose another.")
        return slug


class OnceFormSet(forms.BaseInlineFormSet):
    """Rows of which no two may say the same, capitals aside. The database says so too, but without words."""

    once = ""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            value = str(form.cleaned_data.get(self.once) or "").strip().casefold()
            if not value or form.cleaned_data.get("DELETE"):
                continue
            if value in seen:
                form.add_error(self.once, "This is entered twice.")
            seen.add(value)


class TitleFormSet(OnceFormSet):
    once = "title"


class ExamCodeFormSet(OnceFormSet):
    once = "exam_code"


class RecommendationForm(forms.ModelForm):
    """The reason is a sentence: it gets the room of one."""

    class Meta:
        widgets = {"reason": forms.Textarea(attrs={"rows": 2, "cols": 50})}


class WeightForm(forms.ModelForm):
    """The database refuses these too; here they are said beside the field."""

    class Meta:
        widgets = {"reason": forms.Textarea(attrs={"rows": 2, "cols": 50})}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        weight, excludes = said.get("weight") or 0, said.get("is_excluding")
        if excludes and weight:
            self.add_error("weight", "What is ruled out gets no points: put 0 here, or take the tick away.")
        if (excludes or weight > 1) and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Two points or more, and ruling out, need a reason: readers see it.")
        return said


class WeightFormSet(forms.BaseInlineFormSet):
    """Together the weights have to say something: what is the same for every role helps nobody to choose."""

    def clean(self) -> None:
        super().clean()
        if any(form.errors for form in self.forms):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("role")]
        weights = {
            row["role"].slug: Weight(row["weight"], row["is_excluding"])
            for row in rows
            if not row.get("DELETE")
        }
        if says_nothing(weights, list(Role.objects.values_list("slug", flat=True))):
            raise forms.ValidationError(
                "This statement says the same of every role, so it helps nobody to choose."
                " Give at least one role more points than another, or rule one out."
            )
