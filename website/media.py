"""Uploaded pictures. They come and go while the server runs, so whitenoise cannot serve them."""

from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.views.decorators.http import require_safe

from blog.models import Picture
from blog.picture_files import address, nearest, parts_of

# Whatever else lies in the folder is not for visitors.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse | HttpResponseRedirect:
    if settings.MEDIA_HOST:
        return handed_out_elsewhere(path)
    try:
        file = stored_file(path)
    except Http404:
        if elsewhere := address_today(path):
            return HttpResponseRedirect(elsewhere)
        raise
    response = FileResponse(file, content_type=TYPES[PurePosixPath(path).suffix])
    # A picture's name is random and its bytes never change. Feed readers show it on pages of their own.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def handed_out_elsewhere(path: str) -> HttpResponseRedirect:
    """Texts keep naming a picture by an address of ours, so the host can change without them."""
    if parts_of(path) is None:
        raise Http404("No such picture.")
    if former := address_today(path):
        return HttpResponseRedirect(former)
    response = HttpResponseRedirect(f"https://{settings.MEDIA_HOST}/{path}")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def address_today(path: str) -> str | None:
    """Where a picture lies now whose file was replaced: older texts ask by its former name."""
    parts = parts_of(path)
    if parts is None:
        return None
    token, width, extension = parts
    picture = Picture.objects.named([token]).get(token)
    if picture is None or picture.token == token:
        return None
    return address(picture.token, nearest(width, picture.width), extension)


def stored_file(path: str) -> "File[bytes]":
    """What the store holds at ``path``: within its folder, or under a name of ours in its bucket."""
    try:
        if PurePosixPath(path).suffix in TYPES and _may_be_opened(path):
            return default_storage.open(path)
    except (SuspiciousOperation, ValueError, OSError):
        pass  # a way out of the folder, a NUL, a name too long: none of them is a picture of ours
    raise Http404("No such picture.")


def _may_be_opened(path: str) -> bool:
    try:
        return not Path(default_storage.path(path)).is_symlink()
    except NotImplementedError:  # a bucket: it may hold what is not ours to show
        return parts_of(path) is not None
