"""What forms of the catalogue ask more strictly than Django does."""

from typing import Any

from django import forms


class HttpsURLField(forms.URLField):
    """An address typed without its scheme is taken to be safe."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})


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
