"""What editors fill in, where Django's own forms do not suffice."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils import timezone

from . import hashtag_names, publishing, tagging
from .alt_texts import NOT_DESCRIBED
from .body_field import BodyField
from .hashtag_names import MAX_SLUG_LENGTH
from .local_times import LocalDateTimeField, LocalDateTimeInput
from .models import Article, Author, ChangeNote, Hashtag, HashtagAlias
from .review_fields import ReviewFields
from .sanitising import without_junk
from .slugs import RESERVED, slug_of
from .snapshots import Related

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


class LineField(forms.CharField):
    """What no text holds comes along with a paste; it is taken out here as in the body."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(without_junk(value) if isinstance(value, str) else value)


class OrderedChoiceField(forms.ModelMultipleChoiceField):
    """In the order in which they were chosen."""

    def clean(self, value: Any) -> Any:
        chosen = {str(row.pk): row for row in super().clean(value)}
        return [chosen[key] for key in dict.fromkeys(map(str, value or [])) if key in chosen]


class ArticleForm(ReviewFields, forms.ModelForm):
    """``base_version`` is the save this form went on from; ``form_token`` tells a form sent twice."""

    blocking: list[Any] = []  # what the desk check holds against publishing
    unsaved: QueryDict | None = None  # what was written into an earlier form and never saved; shown instead

    body = BodyField()
    byline = OrderedChoiceField(
        Author.objects.all(),
        required=False,
        label="Authors",
        help_text="In the order of the byline. To move one, take it out and choose it again.",
    )
    hashtags = HashtagField(
        required=False,
        max_length=tagging.MAX_TEXT,
        help_text="#Java #Python, or words between commas. A phrase between commas stays one.",
    )
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    goes_live_at = LocalDateTimeField(
        required=False, label="Changes go live at", widget=LocalDateTimeInput(speaks_of="goes_live_at")
    )
    note = LineField(
        label="Note for colleagues",
        required=False,
        max_length=300,
        help_text="What you changed, for the history. Readers do not see it.",
    )
    is_major = forms.BooleanField(
        label="A major change",
        required=False,
        help_text="Tick when readers should know: it moves the “Updated” date. Leave for typing errors.",
    )
    change_note = forms.CharField(
        label="What changed",
        required=False,
        max_length=ChangeNote.MAX_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text="With a major change: one sentence for readers, shown below the article.",
    )

    class Meta:
        model = Article
        exclude = ["authors"]  # noqa: DJ006 -- ordered, so ``byline``; the admin names the other fields
        field_classes = {
            "canonical_url": HttpsURLField,
            "slug": AddressField,
            **dict.fromkeys(("title", "seo_title", "cover_alt"), LineField),
        }
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
        self._show_working_copy()
        if slug := self.fields.get("slug"):
            slug.required = False
        for field in self.fields.values():
            # A browser would cut what is pasted without a word; the server says how much is too much.
            field.widget.attrs.pop("maxlength", None)

    def _show_working_copy(self) -> None:
        """What stands in other tables, as the newest draft has it, and the version all of this is."""
        shown: Related = self.instance.opened or Related()
        draft = self.instance.draft
        self.initial = {
            **self.initial,
            **({"is_major": draft.is_major, "change_note": draft.change_note} if draft else {}),
            "byline": list(shown.authors),
            "hashtags": hashtag_names.written(shown.hashtags),
            "roles": list(shown.roles),
            "credentials": list(shown.credentials),
            "base_version": self.instance.version,
            "form_token": self.initial.get("form_token") or uuid4(),
            **(self._unsaved(self.unsaved) if self.unsaved is not None else {}),
        }

    def _unsaved(self, sent: QueryDict) -> dict[str, Any]:
        """As it was typed, valid or not. Where the form has more fields today, they keep what is saved."""
        widgets = {name: field.widget for name, field in self.fields.items()}
        return {
            name: widget.value_from_datadict(sent, {}, name)
            for name, widget in widgets.items()
            if not widget.value_omitted_from_data(sent, {}, name)
        }

    @property
    def related(self) -> Related:
        """What was chosen of other tables; where the form does not ask, what was there."""
        shown: Related = self.instance.opened or Related()
        chosen = self.cleaned_data
        return Related(
            authors=_keys(chosen["byline"]) if "byline" in chosen else shown.authors,
            hashtags=tuple(chosen["hashtags"]) if "hashtags" in chosen else shown.hashtags,
            roles=_keys(chosen["roles"]) if "roles" in chosen else shown.roles,
            credentials=_keys(chosen["credentials"]) if "credentials" in chosen else shown.credentials,
        )

    @property
    def base(self) -> int:
        """Which save this went on from. A form that does not say went on from nothing there is."""
        base: int | None = self.cleaned_data.get("base_version")
        return -1 if base is None else base

    def clean_title(self) -> str:
        """A browser shows several spaces as one; feeds and the API would not."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self) -> str:
        return not_reserved(self.cleaned_data["slug"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._keep_seconds(cleaned)
        is_behind = self.base != self.instance.version  # what it lacks is nothing to what it is told then
        if self.instance.state == Article.State.PUBLISHED and "published_at" in cleaned and not is_behind:
            self._require_a_date(cleaned)
        starts = cleaned.get("published_at") or (timezone.now() if PUBLISHING & set(self.data) else None)
        ends = cleaned.get("expires_at")
        if starts and ends and ends <= starts:
            self.add_error("expires_at", "It would expire before it is published.")
        if "_publish" in self.data and (moment := cleaned.get("goes_live_at")) and moment <= timezone.now():
            self.add_error("goes_live_at", "That moment has passed. Leave it empty, or choose a later one.")
        self._join_change_and_note(cleaned)
        self._refuse_what_must_be_mended(cleaned)
        self._require_a_description(cleaned)
        return cleaned

    def _keep_seconds(self, cleaned: dict[str, Any]) -> None:
        """Who leaves a moment as the control shows it, to the minute, leaves it as it is."""
        for name, field in self.fields.items():
            kept = self.initial.get(name)
            if isinstance(field, LocalDateTimeField) and isinstance(kept, datetime) and cleaned.get(name):
                widget: Any = field.widget
                shown = widget.format_value(field.prepare_value(kept))
                cleaned[name] = kept if self.data.get(self.add_prefix(name)) == shown else cleaned[name]

    def _refuse_what_must_be_mended(self, cleaned: dict[str, Any]) -> None:
        """Whoever presses publish is told before anything is written, and asked for a reason."""
        if not PUBLISHING & set(self.data) or self.override_reason:
            return
        self.blocking = publishing.must_be_mended(cleaned, on=timezone.localdate())
        for finding in self.blocking:
            self.add_error(None, finding.message)

    @property
    def override_reason(self) -> str:
        return str(self.data.get("override_reason", "")).replace("\0", "").strip()[:300]

    def _join_change_and_note(self, cleaned: dict[str, Any]) -> None:
        """Readers who saw the article are told what changed, and only of changes that count for them."""
        if "change_note" not in cleaned or not self.instance.was_public_by(timezone.now()):
            return
        if cleaned.get("is_major") and not cleaned["change_note"]:
            self.add_error("change_note", "Say in a sentence what has changed: readers see it.")
        elif cleaned["change_note"] and not cleaned.get("is_major"):
            self.add_error("change_note", "Tick “A major change” to show this to readers, or empty it.")

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


def _keys(rows: Iterable[Any]) -> tuple[int, ...]:
    return tuple(row.pk for row in rows)


class HashtagForm(forms.ModelForm):
    slug = AddressField(
        max_length=MAX_SLUG_LENGTH,
        required=False,
        help_text="The address of its page. Empty: proposed from the name.",
    )

    class Meta:
        model = Hashtag
        exclude: list[str] = []
        help_texts = {
            "name": "A new name keeps the old one as another spelling, and the old address leads on."
        }

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
        named = hashtag_names.key_of(hashtag_names.tidy(self.instance.name))
        seen = {named}
        for form in self.forms:
            if form in self.deleted_forms or not form.cleaned_data.get("name"):
                continue
            if form.instance.pk and form.instance.key == named:
                continue  # the spelling becomes the name, and the name a spelling: ``tagging.rename``
            key = form.instance.key
            if key in seen:
                form.add_error("name", "This spelling is here already.")
            seen.add(key)

    def save_new(self, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- Django's own
        """The old name of a hashtag that was just renamed is a spelling of it already."""
        known = HashtagAlias.objects.filter(key=form.instance.key, hashtag=self.instance).first()
        return known or super().save_new(form, commit=commit)
