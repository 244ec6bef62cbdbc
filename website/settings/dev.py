"""The reloading development server."""

from .base import *

DEBUG = True
SECRET_KEY = "for development only, never for a site that others can reach"  # noqa: S105
ALLOWED_HOSTS = ["*"]
