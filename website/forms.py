"""What an editor fills in for an address without a page."""

from typing import Any

from django import forms
from django.http import HttpRequest

from . import signposts
from .models import Signpost
from .whereabouts import open_path, path_of


class SignpostForm(forms.ModelForm):
    """What an address is to answer. ``request`` tells what counts as this site."""

    request: HttpRequest
    leaving: frozenset[str] = frozenset()  # where readers cannot be led, because these pages are going

    class Meta:
        model = Signpost
        fields = ["kind", "target_path", "reason"]
        widgets = {
            "kind": forms.RadioSelect,
            "target_path": forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
            "reason": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }
        labels = {"target_path": "Where to", "reason": "Reason, as readers will see it"}
        help_texts = {
            "target_path": "A page of this site, such as /blog/a-newer-guide/. Readers arrive in one step.",
            "reason": "One or two plain sentences. For example: The exam was retired in June 2026.",
        }
        error_messages = {"kind": {"required": "Choose what readers find at the address."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Signpost.Kind.choices  # type: ignore[attr-defined] # without a blank

    def clean_target_path(self) -> str:
        typed = self.cleaned_data["target_path"]
        if self.cleaned_data.get("kind") != Signpost.Kind.MOVED:
            return ""
        if not typed:
            raise forms.ValidationError("Say where readers are to go.")
        path = open_path(typed, self.request)
        if path in self.leaving:
            raise forms.ValidationError("That page is going too. Choose one that stays.")
        return path

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"]).strip()
        if self.cleaned_data.get("kind") != Signpost.Kind.WITHDRAWN:
            return ""
        if not reason:
            raise forms.ValidationError("Say why, in a sentence for readers.")
        return reason

    def choice(self) -> signposts.Choice:
        said = self.cleaned_data
        return signposts.Choice(said["kind"], said["target_path"], said["reason"])


class SignpostAtForm(SignpostForm):
    """The same for any address at all."""

    class Meta(SignpostForm.Meta):
        fields = ["path", *SignpostForm.Meta.fields]
        error_messages = {
            **SignpostForm.Meta.error_messages,
            "path": {"unique": "There is a signpost at this address already. Please change that one."},
        }

    def clean_path(self) -> str:
        path = path_of(self.cleaned_data["path"], host=self.request.get_host())
        self.leaving = frozenset([path])
        return path
