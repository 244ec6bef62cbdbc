import json

import pytest

from website.assets import Storage


@pytest.fixture
def storage(tmp_path):
    """With one style sheet in its manifest."""
    (tmp_path / "site.0123.css").write_text("")
    manifest = {"version": "1.1", "hash": "", "paths": {"site.css": "site.0123.css"}}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    return Storage(location=tmp_path, base_url="/static/")


def test_an_address_has_the_hash_that_the_manifest_gives_it(storage):
    assert storage.url("site.css") == "/static/site.0123.css"


def test_a_file_that_is_missing_is_named_as_it_was_asked_for(storage):
    assert storage.url("img/gone.svg") == "/static/img/gone.svg"


@pytest.mark.parametrize("name", ["site.css", "img/gone.svg"])
def test_an_address_is_worked_out_once(storage, monkeypatch, name):
    first = storage.url(name)
    monkeypatch.setattr(storage, "stored_name", None)  # whoever called it now would fail

    assert storage.url(name) == first
