"""What the body editor asks the server for, and who may ask."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from blog.models import Picture
from careers.models import Dimension, Fee
from tests.factories import ExamVersionFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESSES = ["block", "block-choices", "inline", "pictures", "upload"]


def client_who_may(client, *permissions):
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


@pytest.fixture
def writer(client):
    return client_who_may(client, "add_article", "change_article", "add_picture")


def png(size=(20, 10), name="a.png"):
    out = BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def picture(**given):
    number = Picture.objects.count()
    return Picture.objects.create(
        **{"title": f"Picture {number}", "token": f"{number:032x}", "width": 900, "height": 600} | given
    )


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_the_door(client, name, method):
    response = getattr(client, method)(reverse(f"editor:{name}"))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("name", ADDRESSES)
def test_staff_who_may_not_write_may_not_ask(client, name):
    client_who_may(client, "view_article")
    method = client.post if name == "upload" else client.get

    assert method(reverse(f"editor:{name}")).status_code == 403


def test_who_may_write_but_not_add_pictures_may_choose_but_not_upload(client):
    client_who_may(client, "change_article")

    assert client.get(reverse("editor:pictures")).status_code == 200
    assert client.post(reverse("editor:upload"), {"file": png()}).status_code == 403
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_address_answers_to_its_own_methods_only(writer, name):
    method = writer.get if name == "upload" else writer.post

    assert method(reverse(f"editor:{name}")).status_code == 405


def test_an_upload_needs_the_token_of_the_form(client):
    client = type(client)(enforce_csrf_checks=True)
    client_who_may(client, "add_picture")

    assert client.post(reverse("editor:upload"), {"file": png()}).status_code == 403


# --- Live blocks ------------------------------------------------------------


def test_a_block_is_shown_as_readers_will_see_it(writer):
    Dimension.objects.create(key="main-focus", label="Main focus", value_kind="focus")
    RoleFactory(slug="a", name="Alpha")
    RoleFactory(slug="b", name="Beta")

    response = writer.get(reverse("editor:block"), {"kind": "comparison", "ref": "a,b", "heading": "<b>Own"})

    assert response.status_code == 200
    assert b"&lt;b&gt;Own" in response.content
    assert b"live-block--comparison" in response.content


def test_the_preview_can_be_framed_by_the_admin_and_runs_nothing(writer):
    response = writer.get(reverse("editor:block"), {"kind": "role-card", "ref": "x"})

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_block_that_points_at_nothing_is_a_sentence(writer):
    response = writer.get(reverse("editor:block"), {"kind": "role-card", "ref": "nobody"})

    assert response.status_code == 200
    assert "“nobody”" in response.content.decode()
    assert "Readers see nothing here." in response.content.decode()


def test_a_role_not_published_is_named_as_such(writer):
    RoleFactory(slug="secret", name="Secret Role", status="draft")

    response = writer.get(reverse("editor:block"), {"kind": "role-card", "ref": "secret"})

    assert "is not published" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200),
        ({"kind": "certifications", "by": "x", "ref": "a" * 1000}, 200),
        ({"ref": "😀,"}, 200),
        ({"kind": "\0", "ref": "\0"}, 404),
        ({"kind": "certifications", "by": "x", "ref": "a" * 100_000}, 404),
    ],
)
def test_no_question_about_a_block_fails(writer, asked, status):
    """What nobody can mean is not there; everything else is answered."""
    assert writer.get(reverse("editor:block"), asked).status_code == status


def test_what_a_block_can_show_comes_as_lists(writer):
    RoleFactory(slug="a", name="Alpha")
    RoleFactory(slug="hidden", status="draft")

    answer = writer.get(reverse("editor:block-choices")).json()

    assert answer["roles"] == [["a", "Alpha"]]
    assert [kind for kind, _ in answer["kinds"]] == ["comparison", "certifications", "role-card", "pathway"]
    assert {"skills", "providers"} <= answer.keys()


def test_a_part_of_a_sentence_is_told_in_plain_words_with_what_is_wrong_with_it(writer):
    version = ExamVersionFactory(credential__slug="gold", credential__checked_on="2026-09-28")
    Fee.objects.create(version=version, amount=300)
    ask = reverse("editor:inline")

    assert writer.get(ask, {"kind": "fact", "ref": "gold", "field": "price"}).json() == {
        "text": "USD 300 (checked 28 September 2026)",
        "problem": "",
    }
    assert writer.get(ask, {"kind": "link", "ref": "lead"}).json() == {
        "text": "a certification not listed here",
        "problem": "There is no certification “lead” in the catalogue.",
    }


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200),
        ({"kind": "fact", "ref": "a" * 1000, "field": "\ud7ff"}, 200),
        ({"kind": "roulette", "ref": "😀,"}, 200),
        ({"kind": "fact", "ref": "\0"}, 404),
    ],
)
def test_no_question_about_a_part_of_a_sentence_fails(writer, asked, status):
    assert writer.get(reverse("editor:inline"), asked).status_code == status


# --- Pictures ---------------------------------------------------------------


def test_the_newest_pictures_come_first_and_in_pages(writer):
    for _ in range(25):
        picture()

    first = writer.get(reverse("editor:pictures")).json()
    second = writer.get(reverse("editor:pictures"), {"page": 2}).json()

    assert len(first["pictures"]) == 24
    assert first["more"] is True
    assert [found["title"] for found in second["pictures"]] == ["Picture 0"]
    assert second["more"] is False


def test_a_picture_is_described_with_all_that_an_article_needs(writer):
    picture(title="Skyline", alt="A skyline", token="f" * 32)

    (found,) = writer.get(reverse("editor:pictures")).json()["pictures"]

    assert found == {
        "token": "f" * 32,
        "title": "Skyline",
        "alt": "A skyline",
        "src": f"/media/pictures/{'f' * 32}/800.jpg",
        "thumbnail": f"/media/pictures/{'f' * 32}/480.jpg",
        "decorative": False,
        "width": 900,
        "height": 600,
        "page": reverse("admin:blog_picture_change", args=[Picture.objects.get().pk]),
    }


@pytest.mark.parametrize("words", ["sky", "BRIDGE", " sky "])
def test_pictures_are_found_by_title_and_by_what_they_show(writer, words):
    picture(title="Skyline", alt="A bridge")
    picture(title="Other")

    found = writer.get(reverse("editor:pictures"), {"q": words}).json()["pictures"]

    assert [one["title"] for one in found] == ["Skyline"]


@pytest.mark.parametrize("words", ["\0", "x" * 100_000, "%", "_", "\\", "' OR 1=1"])
def test_no_search_for_pictures_fails(writer, words):
    picture(title="Skyline")

    assert writer.get(reverse("editor:pictures"), {"q": words}).status_code == 200


@pytest.mark.parametrize("page", ["0", "abc", "99", "-1", "\0"])
def test_a_page_of_pictures_that_makes_no_sense_is_not_found(writer, page):
    assert writer.get(reverse("editor:pictures"), {"page": page}).status_code == 404


def test_an_upload_answers_with_the_picture(writer):
    response = writer.post(reverse("editor:upload"), {"file": png((500, 250), "Skyline.png")})

    assert response.status_code == 201
    kept = Picture.objects.get()
    assert response.json()["token"] == kept.token
    assert (kept.title, kept.width, kept.height) == ("Skyline.png", 500, 250)
    assert kept.uploaded_by is not None


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("x.png", b"<svg onload=alert(1)>"), "Only JPEG, PNG, WebP and GIF"),
        (SimpleUploadedFile("x.png", b""), "No file arrived|empty"),
        (None, "No file arrived"),
    ],
)
def test_an_upload_that_is_refused_says_why(writer, file, sentence):
    response = writer.post(reverse("editor:upload"), {"file": file} if file else {})

    assert response.status_code == 400
    assert any(part in response.json()["error"] for part in sentence.split("|"))
    assert not Picture.objects.exists()
