"""What the staff see above a public page, asked for beside it: the page itself stays the same for everyone.

Who has logged in carries a cookie that says so and nothing more. It opens nothing: it only tells a script
that asking is worth while.
"""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog.models import Article
from blog.standings import STANDINGS

from .pagecache import serving
from .whereabouts import page_at

HINT: Final = "staff"
LONGEST: Final = 300


@never_cache
@require_safe
def bar(request: HttpRequest) -> JsonResponse:
    """Of the page that is open: what it is, where to edit it, how old its copy is."""
    path = request.GET.get("path", "").replace("\0", "")[:LONGEST]
    page = page_at(path)
    cache = serving.current
    return JsonResponse(
        {
            "page": str(page) if page else "",
            "standing": _standing(page) if page else "",
            "edit": _edit_address(request, page) if page else "",
            "desk": reverse("admin:index"),
            "age": cache.age_of(path) if cache else None,
        }
    )


def _standing(page: Any) -> str:
    if not isinstance(page, Article):
        return "Published"
    return str(STANDINGS[page.standing_at(timezone.now())])


def _edit_address(request: HttpRequest, page: Any) -> str:
    app, name = page._meta.app_label, page._meta.model_name
    may = any(request.user.has_perm(f"{app}.{verb}_{name}") for verb in ("change", "view"))
    return reverse(f"admin:{app}_{name}_change", args=[page.pk]) if may else ""


@never_cache
@require_safe
def cache_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    """How the page cache of this server process is doing."""
    figures = serving.current.figures() if serving.current else None
    return TemplateResponse(
        request, "admin/website/page_cache.html", {**context, "title": "Page cache", "figures": figures}
    )


# --- The hint ---------------------------------------------------------------------------------------------


def after_login(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.__dict__["_hint"] = "1" if user.is_staff else ""


def after_logout(request: HttpRequest, **kwargs: Any) -> None:
    request.__dict__["_hint"] = ""


class HintMiddleware:
    """Asks nobody who it is: only a login or a logout changes anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        hint = request.__dict__.get("_hint")
        if hint:
            response.set_cookie(
                HINT,
                hint,
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        elif hint is not None:
            response.delete_cookie(HINT, samesite="Lax")
        return response
