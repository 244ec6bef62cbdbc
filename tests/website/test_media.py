import pytest

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
