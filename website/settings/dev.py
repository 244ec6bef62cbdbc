"""The reloading development server."""

from .base import *

DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = True
SECRET_KEY = "for development only, never for a site that others can reach"  # noqa: S105
ALLOWED_HOSTS = ["*"]
