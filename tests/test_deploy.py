"""The files for servers: they can be read by what they are for, and say what the site says."""

import configparser
import json
import re
import subprocess
from pathlib import Path

import crossplane
import pytest
import yaml
from crossplane.analyzer import DIRECTIVES

from tests.website.test_settings import GOOD, python
from website import limits, start
from website.caching import for_a_cdn
from website.settings.base import BASE_DIR, database

DEPLOY = BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
OF_OWN_WORDS = ("map", "types")
SERVER = " ".join(start.SERVER)


def blocks(parsed, name):
    for entry in parsed:
        if entry["directive"] == name:
            yield entry
        yield from blocks(entry.get("block", []), name)


def faults(file):
    """What nginx would refuse: a word it does not know, or knows from elsewhere, or with other arguments."""
    payload = crossplane.parse(str(file), combine=True)
    found = [error["error"] for error in payload["errors"]]
    return [*found, *unknown(payload["config"][0]["parsed"] if payload["config"] else [])]


def unknown(parsed):
    for entry in parsed:
        if entry["directive"] not in DIRECTIVES:
            yield entry["directive"]
        if entry["directive"] not in OF_OWN_WORDS:
            yield from unknown(entry.get("block", []))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    file = tmp_path_factory.mktemp("nginx") / "nginx.conf"
    file.write_text(f"events {{}}\nhttp {{\n    include {DEPLOY / 'nginx' / 'waymark.conf'};\n}}\n")
    return file


@pytest.fixture(scope="module")
def nginx(whole):
    return crossplane.parse(str(whole), combine=True)["config"][0]["parsed"]


def said(nginx, name):
    return [entry["args"] for entry in blocks(nginx, name)]


def test_nginx_knows_every_word_of_its_file(whole):
    assert faults(whole) == []


@pytest.mark.parametrize(
    "line", ["server { proxy_pas http://x; }", "server { send_timeout; }", "proxy_pass http://x;", "server {"]
)
def test_a_mistake_in_the_file_would_be_seen(tmp_path, line):
    file = tmp_path / "nginx.conf"
    file.write_text(f"events {{}}\nhttp {{ {line} }}\n")

    assert faults(file) != []


def test_nginx_takes_as_much_as_the_site(nginx):
    assert said(nginx, "client_max_body_size") == [[f"{limits.LARGEST // 1024**2}m"]]


def test_what_a_visitor_claims_of_himself_does_not_reach_the_site(nginx):
    sent = dict(said(nginx, "proxy_set_header"))

    assert sent["X-Forwarded-For"] == "$remote_addr"
    assert sent["X-Forwarded-Proto"] == "$scheme"
    assert sent["X-Forwarded-Host"] == sent["Forwarded"] == ""


def test_nobody_gets_what_was_made_for_the_staff(nginx):
    (staff,) = [entry for entry in blocks(nginx, "map") if entry["args"][1] == "$is_staff"]
    patterns = [line["directive"].removeprefix("~") for line in staff["block"] if line["args"] == ["1"]]

    for cookie in ("sessionid=a", "_ga=1; __Host-sessionid=a"):
        assert any(re.search(pattern, cookie) for pattern in patterns)
    assert ["$is_staff", "$http_authorization", "$is_own"] in said(nginx, "proxy_no_cache")
    assert ["$is_staff", "$http_authorization"] in said(nginx, "proxy_cache_bypass")


def test_nginx_keeps_what_is_for_everyone_for_a_second_whatever_browsers_are_told(nginx):
    """Told max-age=0, as browsers are, it would keep nothing, and have nothing while the site is away."""
    assert not is_own(nginx, "200 " + for_a_cdn())
    assert not is_own(nginx, "502, 301 " + for_a_cdn()), "the second server answered"
    assert is_own(nginx, "200 ")
    assert is_own(nginx, "500 ")
    assert said(nginx, "proxy_ignore_headers") == [["Cache-Control", "Expires"]]
    assert said(nginx, "proxy_cache_valid") == [["200", "301", "404", "410", "1s"]]


def is_own(nginx, told):
    """Whether nginx takes an answer for somebody's own, by its status and what it tells CDNs."""
    (own,) = [entry for entry in blocks(nginx, "map") if entry["args"][1] == "$is_own"]
    assert own["args"][0] == "$upstream_status $upstream_http_cdn_cache_control"
    lines = {line["directive"]: line["args"] for line in own["block"]}
    matching = [value for name, value in lines.items() if name[0] == "~" and re.search(name[1:], told)]
    return (matching or [lines["default"]])[0] == ["1"]


