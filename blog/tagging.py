"""What editors do with hashtags; how one name is read is the matter of ``hashtag_names``."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from . import hashtag_names
from .models import Hashtag

MAX_PER_ARTICLE = 30
MAX_TEXT = 3_000


def from_text(text: str) -> list[str]:
    """The names in what was typed or pasted, or every fault in it at once. taggit's forms ask this too."""
    if len(text) > MAX_TEXT:
        raise ValidationError(f"That is too much text for hashtags: at most {MAX_TEXT} characters.")
    return checked(hashtag_names.parse(text))


def checked(names: list[str]) -> list[str]:
    faults = [fault for name in names if (fault := hashtag_names.fault(name))]
    if len(names) > MAX_PER_ARTICLE:
        faults.append(f"{len(names)} hashtags are too many: at most {MAX_PER_ARTICLE}.")
    if faults:
        raise ValidationError(faults)
    return names


def as_text(hashtags: Iterable[Hashtag]) -> str:
    """One line that reads back as the same hashtags."""
    return hashtag_names.written(hashtag.name for hashtag in hashtags)
