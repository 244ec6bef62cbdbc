"""What the form of a picture asks for, and what it refuses beside which field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.models import Picture
from blog.picture_form import NewPictureForm, PictureForm
from tests.blog.hostile_files import image_file, refused

pytestmark = pytest.mark.django_db
SAID = {"title": "Skyline", "alt": "A skyline", "credit": "", "focus_x": 50, "focus_y": 50}


def errors(form=NewPictureForm, data=None, **said):
    data = image_file((8, 4)).getvalue() if data is None else data
    files = {"file": SimpleUploadedFile("a.png", data)} if data else {}
    given = form({**SAID, **said}, files)
    return given.errors.get_json_data(), given


def messages(found, field):
    return [error["message"] for error in found[field]]


def test_a_picture_needs_a_description_or_to_be_decoration():
    found, _ = errors(alt="")
    assert messages(found, "alt") == ["Say what the picture shows, or tick “decorative”."]

    found, _ = errors(alt="", is_decorative="on")
    assert found == {}


def test_what_must_be_mended_asks_for_the_file_again_since_no_page_can_keep_it():
    found, _ = errors(alt="")
    assert messages(found, "file") == ["Choose the file again: a browser sends it once only."]

    found, _ = errors(PictureForm, alt="", data=b"")
    assert list(found) == ["alt"]


def test_a_new_picture_without_a_title_is_called_as_its_file_was():
    assert errors(title="")[1].cleaned_data["title"] == "a.png"
    assert list(errors(title="", data=b"")[0]) == ["file"]
    assert list(errors(PictureForm, title="", data=b"")[0]) == ["title"]


def test_the_form_says_beforehand_that_a_description_is_needed():
    assert NewPictureForm()["alt"].label == "Description (needed unless decorative)"


def test_decoration_says_nothing():
    found, _ = errors(alt="A skyline", is_decorative="on")

    assert "Empty this" in messages(found, "alt")[0]


def test_a_file_name_is_no_description():
    found, _ = errors(alt="skyline_final.png")

    assert messages(found, "alt") == ["This looks like the name of a file. Say what the picture shows."]


@pytest.mark.parametrize("place", [-1, 101, "x", ""])
def test_the_focus_lies_within_the_picture(place):
    found, _ = errors(focus_x=place)

    assert list(found) == ["focus_x", "file"]


def test_a_new_picture_has_a_file_and_one_that_is_there_may_get_another():
    assert list(errors(data=b"")[0]) == ["file"]
    assert errors(PictureForm, data=b"")[0] == {}
    assert errors(PictureForm)[1].image.size == (8, 4)


@pytest.mark.parametrize("kind", set(refused()) - {"empty"})
def test_a_hostile_file_is_refused_beside_its_field(kind):
    data, sentence = refused()[kind]

    found, form = errors(data=data)

    assert messages(found, "file") == [sentence]
    assert form.image is None
    assert not Picture.objects.exists()
