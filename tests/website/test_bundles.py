"""What readers load instead of the many files in static/."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from website.bundles import BUNDLES, BundleFinder, bundle, small_css, small_js

STATIC = settings.BASE_DIR / "static"


def test_every_sheet_and_every_script_is_in_one_bundle():
    """But for those of frames, which are a page of their own kind."""
    parts = [
        f"{Path(name).parent}/{part}"
        for name, parts in BUNDLES.items()
        for part in (["embed.css"] if name == "css/site-embed.css" else parts)
    ]

    assert sorted(parts) == sorted(
        path.relative_to(STATIC).as_posix() for kind in ("css", "js") for path in (STATIC / kind).iterdir()
    )


def test_no_bundle_takes_the_name_of_a_file():
    assert [name for name in BUNDLES if (STATIC / name).exists()] == []


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* why */\na {\n  color: red;\n}\n", "a{color:red}"),
        ("a :hover,\nb > c {\n  margin: 0 auto;\n}", "a :hover,b > c{margin:0 auto}"),
        ("@media (min-width: 40rem) and (hover) {\n}", "@media (min-width:40rem) and (hover){}"),
        ("a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        ('a::after { content: "  ; /* x */ }"; }', 'a::after{content:"  ; /* x */ }"}'),
        ("a{b:url(../c  d.svg);}/* last */", "a{b:url(../c  d.svg)}"),
    ],
)
def test_a_sheet_loses_what_says_nothing(written, sent):
    assert small_css(written) == sent


@example("; ;}")
@given(st.lists(st.sampled_from([*"a:;{}, \n", "/* x */", '"a  b"', "url( a )"])).map("".join))
def test_a_smaller_sheet_has_the_same_signs_in_the_same_order(text):
    def signs(css: str) -> str:
        return re.sub(r"\s|(?:;\s*)+(?=\})", "", re.sub(r"/\*.*?\*/", "", css))

    assert signs(small_css(text)) == signs(text)


def test_a_script_keeps_its_words_and_loses_comments_and_indentation():
    written = "// Why.\n\nif (a) {\n  // Because.\n  b('// kept');\n}\n"

    assert small_js(written) == "{\nif (a) {\nb('// kept');\n}\n}\n"


def test_no_script_has_text_over_several_lines_which_would_lose_its_indentation():
    scripts = [(STATIC / "js" / part).read_text() for part in BUNDLES["js/site.js"]]

    assert [line for text in scripts for line in text.splitlines() if line.count("`") % 2] == []


def test_a_changed_file_is_in_the_bundle_at_the_next_request(tmp_path, settings):
    settings.BASE_DIR, settings.BUNDLES_ROOT = tmp_path, tmp_path / "out"
    (tmp_path / "static" / "js").mkdir(parents=True)
    for part in BUNDLES["js/site.js"]:
        (tmp_path / "static" / "js" / part).write_text("one();\n")
    finder = BundleFinder()
    before = Path(finder.find("js/site.js")).read_text()

    (tmp_path / "static" / "js" / part).write_text("two();\n")

    assert ("two()" in before, "two()" in Path(finder.find("js/site.js")).read_text()) == (False, True)


def test_what_has_not_changed_is_not_written_again():
    file = Path(finders.find("css/site.css"))
    before = file.stat().st_mtime_ns

    assert Path(finders.find("css/site.css", find_all=True)[0]).stat().st_mtime_ns == before
    assert not finders.find("css/none.css")


def test_the_site_answers_with_the_bundle(client):
    response = client.get("/static/css/site.css")

    assert b"".join(response).decode() == bundle("css/site.css", STATIC)


def test_collecting_gives_bundles_names_for_good_and_compressed_copies(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "website.assets.Storage"}}
    settings.STATICFILES_FINDERS = settings.STATICFILES_FINDERS[:2]  # the site's own

    call_command("collectstatic", interactive=False, verbosity=0)

    names = sorted(re.sub(r"\.[0-9a-f]{12}\.", ".HASH.", path.name) for path in (tmp_path / "css").iterdir())
    for name in ("site", "site-pages"):
        assert {f"{name}.HASH.css", f"{name}.HASH.css.gz", f"{name}.HASH.css.br"} <= set(names)
