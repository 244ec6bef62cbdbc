"""The real site. What differs from place to place comes from the environment (docs/operations.md)."""

import os

from .base import *
from .environment import flag, number, required, words
from .stores import media_store

DEBUG = False
SECRET_KEY, _hosts = required("SECRET_KEY", "ALLOWED_HOSTS")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

# --- HTTPS: on, unless the environment says that this is a site on one's own machine ----------------------

HTTPS = flag("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_HSTS_SECONDS = number("HSTS_SECONDS", 63072000)
    # Other names under the same domain belong to others: only its owner can promise HTTPS for them.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = flag("HSTS_SUBDOMAINS", default=False)
    SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
    # Browsers take a cookie with this prefix only over HTTPS, from this very host, for all of it.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
# A header that anyone can send counts only when our own proxy sets it.
if PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Database ----------------------------------------------------------------------------------------------

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    for name, config in DATABASES.items():
        # The server has far more threads than PostgreSQL likes connections: they share these,
        # in each process.
        config["CONN_MAX_AGE"] = 0
        config["OPTIONS"]["pool"] = {
            "min_size": 1,
            "max_size": number("DATABASE_CONNECTIONS", 10),
            "timeout": 5 if name == "default" else 1,  # where the replica is away, the primary answers
        }

PAGE_CACHE = flag("PAGE_CACHE", default=True)

# --- Files ------------------------------------------------------------------------------------------------

STORAGES = {
    "default": media_store(),
    "staticfiles": {"BACKEND": "website.assets.Storage"},
}

# --- Logs: one line an event, on standard error ------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "website.logs.PlainLines"}, "json": {"()": "website.logs.JsonLines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if os.environ.get("LOG_FORMAT") == "plain" else "json",
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers mail administrators or print for DEBUG only.
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Anyone can ask for a wrong host or a missing page; neither is news.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
