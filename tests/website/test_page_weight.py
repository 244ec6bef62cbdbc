"""How much a reader loads to read an article, pictures apart: everything counted as it is sent."""

import gzip
import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from blog.models import Article
from tests.demo import without_picture_files
from website.bundles import BUNDLES

pytestmark = pytest.mark.django_db
ASKED_FOR = re.compile(
    r'<(?:link rel="(?:stylesheet|icon|preload)" href|script type="module" src)="/static/([^"]+)"'
)
MOST_BYTES, MOST_BYTES_OF_SCRIPT, MOST_REQUESTS = 30_000, 5_000, 5


def sent(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def files_of(page: bytes) -> list[str]:
    return ASKED_FOR.findall(page.decode())


def weight(name: str) -> int:
    content = Path(finders.find(name)).read_bytes()
    return len(content) if name.endswith(".woff2") else sent(content)


@pytest.fixture(scope="module")
def pages(for_the_module, tmp_path_factory) -> dict[str, bytes]:
    """Every article of the demo, as it is sent."""

    def load() -> dict[str, bytes]:
        with override_settings(DATA_DIR=tmp_path_factory.mktemp("data")), without_picture_files():
            call_command("load_demo", verbosity=0, stdout=StringIO())
        addresses = [article.get_absolute_url() for article in Article.objects.public()]
        return {address: Client().get(address).content for address in addresses}

    return for_the_module(load)


def test_the_heaviest_article_is_light(pages):
    weights = {address: sent(page) + sum(map(weight, files_of(page))) for address, page in pages.items()}
    heaviest = max(weights, key=weights.__getitem__)

    assert weights[heaviest] <= MOST_BYTES, f"{heaviest}: {weights[heaviest]}"


def test_an_article_takes_few_requests(pages):
    assert max(1 + len(files_of(page)) for page in pages.values()) <= MOST_REQUESTS


def test_there_is_little_script():
    scripts = [name for name in BUNDLES if name.endswith("site.js")]  # what all readers get

    assert sum(len(Path(finders.find(name)).read_bytes()) for name in scripts) <= MOST_BYTES_OF_SCRIPT


def test_readers_load_one_font(pages):
    assert {name for page in pages.values() for name in files_of(page) if "fonts/" in name} == {
        "fonts/newsreader.woff2"
    }


def test_only_the_cover_of_an_article_is_loaded_before_it_is_in_sight(pages):
    pictures = [re.findall(r"<img [^>]*>", page.decode()) for page in pages.values()]
    at_once = [[img for img in found if 'loading="lazy"' not in img] for found in pictures]

    assert max(map(len, at_once)) == 1
    assert all('fetchpriority="high"' in img for found in at_once for img in found)


def test_every_picture_says_how_large_it_is(pages):
    pictures = [img for page in pages.values() for img in re.findall(r"<img [^>]*>", page.decode())]

    assert pictures
    assert [img for img in pictures if not re.search(r'width="\d+" height="\d+"', img)] == []
    assert [img for img in pictures if 'decoding="async"' not in img] == []
    assert [img for img in pictures if "srcset=" in img and "sizes=" not in img] == []
