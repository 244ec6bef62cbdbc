"""What every environment shares. prod.py reads the rest from the environment."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url

from .environment import flag, mail_address, number, refuse, time_zone
from .stores import counted_in_files, counts, in_files, in_memory, media_host

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()

INSTALLED_APPS = [
    "website.apps.WebsiteConfig",
    "blog.apps.BlogConfig",
    "careers.apps.CareersConfig",
    "website.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "website.assets.StaticFilesConfig",
    "axes",
    "django_prose_editor",
    "taggit",
]

MIDDLEWARE = [
    "website.headers.SecurityHeadersMiddleware",
    "website.cookies.NonsenseMiddleware",
    "website.limits.BodyLimitMiddleware",
    "website.limits.SendersMiddleware",
    "website.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "website.api.compression.CompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "website.caching.CachingMiddleware",
    "website.moments.CatchUpMiddleware",
    "website.replica.ReplicaMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "website.bar.HintMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "website.lost.LostMiddleware",
    "website.twins.TwinMiddleware",
]

ROOT_URLCONF = "website.urls"
WSGI_APPLICATION = "website.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["website.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "website.context.site",
            ],
            "builtins": [
                "website.templatetags.fixed_addresses",
                "website.templatetags.frequent_dates",
                "website.templatetags.own_context",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    # A transaction that will write takes the write lock at its start, so that it waits instead of failing.
    "transaction_mode": "IMMEDIATE",
    # FULL, not NORMAL: an acknowledged article must survive a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;",
}
# A page that takes longer than this has failed already; website/management/commands/migrate.py lifts it.
STATEMENT_TIMEOUT = number("STATEMENT_TIMEOUT", 5)
# Without them each query is planned each time, which costs PostgreSQL more than to answer it. To be turned
# off where a pooler stands between that gives each transaction to another session.
PREPARED_STATEMENTS = flag("PREPARED_STATEMENTS", default=True)
POSTGRES_OPTIONS: dict[str, Any] = {
    "connect_timeout": 2,
    # A server that vanished without a word is given up after five seconds: Linux would wait for a quarter of
    # an hour, or for two hours where nothing was left to be sent. Means nothing over a Unix socket.
    "keepalives": 1,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
    "server_side_binding": PREPARED_STATEMENTS,
    "prepare_threshold": 5 if PREPARED_STATEMENTS else None,  # how often a query is asked before
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT}s -c lock_timeout=2s"
    " -c idle_in_transaction_session_timeout=10s",
}


def database(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """One DATABASES entry for ``url`` (``sqlite:///…`` or ``postgres://…``)."""
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    except ValueError:  # says nothing of the address itself: it may hold a password
        refuse(f"{variable} makes no sense; it can be postgres://user:password@host:5432/name.")
    if not config.get("ENGINE", "").endswith(("sqlite3", "postgresql")):
        refuse(f"{variable} names an unknown database; it can be SQLite or PostgreSQL.")
    if not config.get("NAME"):
        refuse(f"{variable} names no database; it can be postgres://user:password@host:5432/name.")
    is_sqlite = config["ENGINE"].endswith("sqlite3")
    config["CONN_HEALTH_CHECKS"] = not is_sqlite
    config["DISABLE_SERVER_SIDE_CURSORS"] = not PREPARED_STATEMENTS
    config["OPTIONS"] = {**(SQLITE_OPTIONS if is_sqlite else POSTGRES_OPTIONS), **config.get("OPTIONS", {})}
    return config


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if REPLICA_URL := os.environ.get("REPLICA_URL", ""):
    # The tests' own database has no replica; what they make is read where it was written.
    DATABASES["replica"] = {**database(REPLICA_URL, "REPLICA_URL"), "TEST": {"MIRROR": "default"}}
    if not all(config["ENGINE"].endswith("postgresql") for config in DATABASES.values()):
        refuse("REPLICA_URL is for a replica of PostgreSQL; DATABASE_URL has to lead to one, too.")
    DATABASE_ROUTERS = ["website.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Pages kept in memory (website/pagecache) -------------------------------

PAGE_CACHE = flag("PAGE_CACHE", default=False)
PAGE_MAKERS = number("PAGE_MAKERS", 0)  # 0: as many as suit the database (website/makers.py)
PAGE_CACHE_MEGABYTES = number("PAGE_CACHE_MEGABYTES", 64)  # in each server process
# The last good copy of each page, for readers while the database is away.
PAGE_COPIES = DATA_DIR / "pages"
PAGE_COPIES_MEGABYTES = number("PAGE_COPIES_MEGABYTES", 200)
# How long a CDN may show a page unasked, and while it asks; browsers always ask.
CDN_SECONDS = number("CDN_SECONDS", 10)
CDN_STALE_SECONDS = number("CDN_STALE_SECONDS", 30)

# --- Files ----------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "website.bundles.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
BUNDLES_ROOT = DATA_DIR / "bundles"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Texts and pages name pictures by MEDIA_URL, wherever they lie; this host hands them out, if there is one.
MEDIA_HOST = media_host()
FILE_UPLOAD_PERMISSIONS = 0o644
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Language and time ----------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False  # one language: Django need not ask for each address and date which one it is
TIME_ZONE = time_zone("TIME_ZONE", "UTC")
USE_TZ = True

# --- The site -------------------------------------------------------------

SITE_NAME = "Waymark"
SITE_TAGLINE = "Career guides whose facts stay true"
CONTACT_EMAIL = mail_address(
    "CONTACT_EMAIL"
)  # whom readers tell of a mistake; without one they are not asked to

# Every model with public pages. Search, sitemap, redirects and the leak test take their pages from here
# (see website/public.py for what a model promises).
PUBLIC_MODELS = [
    "blog.Article",
    "blog.Category",
    "blog.Author",
    "blog.Hashtag",
    "blog.Series",
    "careers.Role",
    "careers.Skill",
    "careers.Technology",
    "careers.Provider",
    "careers.Credential",
    "careers.Pathway",
]

# --- Keeping articles fresh --------------------------------------------------

# Days until an article is looked at again, by what it is about: exams change sooner than roles.
REVIEW_DAYS = {"certification": 90, "role": 180, "other": 365}
# What tells the blog which pages of this site its links lead to.
PAGE_FINDER = "website.addresses.look_up"
# Whether `check_links --external` may ask other sites at all: the server then makes requests of its own.
CHECK_EXTERNAL_LINKS = flag("CHECK_EXTERNAL_LINKS", default=False)

# --- Hashtags --------------------------------------------------------------

TAGGIT_TAGS_FROM_STRING = "blog.tagging.from_text"
TAGGIT_STRING_FROM_TAGS = "blog.tagging.as_text"

# --- People ---------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Five wrong passwords for one name from one address: that pair waits, nobody else does, so that nobody can
# lock an editor out from afar. The counts live in files, not in the database: a guesser must not be able to
# make it write (and start the page cache anew) with every guess, and all server processes see the same count.
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_CACHE = "logins"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "website.logins.locked_out"
AXES_CLIENT_IP_CALLABLE = "website.logins.client_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Several machines count in one Redis; one machine needs none.
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "logins": counts("logins", REDIS_URL, counted_in_files(DATA_DIR / "logins", most=5000)),
    "api": counts("api", REDIS_URL, in_memory("api", most=10_000)),
    # About 45 kB each. What is drawn never changes, so nothing here grows old; when full, a third makes room.
    "posters": in_files(DATA_DIR / "posters", most=2000, TIMEOUT=None),
}
# What one visitor may ask of the API in a minute; 0 sets no limit.
API_REQUESTS_PER_MINUTE = number("API_REQUESTS_PER_MINUTE", 300)
# axes warns that files cannot be counted up atomically: a guesser gains one try for each server thread.
SILENCED_SYSTEM_CHECKS = ["axes.W001"]
# How many proxies of our own stand in front; each adds one address to X-Forwarded-For.
PROXY_HOPS = number("PROXY_HOPS", 0)

LOGIN_URL = "admin:login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

# --- Headers --------------------------------------------------------------

# Django 6's name for the same setting, so that its own middleware can take over. No inline script or style,
# no nonce: public pages stay byte for byte the same for everyone.
PICTURES_FROM = ["'self'", *([f"https://{MEDIA_HOST}"] if MEDIA_HOST else [])]
SECURE_CSP: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": [*PICTURES_FROM, "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "manifest-src": ["'self'"],
}
# The body editor brings an inline import map, which carries the nonce; blob: shows a picture before it is
# uploaded; frames show previews.
SECURE_CSP_ADMIN: dict[str, list[str]] = {
    **SECURE_CSP,
    "script-src": ["'self'", "<CSP_NONCE_SENTINEL>"],
    "img-src": [*PICTURES_FROM, "data:", "blob:"],
    "frame-src": ["'self'"],
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
