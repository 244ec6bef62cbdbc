"""Settings are read once per process, so each case is a process of its own."""

import json
import os
import re
import subprocess
import sys

import pytest

from website.settings.base import BASE_DIR

GOOD = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "waymark.example, www.waymark.example"}
SHOWN = [
    *("DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE"),
    *("CSRF_COOKIE_NAME", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SECRET_KEY_FALLBACKS"),
    *("CSRF_TRUSTED_ORIGINS", "DATABASES", "DATABASE_ROUTERS"),
    *("STORAGES", "CACHES", "SECURE_CSP", "SECURE_CSP_ADMIN"),
]
SHOW = (
    "import json, django.conf as c; "
    f"print(json.dumps({{n: getattr(c.settings, n) for n in {SHOWN!r}}}, default=str))"
)


def python(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if name not in {*GOOD, "DATABASE_URL", "HTTPS"}
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={**clean, "DJANGO_SETTINGS_MODULE": "website.settings.prod", **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settings_with(**env: str) -> dict:
    run = python("-c", SHOW, **GOOD, **env)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    "command", [["manage.py", "check"], ["-c", "import website.wsgi"]], ids=["manage", "wsgi"]
)
def test_the_site_refuses_to_start_without_key_and_hosts_in_one_line(command):
    run = python(*command)

    assert run.returncode == 1
    assert run.stderr == (
        "Waymark cannot start: set SECRET_KEY and ALLOWED_HOSTS in the environment "
        "(docs/operations.md says how).\n"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS", "maybe"),
        ("PROXY_HOPS", "one"),
        ("HSTS_SECONDS", "-5"),
        ("TIME_ZONE", "Mars"),
        ("TIME_ZONE", "../etc/passwd"),
        ("DATABASE_URL", "mongodb://secret:password@host/name"),
        ("DATABASE_URL", "postgres://u:password@host:port/name"),
        ("DATABASE_URL", "mysql://u:password@host/name"),
        ("DATABASE_URL", "postgres://u:password@host/"),
        ("REPLICA_URL", "postgres://u:password@host:port/name"),
        ("REPLICA_URL", "postgres://u:password@host/name"),  # of an SQLite
    ],
)
def test_a_value_that_makes_no_sense_is_one_line_that_tells_no_secret(name, value):
    run = python("manage.py", "check", **GOOD, **{name: value})

    assert run.returncode == 1
    assert run.stderr.startswith("Waymark cannot start: ")
    assert run.stderr.count("\n") == 1
    assert name in run.stderr
    assert "password@host/" not in run.stderr


def test_https_is_on_unless_told_otherwise():
    shown = settings_with()

    assert shown["DEBUG"] is False
    assert shown["SECURE_SSL_REDIRECT"] is True
    assert shown["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert shown["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert shown["SESSION_COOKIE_SECURE"] is True
    assert shown["SECURE_HSTS_SECONDS"] > 31_536_000


def test_a_site_on_ones_own_machine_speaks_plain_http():
    shown = settings_with(HTTPS="0")

    assert shown["SECURE_SSL_REDIRECT"] is False
    assert shown["SESSION_COOKIE_NAME"] == "sessionid"
    assert shown["SECURE_HSTS_SECONDS"] == 0


def test_a_header_anyone_can_send_counts_only_behind_a_proxy_of_ours():
    assert settings_with()["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_with(PROXY_HOPS="1")["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_lists_are_separated_by_commas():
    shown = settings_with(SECRET_KEY_FALLBACKS="old, older", CSRF_TRUSTED_ORIGINS="https://a.example,")

    assert shown["ALLOWED_HOSTS"] == ["waymark.example", "www.waymark.example"]
    assert shown["SECRET_KEY_FALLBACKS"] == ["old", "older"]
    assert shown["CSRF_TRUSTED_ORIGINS"] == ["https://a.example"]


def test_postgresql_is_asked_for_by_its_address_and_its_connections_are_shared():
    database = settings_with(DATABASE_URL="postgres://u:p@db.example:5433/site")["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "site")
    assert database["OPTIONS"]["pool"]["max_size"] == 10
    assert "statement_timeout=5s" in database["OPTIONS"]["options"]
    assert database["CONN_MAX_AGE"] == 0


SILENT = {"keepalives": "1", "keepalives_idle": "3", "keepalives_interval": "1", "keepalives_count": "2"}
LINE = (
    "import django; django.setup(); from django.db import connections as c; "
    "from psycopg import conninfo; from website.pagecache.tokens import tokens_of; "
    "lines = [conninfo.conninfo_to_dict(tokens_of(c[name]).line.decode()) for name in c]; "
    "print(*(f'{k}={v}' for line in lines for k, v in line.items()))"
)


def test_a_database_that_fell_silent_is_given_up_after_five_seconds():
    """Also by the connection that asks for the token: every reader waits for it."""
    both = dict.fromkeys(("DATABASE_URL", "REPLICA_URL"), "postgres://u:p@db.example/site")
    shown = settings_with(**both)["DATABASES"]
    asked = python("-c", LINE, **GOOD, **both).stdout.split()

    for options in (shown["default"]["OPTIONS"], shown["replica"]["OPTIONS"]):
        assert {name: str(options[name]) for name in SILENT} == SILENT
        assert options["tcp_user_timeout"] == 5000
    for name, value in {**SILENT, "tcp_user_timeout": "5000"}.items():
        assert asked.count(f"{name}={value}") == 2
    idle, interval, count = (int(SILENT[f"keepalives_{name}"]) for name in ("idle", "interval", "count"))
    assert idle + interval * count == 5


def test_the_handbook_gives_each_limit_to_the_user_where_a_pooler_drops_it():
    options = settings_with(DATABASE_URL="postgres://u:p@db.example/site")["DATABASES"]["default"]["OPTIONS"]
    handbook = (BASE_DIR / "docs" / "operations.md").read_text()

    limits = re.findall(r"-c (\w+)=(\w+)", options["options"])
    assert len(limits) == 3
    for name, value in limits:
        assert f"ALTER ROLE waymark SET {name} = '{value}';" in handbook


@pytest.mark.parametrize(
    ("env", "binding", "after"), [({}, True, 5), ({"PREPARED_STATEMENTS": "0"}, False, None)]
)
def test_postgresql_keeps_its_plans_unless_a_pooler_cannot_bear_that(env, binding, after):
    shown = settings_with(DATABASE_URL="postgres://u:p@db.example/site", **env)
    database = shown["DATABASES"]["default"]
    options = database["OPTIONS"]

    assert (options["server_side_binding"], options["prepare_threshold"]) == (binding, after)
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is not binding


def test_a_replica_has_connections_of_its_own_and_is_not_waited_for():
    both = {
        "DATABASE_URL": "postgres://u:p@db.example/site",
        "REPLICA_URL": "postgres://u:p@copy.example/site",
    }
    shown = settings_with(**both)

    assert shown["DATABASES"]["replica"]["HOST"] == "copy.example"
    assert shown["DATABASES"]["replica"]["OPTIONS"]["pool"]["timeout"] == 1
    assert shown["DATABASES"]["default"]["HOST"] == "db.example"
    assert shown["DATABASES"]["default"]["OPTIONS"]["pool"]["timeout"] == 5
    assert shown["DATABASE_ROUTERS"] == ["website.replica.Router"]
    assert settings_with()["DATABASE_ROUTERS"] == []


def test_pictures_in_a_bucket_are_let_into_pages_from_the_host_that_hands_them_out():
    shown = settings_with(
        MEDIA_BUCKET="pictures", MEDIA_HOST="media.example", MEDIA_ENDPOINT="https://s3.example"
    )

    assert shown["STORAGES"]["default"]["OPTIONS"]["endpoint_url"] == "https://s3.example"
    assert shown["SECURE_CSP"]["img-src"] == ["'self'", "https://media.example", "data:"]
    assert "https://media.example" in shown["SECURE_CSP_ADMIN"]["img-src"]
    assert settings_with()["SECURE_CSP"]["img-src"] == ["'self'", "data:"]


def test_wrong_passwords_are_counted_where_a_full_disk_is_no_way_round_it():
    assert settings_with()["CACHES"]["logins"]["BACKEND"] == "website.counting.FileCounts"


def test_sqlite_keeps_what_it_has_acknowledged():
    options = settings_with()["DATABASES"]["default"]["OPTIONS"]

    assert "synchronous=FULL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"
