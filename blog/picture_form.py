"""A picture in the admin: a file when it is added, another one later; what is said about it at any time."""

from typing import Any

from django import forms
from PIL.Image import Image

from .models import Picture
from .picture_headers import ACCEPTED
from .pictures import opened, title_from

LIMITS = "JPEG, PNG, WebP or GIF, at most 10 MB and 40 million pixels."
AGAIN = "Choose the file again: a browser sends it once only."


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    file = forms.FileField(
        label="Another file",
        required=False,
        help_text=f"Takes the place of this one wherever it is used. {LIMITS}",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    class Meta:
        model = Picture
        fields = ["title", "alt", "is_decorative", "focus_x", "focus_y", "credit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.image: Image | None = None
        if "alt" in self.fields:
            self.fields["alt"].label = "Description (needed unless decorative)"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            self.image = opened(file)
        return file

    def _post_clean(self) -> None:
        """Once all is known that is wrong: what was typed comes back with the page, a file does not."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors and self.files.get("file") and "file" not in self.errors:
            self.add_error("file", AGAIN)


class NewPictureForm(PictureForm):
    file = forms.FileField(
        label="Picture", help_text=LIMITS, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = f"{self.fields['title'].help_text} Empty: the name of the file."

    def clean_title(self) -> str:
        file = self.files.get("file")
        return self.cleaned_data["title"] or (title_from(file.name or "") if file else "")
