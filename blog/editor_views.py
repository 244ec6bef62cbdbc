"""Answers to the body editor: a live block as readers see it, what can be chosen, pictures in and out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from . import rendering
from .models import Picture
from .picture_files import address, nearest
from .pictures import make_picture

View = Callable[[HttpRequest], HttpResponse]
PICTURES_PER_PAGE = 24
WRITING = ("blog.add_article", "blog.change_article")


def for_those_who(*permissions: str) -> Callable[[View], View]:
    """Any one of the permissions will do."""

    def decorate(view: View) -> View:
        @wraps(view)
        def decorated(request: HttpRequest) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request)

        return decorated

    return decorate


@require_safe
@for_those_who(*WRITING)
@xframe_options_sameorigin
def block(request: HttpRequest) -> HttpResponse:
    """A page of its own, shown in a frame in which no script can run."""
    asked = {name: request.GET.get(name, "")[:500] for name in ("kind", "ref", "by", "heading")}
    html, problem = rendering.show_block(**asked, on=timezone.localdate())
    context = {"html": html, "problem": problem}
    response = TemplateResponse(request, "blog/editor/block.html", context)
    response._csp_config = {  # type: ignore[attr-defined]
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    return response


@require_safe
@for_those_who(*WRITING)
def block_choices(request: HttpRequest) -> JsonResponse:
    return JsonResponse(rendering.block_choices())


@require_safe
@for_those_who(*WRITING)
def inline(request: HttpRequest) -> JsonResponse:
    """What a reader would read in a sentence, in plain words."""
    asked = {name: request.GET.get(name, "")[:500] for name in ("kind", "ref", "field")}
    text, problem = rendering.show_inline(**asked, on=timezone.localdate())
    return JsonResponse({"text": text, "problem": problem})


@require_safe
@for_those_who(*WRITING)
def pictures(request: HttpRequest) -> JsonResponse:
    found = _found(request.GET.get("q", "").replace("\0", "")[:100].strip())
    try:
        page = Paginator(found, PICTURES_PER_PAGE).page(request.GET.get("page", "1"))
    except InvalidPage as error:
        raise Http404("No such page of pictures.") from error
    return JsonResponse({"pictures": [_described(picture) for picture in page], "more": page.has_next()})


@require_POST
@for_those_who("blog.add_picture")
def upload(request: HttpRequest) -> JsonResponse:
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": "No file arrived. Please choose a picture."}, status=400)
    try:
        picture = make_picture(file=file, title=file.name or "", alt="", by=request.user)
    except ValidationError as refusal:
        return JsonResponse({"error": " ".join(refusal.messages)}, status=400)
    return JsonResponse(_described(picture), status=201)


def _found(words: str) -> Any:
    everything = Picture.objects.order_by("-uploaded_at", "-pk")
    if not words:
        return everything
    return everything.filter(Q(title__icontains=words) | Q(alt__icontains=words))


def _described(picture: Picture) -> dict[str, Any]:
    return {
        "token": picture.token,
        "title": picture.title,
        "alt": picture.alt,
        "decorative": picture.is_decorative,
        "src": address(picture.token, nearest(800, picture.width)),
        "thumbnail": picture.thumbnail,
        "width": picture.width,
        "height": picture.height,
        "page": reverse("admin:blog_picture_change", args=[picture.pk]),
    }
