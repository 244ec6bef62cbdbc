"""What is not taken changes nothing: else two different pages would be kept as one."""

import re
from pathlib import Path

import pytest

from tests.website.test_every_page import URLS, fill
from website.pagecache.parameters import TAKEN, kept, taken_at

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
# One that would show, where it is read.
VALUES = {"show": "all", "q": "sample", "sort": "name", "by": "2030-01-01", "retired": "1", "kind": "article"}
ALL = {name: VALUES.get(name, "2") for names in TAKEN.values() for name in names}
READ = re.compile(r"""GET\.get(?:list)?\(\s*["'](\w+)["']""")


@pytest.fixture(scope="module")
def site(for_the_module):
    for_the_module(fill)


@pytest.mark.parametrize("url", URLS)
def test_what_an_address_does_not_take_changes_nothing(client, site, url):
    path, _, query = url.partition("?")
    others = {name: value for name, value in ALL.items() if name not in taken_at(path)}
    asked = "&".join([query, *(f"{name}={value}" for name, value in others.items())])

    assert client.get(f"{path}?{asked}").content == client.get(url).content


def test_every_parameter_that_a_public_page_reads_by_name_is_known():
    views = [path for app in ("website", "blog", "careers") for path in (ROOT / app).rglob("*.py")]
    desk = {"admin", "editor_views.py", "review.py", "mending.py", "door.py", "bar.py", "migrations"}
    read = {name for path in views if not desk & set(path.parts) for name in READ.findall(path.read_text())}

    assert read
    assert read - set(ALL) == set()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/blog/", "page"),
        ("/tag/a+b/", "page"),
        ("/blog.md", "page"),
        ("/category/x/feed/", "page"),
        ("/search/", "tag"),
        ("/search/feed.json", "q"),
        ("/careers/certifications/", "provider"),
        ("/careers/certifications/x/", "weeks"),
    ],
)
def test_what_makes_another_page_is_taken(path, name):
    assert name in taken_at(path)


@pytest.mark.parametrize(
    "path", ["/blog/an-article/", "/", "/nowhere/", "/careers/roles/x/", "/no.md", "//", "/é/"]
)
def test_most_addresses_take_nothing(path):
    assert not taken_at(path)


def test_what_is_kept_stays_as_it_was_written():
    assert kept("a=1&page=%32&utm=x&pa%67e=3&page&q=1", {"page"}) == "page=%32&pa%67e=3&page"
    assert kept("utm=x", {"page"}) == ""
