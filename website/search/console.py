"""The search console in the admin: what readers search for, why they find what they find, and teaching it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from blog.models import Category, Hashtag
from careers.models import Role, Skill, Technology
from website.models import SearchLesson
from website.redirects import address_of
from website.whereabouts import open_path, page_at

from . import asked, teaching, trends
from .kinds import BY_NAME, KINDS
from .matching import Explanation, explain
from .teaching import NAMED, By
from .words import MAX_CHARACTERS, Query, clean, parse

RECENT = 20
LISTS = {
    "top": ("Most searched", "Nobody searched for anything in this time."),
    "rising": ("Rising", "Nothing is searched for much more than in the time before."),
    "in-vain": ("Nothing found", "Every search found something, or was seen to."),
}
FACTS = (Role, Skill, Technology)
PERMISSION = "website.teach_searchlesson"
# What else a verb needs, where the rows it writes have permissions of their own.
NEEDED = {
    "hashtag": "blog.add_hashtagalias",
    "role": "careers.change_role",
    "skill": "careers.change_skill",
    "technology": "careers.change_technology",
    "brief": "blog.add_article",
}


def may_teach(person: Any) -> bool:
    return bool(person.has_perm(PERMISSION))


def _refuse_unless(allowed: bool) -> None:  # noqa: FBT001 -- reads as a sentence
    if not allowed:
        raise PermissionDenied("That is for somebody else to do.")


# --- What readers search for ---------------------------------------------------


def searches_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The number of queries does not depend on how much was searched for."""
    _refuse_unless(may_teach(request.user))
    now = timezone.now()
    asked.write_down(now=now)  # what this process has counted and not yet told
    show, days = _one_of(request, "show", list(LISTS)), int(_one_of(request, "days", _periods(), "30"))
    found = trends.LISTS[show](days, on=timezone.localdate(now))
    taught = _taught({parse(one.text).key for one in found})
    shown = {
        "title": "Searches",
        "rows": [(one, taught.get(parse(one.text).key, ())) for one in found],
        "show": show,
        "days": days,
        "lists": [(name, label) for name, (label, _) in LISTS.items()],
        "periods": trends.PERIODS,
        "nothing": LISTS[show][1],
        "most": trends.SHOWN,
        "lately": _lately(),
    }
    return TemplateResponse(request, "admin/website/searches.html", context | shown)


def _periods() -> list[str]:
    return [str(days) for days in trends.PERIODS]


def _one_of(request: HttpRequest, name: str, values: list[str], usual: str = "") -> str:
    given = request.GET.get(name, "")
    return given if given in values else usual or values[0]


