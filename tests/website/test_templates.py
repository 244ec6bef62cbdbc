"""Indentation is for those who write templates."""

import pytest
from django.conf import settings
from django.template import Engine, Origin

from website.templates import Loader


@pytest.fixture
def read(tmp_path):
    def contents(text: str) -> str:
        (tmp_path / "a.html").write_text(text)
        return Loader(Engine()).get_contents(Origin(str(tmp_path / "a.html")))

    return contents


def test_lines_lose_their_indentation_and_stay_lines(read):
    assert read("<ul>\n  <li>\n\n\t a  b\n  </li>\n</ul>") == "<ul>\n<li>\n\na  b\n</li>\n</ul>"


@pytest.mark.parametrize("tag", ["<pre>", '<textarea name="a">'])
def test_what_is_shown_as_typed_is_left_as_it_is(read, tag):
    assert read(f"  {tag}\n  a") == f"  {tag}\n  a"


def test_no_page_is_indented(client, db):
    lines = client.get("/").content.decode().splitlines()

    assert [line for line in lines if line.startswith(" ")] == []


def test_templates_are_read_once():
    [(cached, _)] = settings.TEMPLATES[0]["OPTIONS"]["loaders"]

    assert cached == "django.template.loaders.cached.Loader"
