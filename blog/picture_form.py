"""A picture in the admin: a file when it is added, another one later; what is said about it at any time."""

from typing import Any

from django import forms
from PIL.Image import Image

from .models import Picture
from .picture_headers import ACCEPTED
from .pictures import opened

LIMITS = "JPEG, PNG, WebP or GIF, at most 10 MB and 40 million pixels."


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

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            self.image = opened(file)
        return file


class NewPictureForm(PictureForm):
    file = forms.FileField(
        label="Picture", help_text=LIMITS, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
