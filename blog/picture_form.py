"""A picture in the admin: the file once, when it is added; what is said about it at any time."""

from typing import Any

from django import forms
from PIL.Image import Image

from .models import Picture
from .pictures import opened


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Picture
        fields = ["title", "alt", "credit"]


class NewPictureForm(PictureForm):
    file = forms.FileField(
        label="Picture",
        help_text="JPEG, PNG, WebP or GIF, at most 10 MB and 40 million pixels.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    field_order = ["file", "title", "alt", "credit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.image: Image | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.image = opened(file)
        return file