@pytest.mark.parametrize("told", ["404 ", "410 ", "502, 404 "])
def test_that_a_page_is_gone_takes_the_place_of_the_page_at_nginx(nginx, told):
    """Kept nowhere, it would leave the page lie there, to come back as soon as the site is away."""
    assert not is_own(nginx, told)


def test_nobody_waits_in_turns_for_what_nginx_may_not_keep(nginx):
    assert said(nginx, "proxy_cache_lock") == []


def inside(nginx, name):
    (block,) = [entry["block"] for entry in blocks(nginx, "location") if entry["args"][-1] == name]
    return block


def test_pictures_are_kept_as_the_site_says_of_them_and_push_no_page_out(nginx):
    kept = {entry["directive"]: entry["args"] for entry in inside(nginx, "@pictures")}

    assert kept == {"proxy_pass": ["http://waymark"], "proxy_cache": ["waymark_pictures"]}
    for place in (r"^/media/pictures/[0-9a-f]+/[0-9]+\.(avif|jpg)$", "/posters/"):
        assert said(inside(nginx, place), "try_files")[0][-1] == "@pictures"
    assert "proxy_set_header" not in {entry["directive"] for entry in inside(nginx, "@site")}, (
        "one in a location would take away those of the server"
    )


def test_who_takes_no_gzip_is_not_given_what_a_cache_kept_for_others(nginx):
    assert said(inside(nginx, "/static/"), "gzip_vary") == said(nginx, "gzip_static") == [["on"]]


def test_nginx_shows_an_old_page_only_while_the_site_is_away(nginx):
    (stale,) = said(nginx, "proxy_cache_use_stale")

    assert "updating" not in stale
    assert {"error", "timeout", "http_502", "http_503"} <= set(stale)
    assert said(nginx, "proxy_cache_background_update") == []
    assert said(nginx, "proxy_cache_revalidate") == [["on"]]


@pytest.mark.parametrize(
    ("path", "is_picture"),
    [
        (f"/media/pictures/{'a1' * 16}/480.avif", True),
        (f"/media/pictures/{'a1' * 16}/480.svg", False),
        ("/media/pictures/../secret.jpg", False),
        ("/media/x.html", False),
    ],
)
def test_nginx_hands_out_pictures_of_ours_alone(nginx, path, is_picture):
    (location,) = [args[1] for args in said(nginx, "location") if args[0] == "~"]

    assert bool(re.search(location, path)) == is_picture


def test_only_names_with_a_hash_are_kept_for_good(nginx):
    (ages,) = [entry for entry in blocks(nginx, "map") if entry["args"][1] == "$static_age"]
    (pattern,) = [line["directive"][1:] for line in ages["block"] if "immutable" in line["args"][0]]

    assert re.search(pattern, "/static/css/site.0123456789ab.css")
    assert not re.search(pattern, "/static/css/site.css")


def unit(path):
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(path.read_text())
    return parser


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_says_what_it_is_and_where_its_own_file_goes(path):
    read = unit(path)

    assert read["Unit"]["Description"].startswith("Waymark")
    if path.suffix == ".service":
        assert path.read_text().startswith(f"# To /etc/systemd/system/{path.name}")
        assert read["Service"]["EnvironmentFile"] == "/etc/waymark.env"
        assert read["Service"]["NoNewPrivileges"] == "true"


def test_a_database_that_is_away_at_the_start_of_the_machine_keeps_no_site_down():
    """Where it requires what failed, systemd neither starts the site nor tries again."""
    site, before = (unit(DEPLOY / "systemd" / f"{name}.service") for name in ("waymark", "waymark-prepare"))

    assert "Requires" not in site["Unit"]
    assert "waymark-prepare.service" in site["Unit"]["Wants"].split()
    assert "waymark-prepare.service" in site["Unit"]["After"].split()
    assert (site["Service"]["Restart"], before["Service"]["Restart"]) == ("always", "on-failure")
    for read in (site, before):
        assert read["Unit"]["StartLimitIntervalSec"] == "0", "five tries in ten seconds would be all"


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda p: p.name)
def test_no_unit_opens_the_data_to_everyone(path):
    """Each that names the folder sets its rights anew when it starts."""
    assert unit(path)["Service"]["StateDirectoryMode"] == "0750"