def _taught(keys: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lesson in SearchLesson.objects.filter(key__in=keys - {""}):
        found.setdefault(lesson.key, []).append(f"{lesson.get_kind_display()}: {lesson.target_path}")
    return found


def _lately() -> Any:
    """The last lessons, and who gave or took them, as the log has it."""
    own = ContentType.objects.get_for_model(SearchLesson)
    return LogEntry.objects.filter(content_type=own).select_related("user").order_by("-pk")[:RECENT]


# --- One query -----------------------------------------------------------------


def query_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    _refuse_unless(may_teach(request.user))
    typed = " ".join(clean(request.GET.get("q", "")[:MAX_CHARACTERS]).split())
    if not asked.folded(typed):
        raise Http404("There is no word in that.")
    refused = ""
    if request.method == "POST":
        refused = _done(request, typed)
        if not refused:
            return HttpResponseRedirect(request.get_full_path())
    shown = _about(typed, request.user) | {"refused": refused, "sent": request.POST}
    return TemplateResponse(request, "admin/website/search_query.html", context | shown)


def _about(typed: str, person: Any) -> dict[str, Any]:
    now = timezone.now()
    query, hits = explain(typed, now=now)
    lessons = list(teaching.lessons_for(typed))
    lead = next((one for one in lessons if one.kind == SearchLesson.Kind.LEAD), None)
    return {
        "title": f"Search for “{typed[: asked.LONGEST]}”",
        "typed": typed,
        "counts": trends.counted(asked.folded(typed), 90, on=timezone.localdate(now)),
        "reading": list(_reading(query)),
        "rows": [(number, hit, _reasons(hit), _kind_label(hit)) for number, hit in enumerate(hits, 1)],
        "promoted": [(one, _where(one)) for one in lessons if one != lead],
        "lead": lead,
        "lead_to": _where(lead) if lead else "",
        "named": [(name, BY_NAME[name].label) for name in NAMED if person.has_perm(NEEDED[name])],
        "categories": Category.objects.order_by("name"),
        "may_brief": person.has_perm(NEEDED["brief"]),
    }


def _where(lesson: SearchLesson) -> str:
    """The address now; nothing while readers cannot see it."""
    if not lesson.target_model:
        return lesson.target_path
    return address_of(lesson.target_model, lesson.target_ref) or ""


def _kind_label(hit: Explanation) -> str:
    return BY_NAME[hit.kind].label


def _reading(query: Query) -> Any:
    """Each word, and what else answers in its place."""
    for term in query.terms:
        options = [" ".join(phrase) for phrase in term.phrases]
        options += [f"{term.prefix}…"] if term.prefix else []
        yield options[0], options[1:], term.is_excluded


def _reasons(hit: Explanation) -> str:
    weight = BY_NAME[hit.kind].weight
    if hit.named >= 200:
        return f"Called exactly that: 200 + {weight} for its kind"
    if 50 <= hit.named < 100:
        return f"Its name was typed, among words that tell nothing: {hit.named}"
    if hit.named >= 100:
        return f"Another name of it: 100 + {weight} for its kind"
    return "Its title has the words: 1" if hit.named else "0"


# --- Teaching ------------------------------------------------------------------


def _done(request: HttpRequest, typed: str) -> str:
    """Why it could not be done; nothing if it was."""
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        return "That is nothing that can be done here."
    try:
        with transaction.atomic():
            said = verb(request, typed, By(request.user, timezone.now()))
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    messages.success(request, said)
    return ""


def _promote(request: HttpRequest, typed: str, by: By) -> str:
    path = open_path(clean(request.POST.get("page", "")), request)
    lesson = teaching.promote(typed, path, by=by)
    _log(by, lesson, ADDITION, str(lesson))
    return f"{path} stands first from now on."


def _lead(request: HttpRequest, typed: str, by: By) -> str:
    path = open_path(clean(request.POST.get("page", "")), request)
    lesson = teaching.lead(typed, path, by=by)
    _log(by, lesson, ADDITION, str(lesson))
    return f"Readers who search for this are led to {path} from now on."


def _take_back(request: HttpRequest, typed: str, by: By) -> str:
    key = request.POST.get("lesson", "")
    known = teaching.lessons_for(typed)
    lesson = known.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 16 else None
    if lesson is None:
        raise ValidationError("That was taken back already.")
    _log(by, lesson, DELETION, str(lesson))
    lesson.delete()
    return f"Taken back: {lesson}."


def _name(request: HttpRequest, typed: str, by: By) -> str:
    page = _meant(clean(request.POST.get("page", "")).strip()[:300], request)
    kind = KINDS[page._meta.label].name if page is not None else ""
    if page is None or kind not in NAMED:
        raise ValidationError("Only hashtags, roles, skills and technologies have other names.")
    _refuse_unless(request.user.has_perm(NEEDED[kind]))
    teaching.add_name(typed, page, by=by)
    _log(by, page, CHANGE, f"Also called “{typed}”: readers search for it so.")
    return f"“{typed}” is another name of {page} from now on."


def _meant(text: str, request: HttpRequest) -> Any | None:
    """The page at an address, or what is called so: a hashtag with its #, a fact without."""
    if text.startswith("#"):
        return Hashtag.objects.spelt(text).first()
    if "/" in text or not text:
        return page_at(open_path(text, request))
    facts: list[Any] = [model.objects.public().filter(name__iexact=text).first() for model in FACTS]
    return next(filter(None, facts), None)


def _brief(request: HttpRequest, typed: str, by: By) -> str:
    _refuse_unless(request.user.has_perm(NEEDED["brief"]))
    key = request.POST.get("category", "")
    is_key = key.isascii() and key.isdecimal() and len(key) < 16
    category: Any = Category.objects.filter(pk=key).first() if is_key else None
    if category is None:
        raise ValidationError("Choose a category for the article.")
    article = teaching.open_brief(typed, category, _wish(typed, by), by=by)
    _log(by, article, ADDITION, f"A brief: readers search for “{typed}”.")
    return f"There is a draft “{article}” now. Its note says what readers searched for."


def _wish(typed: str, by: By) -> str:
    counts = trends.counted(asked.folded(typed), 90, on=timezone.localdate(by.now))
    return (
        f"Readers search for “{asked.folded(typed)}”: {counts.times} times in 90 days,"
        f" {counts.in_vain} of them in vain. Looked at in {reverse('admin:search-query', query={'q': typed})}"
    )


VERBS: dict[str, Callable[[HttpRequest, str, By], str]] = {
    "promote": _promote,
    "lead": _lead,
    "take-back": _take_back,
    "name": _name,
    "brief": _brief,
}


def _log(by: By, row: Model, flag: int, said: str) -> None:
    LogEntry.objects.log_actions(by.person.pk, [row], flag, said, single_object=True)
