"""Uploaded pictures. They come and go while the server runs, so whitenoise cannot serve them."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.utils._os import safe_join
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
    try:
        file = stored_file(path)
    except Http404:
        if elsewhere := address_today(path):
            return HttpResponseRedirect(elsewhere)
        raise
    response = FileResponse(file.open("rb"), content_type=TYPES[file.suffix])
    # A picture's name is random and its bytes never change. Feed readers show it on pages of their own.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
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


def stored_file(path: str) -> Path:
    """The file at ``path`` below MEDIA_ROOT, and nowhere else."""
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        if file.suffix in TYPES and file.is_file() and not file.is_symlink():
            return file
    except (SuspiciousFileOperation, ValueError, OSError):
        pass  # a way out of the folder, a NUL, a name too long: none of them is a picture of ours
    raise Http404("No such picture.")
