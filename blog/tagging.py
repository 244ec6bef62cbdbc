"""What editors do with hashtags; how one name is read is the matter of ``hashtag_names``."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list

from . import hashtag_names
from .models import Hashtag, HashtagAlias
from .slugs import is_numbered_form_of

MAX_PER_ARTICLE = 30
MAX_TEXT = 3_000


def from_text(text: str) -> list[str]:
    """The names in what was typed or pasted, or every fault in it at once. taggit's forms ask this too."""
    if len(text) > MAX_TEXT:
        raise ValidationError(f"That is too much text for hashtags: at most {MAX_TEXT} characters.")
    return checked(hashtag_names.parse(text))


def checked(names: list[str]) -> list[str]:
    faults = [fault for name in names if (fault := hashtag_names.fault(name))] or _several(names)
    if len(names) > MAX_PER_ARTICLE:
        faults.append(f"{len(names)} hashtags are too many: at most {MAX_PER_ARTICLE}.")
    if faults:
        raise ValidationError(faults)
    return names


def _several(names: list[str]) -> list[str]:
    """Those that there are already may be used all the same: an article that has one can still be saved."""
    faults = {name: fault for name in names if (fault := hashtag_names.several(name))}
    keys = {name: hashtag_names.key_of(name) for name in faults}
    known = Hashtag.objects.all().known(keys.values()) if faults else {}
    return [fault for name, fault in faults.items() if keys[name] not in known]


def as_text(hashtags: Iterable[Hashtag]) -> str:
    """One line that reads back as the same hashtags."""
    return hashtag_names.written(hashtag.name for hashtag in hashtags)


def folding(names: list[str]) -> str:
    """What to tell of names that mean the same: "3 typed became 2: ML and ml are …". Or nothing."""
    names = names[:MAX_PER_ARTICLE]
    known = Hashtag.objects.all().known(hashtag_names.key_of(name) for name in names)
    meant: dict[str, list[str]] = {}
    for name in names:
        key = hashtag_names.key_of(name)
        meant.setdefault(known[key].name if key in known else name, []).append(name)
    folded = [_are(group, name) for name, group in meant.items() if len(group) > 1]
    return f"{len(names)} typed became {len(meant)}: {'; '.join(folded)}." if folded else ""


def _are(names: list[str], meant: str) -> str:
    others = [name for name in names if name != meant]
    return f"{get_text_list(others, 'and')} {'is' if len(others) == 1 else 'are'} {meant}"


@transaction.atomic
def rename(hashtag: Hashtag, *, before: Hashtag, keeps_address: bool = False) -> None:
    """``hashtag`` has its new name in memory. The old one still means it; the address follows the name."""
    hashtag.aliases.filter(key=hashtag_names.key_of(hashtag.name)).delete()
    if not keeps_address and not is_numbered_form_of(hashtag.slug, hashtag_names.slug_for(hashtag.name)):
        hashtag.slug = ""  # a free one is found as it is saved
    hashtag.save()
    HashtagAlias.objects.get_or_create(key=before.key, defaults={"name": before.name, "hashtag": hashtag})
