import pytest

from blog.models import FormerPictureName, Picture

pytestmark = pytest.mark.django_db  # a missing page is looked up among the moved ones


@pytest.fixture
def picture(media_folder):
    (media_folder / "ab").mkdir()
    (media_folder / "ab" / "cover.jpg").write_bytes(b"a picture")
    return "/media/ab/cover.jpg"


def body_of(response) -> bytes:
    body = b"".join(response.streaming_content)
    response.close()
    return body


def test_a_picture_is_served_for_ever_and_can_do_nothing(client, picture):
    response = client.get(picture)

    assert body_of(response) == b"a picture"
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_feed_reader_may_show_a_picture_on_its_own_pages(client, picture):
    response = client.get(picture)
    response.close()

    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "notes.txt", "bare", "script.js"])
def test_what_is_no_picture_stays_inside(client, media_folder, name):
    (media_folder / name).write_text("<script>")

    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "../secret.jpg",
        "%2e%2e/secret.jpg",
        "ab/../../secret.jpg",
        "/etc/x.jpg",
        "%00.jpg",
        "a" * 5000 + ".jpg",
        "",
        "ab",
    ],
)
def test_no_path_leads_out_of_the_folder_or_to_an_error(client, media_folder, picture, path):
    (media_folder.parent / "secret.jpg").write_bytes(b"secret")

    assert client.get(f"/media/{path}").status_code == 404


def test_a_link_to_elsewhere_is_not_followed(client, media_folder):
    (media_folder.parent / "secret.jpg").write_bytes(b"secret")
    (media_folder / "link.jpg").symlink_to(media_folder.parent / "secret.jpg")

    assert client.get("/media/link.jpg").status_code == 404


def test_a_picture_is_only_read(client, picture):
    assert client.post(picture).status_code == 405


@pytest.mark.parametrize(
    ("asked", "today"),
    [("800.jpg", "500.jpg"), ("480.avif", "480.avif"), ("99999.jpg", "500.jpg")],
)
def test_who_asks_for_a_former_file_is_led_to_the_one_of_today(client, asked, today):
    picture = Picture.objects.create(title="P", token="a" * 32, width=500, height=400)
    FormerPictureName.objects.create(token="b" * 32, picture=picture)

    answer = client.get(f"/media/pictures/{'b' * 32}/{asked}")

    assert answer.status_code == 302
    assert answer["Location"] == f"/media/pictures/{'a' * 32}/{today}"
    assert "immutable" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize("name", ["a" * 32, "c" * 32])
def test_a_file_that_is_missing_and_no_former_one_is_missing(client, name):
    Picture.objects.create(title="P", token="a" * 32, width=500, height=400)

    assert client.get(f"/media/pictures/{name}/480.jpg").status_code == 404
