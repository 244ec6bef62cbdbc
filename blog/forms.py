"""What editors fill in, where Django's own forms do not suffice."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone

from . import hashtag_names, tagging
from .alt_texts import NOT_DESCRIBED
from .body_field import BodyField
from .hashtag_names import MAX_SLUG_LENGTH
from .models import Article, Hashtag
from .slugs import RESERVED, slug_of

ADDRESS = re.compile(r"[a-z0-9_-]+")
PUBLISHING = {"_publish", "_publish_now"}  # the buttons


class HashtagInput(forms.TextInput):
    """A line of text. Where scripts run, hashtags.js puts Django's own Select2 in front of it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        defaults = {"data-hashtags": reverse_lazy("admin:blog_hashtag_suggest"), "class": "vTextField"}
        super().__init__({**defaults, **(attrs or {})})

    def format_value(self, value: str | Iterable[Hashtag] | None) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return tagging.as_text(value)

    @property
    def media(self) -> forms.Media:
        extra = "" if settings.DEBUG else ".min"
        return forms.Media(
            js=(
                f"admin/js/vendor/jquery/jquery{extra}.js",
                f"admin/js/vendor/select2/select2.full{extra}.js",
                "admin/js/jquery.init.js",
                "admin_theme/hashtags.js",
            ),
            css={
                "screen": (
                    f"admin/css/vendor/select2/select2{extra}.css",
                    "admin/css/autocomplete.css",
                )
            },
        )


class HashtagField(forms.CharField):
    """Reads ``#Java #Python``, commas and phrases into names for ``article.hashtags.set``."""

    widget = HashtagInput
    default_validators: list[Any] = []

    def clean(self, value: Any) -> Any:
        return tagging.from_text(super().clean(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, str) else tagging.as_text(initial or [])
        try:
            return tagging.from_text(before) != tagging.from_text(data or "")
        except ValidationError:
            return True


class LocalDateTimeInput(forms.DateTimeInput):
    """One control with one label, where the stock admin has two controls and none."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "desk-datetime", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


def not_reserved(slug: str) -> str:
    if slug in RESERVED:
        raise ValidationError(f"The site needs the address “{slug}” itself. Please choose another.")
    return slug


class HttpsURLField(forms.URLField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class AddressField(forms.SlugField):
    """Takes what people type, "Größe & Gewicht", and makes an address of it."""

    default_error_messages = {
        "unique": "Another page has this address already. Please choose a different one.",
        "invalid": "An address needs letters or digits: a to z, 0 to 9, with hyphens between.",
    }

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        if not typed or ADDRESS.fullmatch(typed.lower()):
            return typed.lower()
        address = slug_of(typed, max_length=MAX_SLUG_LENGTH, fallback="")
        if address.startswith("-"):  # nothing could be read; only the digest stands there
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return address


class ArticleForm(forms.ModelForm):
    body = BodyField()
    hashtags = HashtagField(
        required=False,
        max_length=tagging.MAX_TEXT,
        help_text="#Java #Python, or words between commas. A phrase between commas stays one.",
    )
    is_major = forms.BooleanField(
        label="A major change",
        required=False,
        help_text="Tick when readers should know: it moves the “Updated” date. Leave for typing errors.",
    )

    class Meta:
        model = Article
        exclude = ["authors"]  # noqa: DJ006 -- ordered, so rows of their own; the admin names the other fields
        field_classes = {"canonical_url": HttpsURLField, "slug": AddressField}
        error_messages = {
            "title": {"required": "An article needs a title; a working title will do."},
            "category": {"required": "Choose a category; the article can move to another later."},
        }
        labels = {"cover_alt": "Cover description", "slug": "Address"}
        help_texts = {
            "slug": "Empty: made from the title, and follows it until first published. After that, readers "
            "and search engines know it: a changed one leaves a redirect.",
            "canonical_url": "Only when the text first appeared elsewhere.",
            "seo_title": "Empty: the title.",
            "seo_description": "Empty: the summary.",
        }
        widgets = {
            "summary": forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
            "seo_description": forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
        for field in self.fields.values():
            # A browser would cut what is pasted without a word; the server says how much is too much.
            field.widget.attrs.pop("maxlength", None)

    def clean_slug(self) -> str:
        return not_reserved(self.cleaned_data["slug"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.state == Article.State.PUBLISHED and "published_at" in cleaned:
            self._require_a_date(cleaned)
        starts = cleaned.get("published_at") or (timezone.now() if PUBLISHING & set(self.data) else None)
        ends = cleaned.get("expires_at")
        if starts and ends and ends <= starts:
            self.add_error("expires_at", "It would expire before it is published.")
        self._require_a_description(cleaned)
        return cleaned

    def _require_a_description(self, cleaned: dict[str, Any]) -> None:
        """When a cover is chosen or its description taken away: an older article can still be saved."""
        cover = cleaned.get("cover")
        if cover is None or not {"cover", "cover_alt"} & set(self.changed_data):
            return
        if not (cleaned.get("cover_alt") or cover.alt or cover.is_decorative):
            self.add_error("cover_alt", NOT_DESCRIBED)

    def _require_a_date(self, cleaned: dict[str, Any]) -> None:
        if cleaned["published_at"] is None:
            self.add_error("published_at", "A published article has a date. Unpublish it to hide it.")


class HashtagForm(forms.ModelForm):
    slug = AddressField(
        max_length=MAX_SLUG_LENGTH,
        required=False,
        help_text="The address of its page. Empty: proposed from the name.",
    )

    class Meta:
        model = Hashtag
        exclude: list[str] = []

    def clean_slug(self) -> str:
        return not_reserved(self.cleaned_data["slug"]) or self.instance.slug


class ListingForm(forms.ModelForm):
    """Categories and authors: their addresses may not be those a listing needs for itself."""

    class Meta:
        field_classes = {"slug": AddressField}

    def clean_slug(self) -> str:
        return not_reserved(self.cleaned_data["slug"])


class AliasFormSet(forms.BaseInlineFormSet):
    """Each row looks into the database; only together can they see each other and the hashtag being made."""

    def clean(self) -> None:
        super().clean()
        seen = {hashtag_names.key_of(hashtag_names.tidy(self.instance.name))}
        for form in self.forms:
            if form in self.deleted_forms or not form.cleaned_data.get("name"):
                continue
            key = form.instance.key
            if key in seen:
                form.add_error("name", "This spelling is here already.")
            seen.add(key)
