"""Two people saved one article: the second sees both texts against what they went on from, and chooses."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from blog import hashtag_names
from blog.comparing import LABELS, Difference, compare
from blog.merging import Meeting, meet
from blog.models import Article, Revision
from blog.naming import names_in
from blog.saving import Conflict, content_at
from blog.snapshots import MOMENTS, REFERENCES, TEXTS, Snapshot
from blog.standings import STANDINGS

LISTS = {"authors": "byline", "hashtags": "hashtags", "roles": "roles", "credentials": "credentials"}
OF_THE_FORM = {*TEXTS, *MOMENTS, *REFERENCES, *LISTS.values()}
BY_ANOTHER, BY_ONESELF = "Someone saved this article before you", "You saved this article in another tab"
NOT_CARRIED = {*OF_THE_FORM, "csrfmiddlewaretoken", "base_version", "met", "met_base"}


class ConflictPages(admin.ModelAdmin):
    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "POST" and "met" in request.POST and object_id:
            request.POST = self._chosen(request, object_id)  # type: ignore[assignment]
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except Conflict as conflict:
            return self.conflict_page(request, conflict)

    def conflict_page(self, request: HttpRequest, conflict: Conflict) -> HttpResponse:
        article = Article.objects.get(pk=conflict.article.pk)
        base, theirs = content_at(article, conflict.base), content_at(article, article.version)
        meetings = meet(base, theirs, conflict.mine)
        newest = Revision.objects.filter(article=article).select_related("made_by").first()
        is_own = newest is not None and newest.made_by_id == request.user.pk
        names = names_in(base, theirs, conflict.mine)
        context = {
            **self.admin_site.each_context(request),
            "title": BY_ONESELF if is_own else BY_ANOTHER,
            "opts": self.opts,
            "article": article,
            "standing": article.standing_at(timezone.now()),
            "standing_said": STANDINGS[article.standing_at(timezone.now())],
            "newest": newest,
            "is_own": is_own,
            "clashes": [_shown(meeting, names) for meeting in meetings if meeting.is_clash],
            "from_both": [LABELS[m.name] for m in meetings if not m.is_clash and m.theirs != m.base],
            "kept": [LABELS[m.name] for m in meetings if not m.is_clash and m.mine != m.base],
            "mine": json.dumps(conflict.mine),
            "base": conflict.base,
            "carried": _carried(request.POST),
        }
        return TemplateResponse(request, "admin/blog/article/conflict.html", context, status=409)

    def _chosen(self, request: HttpRequest, object_id: str) -> QueryDict:
        """The form as it would have been sent, had both been written in it."""
        article = self.get_object(request, object_id)
        mine, base = _sent_snapshot(request.POST), _number(request.POST.get("met_base"))
        version = _number(request.POST.get("base_version"))
        sent = QueryDict(mutable=True)
        for name, values in request.POST.lists():
            if name not in NOT_CARRIED and not name.startswith("take_"):
                sent.setlist(name, values)
        if article is not None:
            met = meet(content_at(article, base), content_at(article, version), mine)
            mine |= {
                meeting.name: _choice(meeting, request.POST.get(f"take_{meeting.name}")) for meeting in met
            }
        for name, value in mine.items():
            sent.setlist(LISTS.get(name, name), _posted(name, value))
        sent["base_version"] = str(version)
        return sent


def _choice(meeting: Meeting, chosen: str | None) -> Any:
    taken = {"mine": meeting.mine, "theirs": meeting.theirs, "both": meeting.both}.get(chosen or "")
    return meeting.settled if taken is None else taken


def _shown(meeting: Meeting, names: Any) -> dict[str, Any]:
    return {
        "name": meeting.name,
        "label": LABELS[meeting.name],
        "theirs": _side(meeting.name, meeting.base, meeting.theirs, names),
        "mine": _side(meeting.name, meeting.base, meeting.mine, names),
        "both": meeting.both is not None,
    }


def _side(name: str, base: Any, value: Any, names: Any) -> Difference:
    found = compare({name: base}, {name: value}, names)
    return found[0] if found else Difference(name, LABELS[name], ())


def _carried(sent: QueryDict) -> list[tuple[str, str]]:
    """Whatever else the form had, the pressed button among it."""
    return [(name, value) for name, values in sent.lists() if name not in NOT_CARRIED for value in values]


def _sent_snapshot(sent: QueryDict) -> Snapshot:
    try:
        mine: Any = json.loads(sent.get("met") or "")
    except ValueError as error:
        raise BadRequest("What was written did not come back whole.") from error
    if not isinstance(mine, dict) or set(mine) != set(LABELS):
        raise BadRequest("What was written did not come back whole.")
    return mine


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal() or len(text) > 9:
        raise BadRequest("That is no version of an article.")
    return int(text)


def _posted(name: str, value: Any) -> list[str]:
    """As the field of the form sends it."""
    if name == "hashtags":
        return [hashtag_names.written(map(str, value))]
    if isinstance(value, list):
        return [str(key) for key in value]
    if name == "is_featured":
        return ["on"] if value else []
    if name in MOMENTS and value:
        moment = parse_datetime(str(value))
        return [timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M") if moment else str(value)]
    return ["" if value is None else str(value)]
