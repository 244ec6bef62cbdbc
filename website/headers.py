"""Security headers on every answer, errors and files included."""

import secrets
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, empty

NONCE = "<CSP_NONCE_SENTINEL>"  # as in Django 6: stands for 'nonce-…' where a page has asked for one

Policy = Mapping[str, Sequence[str]]


class Nonce(SimpleLazyObject):
    """Comes into being when a page first writes it, so that pages without stay free of chance."""

    def __init__(self) -> None:
        super().__init__(lambda: secrets.token_urlsafe(16))

    @property
    def is_used(self) -> bool:
        return self.__dict__.get("_wrapped") is not empty


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.csp_nonce = request._csp_nonce = nonce = Nonce()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code == 304:
            # A browser would put these in the place of what it has: a frame's own policy, a page's nonce.
            return response
        policy = policy_text(policy_for(request, response), nonce)
        if policy:
            response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def policy_for(request: HttpRequest, response: HttpResponse) -> Policy:
    # A view's own policy, under the name that Django 6 gives it; an empty one sends none.
    own: Policy | None = getattr(response, "_csp_config", None)
    if own is not None:
        return own
    match = request.resolver_match
    is_admin = match is not None and "admin" in match.app_names
    return settings.SECURE_CSP_ADMIN if is_admin else settings.SECURE_CSP


def policy_text(policy: Policy, nonce: Nonce) -> str:
    used = [f"'nonce-{nonce}'"] if nonce.is_used else []
    return "; ".join(
        " ".join(
            [
                directive,
                *(source for source in sources if source != NONCE),
                *(used if NONCE in sources else []),
            ]
        )
        for directive, sources in policy.items()
    )
