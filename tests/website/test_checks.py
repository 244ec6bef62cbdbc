import pytest

from website import checks


def test_every_public_model_keeps_its_promises():
    assert checks.public_models_keep_their_promises() == []


def test_a_name_that_is_no_model_is_an_error(settings):
    settings.PUBLIC_MODELS = ["blog.Nothing", "nonsense"]

    assert [fault.id for fault in checks.public_models_keep_their_promises()] == ["website.E001"] * 2


def test_a_model_without_the_promises_is_an_error_that_names_them(settings):
    settings.PUBLIC_MODELS = ["blog.AuthorLink"]

    [fault] = checks.public_models_keep_their_promises()

    assert fault.id == "website.E002"
    assert fault.msg.endswith("lacks get_absolute_url, is_public, search_text, objects.public.")


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 54, 1), True),
    ],
)
def test_only_mended_versions_of_sqlite_pass(version, mended):
    assert checks.sqlite_is_mended(version) is mended


def test_a_faulty_sqlite_is_mentioned_where_it_is_used():
    assert [note.id for note in checks.sqlite_notes("sqlite", (3, 40, 1))] == ["website.I001"]
    assert checks.sqlite_notes("sqlite", (3, 51, 3)) == []
    assert checks.sqlite_notes("postgresql", (3, 40, 1)) == []


def test_the_fonts_of_drawn_pictures_can_be_read():
    assert checks.pictures_can_be_drawn() == []


def test_a_pillow_that_cannot_read_them_is_mentioned(monkeypatch):
    def unreadable(*asked):
        raise OSError("unknown file format")

    monkeypatch.setattr(checks.poster_drawing, "font", unreadable)

    [fault] = checks.pictures_can_be_drawn()

    assert fault.id == "website.W001"
    assert "Brotli" in fault.hint