def test_the_server_is_started_everywhere_as_make_run_starts_it():
    service = unit(DEPLOY / "systemd" / "waymark.service")["Service"]
    image = (DEPLOY / "Containerfile").read_text()
    command = " ".join(json.loads(re.search(r"^CMD (.*)$", image, re.MULTILINE)[1]))

    assert f"granian {SERVER} --host 127.0.0.1 --port 8000 website.wsgi:application" in service["ExecStart"]
    assert command == f"granian {SERVER} --host 0.0.0.0 --port 8000 website.wsgi:application"


def test_units_run_commands_that_there_are():
    ran = re.findall(r"manage\.py (\w+)", "".join(path.read_text() for path in UNITS))

    assert {"prepare", "check_articles", "check_links"} == set(ran)
    for command in ran:
        assert list(BASE_DIR.glob(f"*/management/commands/{command}.py")), command


def lines_of(path):
    text = path.read_text()
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_environment_names_only_what_the_site_reads_and_starts_it():
    given = lines_of(DEPLOY / "waymark.env")
    explained = (BASE_DIR / "docs" / "operations.md").read_text()

    assert [name for name in given if f"`{name}`" not in explained] == ["DJANGO_SETTINGS_MODULE"]
    run = python("-c", "import website.settings.prod", **{**given, **GOOD})
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_compose_builds_the_site_and_waits_for_what_is_there(compose):
    services = compose["services"]

    for service in services.values():
        assert {"image", "build"} & set(service)
        assert service["restart"] in ("always", "no")
        for other, how in service.get("depends_on", {}).items():
            assert how["condition"] != "service_healthy" or "healthcheck" in services[other]
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            is_ours = source.startswith("./")
            assert source in compose["volumes"] or is_ours
            assert not is_ours or source == "./certificate" or (DEPLOY / source).exists()
    assert (DEPLOY / services["site"]["build"]["context"] / services["site"]["build"]["dockerfile"]).exists()


def test_compose_holds_no_secret_and_names_only_what_the_site_reads(compose):
    given = compose["services"]["site"]["environment"]
    explained = (BASE_DIR / "docs" / "operations.md").read_text()

    assert given["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert given["PGPASSWORD"].startswith("${DATABASE_PASSWORD:?")
    assert database(given["DATABASE_URL"])["PASSWORD"] == "", (
        "any password would have to be written otherwise"
    )
    assert [name for name in given if f"`{name}`" not in explained] == []


@pytest.mark.parametrize("hosts", ["a.example,b.example", " a.example, b.example ,", "a.example b.example"])
def test_nginx_in_compose_answers_to_each_name_of_the_site_and_leads_to_the_first(tmp_path, hosts):
    written = in_compose(tmp_path, hosts)
    names = [["a.example", "b.example"]] * 2

    assert said(written, "server_name") == names
    assert said(written, "return") == [["301", "https://a.example$request_uri"]]


def test_nginx_in_compose_asks_again_where_the_site_is(tmp_path):
    (upstream,) = blocks(in_compose(tmp_path, "a.example"), "upstream")
    lines = {entry["directive"]: entry["args"] for entry in upstream["block"]}

    assert lines["server"] == ["site:8000", "max_fails=3", "fail_timeout=5s", "resolve"]
    assert {"zone", "resolver", "keepalive"} < set(lines)


def in_compose(tmp_path, hosts):
    with (DEPLOY / "nginx" / "waymark.conf").open() as given:
        made = subprocess.run(
            ["/bin/sh", DEPLOY / "nginx" / "in-compose.sh"],
            env={"ALLOWED_HOSTS": hosts, "PATH": "/usr/bin:/bin"},
            stdin=given,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    file = tmp_path / "nginx.conf"
    file.write_text(f"events {{}}\nhttp {{\n{made}\n}}\n")
    assert "guide.example" not in re.sub(r"#.*|ssl_certificate.*", "", made)
    return crossplane.parse(str(file), combine=True)["config"][0]["parsed"]


def test_the_image_copies_what_there_is():
    copied = re.findall(r"^COPY (\S+)", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)

    assert {"website", "blog", "careers", "templates", "static", "manage.py"} < set(copied)
    assert [name for name in copied if not Path(BASE_DIR, name).exists()] == []
