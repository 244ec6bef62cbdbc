"""Pictures in a bucket instead of a folder, over the real protocol."""

import pytest
from django.core.files.storage import default_storage

from blog.models import FormerPictureName, Picture
from blog.picture_files import address, all_names, remove_files
from blog.pictures import make_picture
from tests.blog.hostile_files import image_file
from tests.website.bucket import bucket
from website.settings import stores

pytestmark = pytest.mark.django_db
NO = "a" * 32


@pytest.fixture(scope="module")
def server():
    with bucket() as server:
        yield server


@pytest.fixture
def files(server, settings, monkeypatch):
    monkeypatch.setenv("MEDIA_BUCKET", "pictures-of-ours")
    monkeypatch.setenv("MEDIA_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("MEDIA_REGION", "anywhere")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    settings.STORAGES = {**settings.STORAGES, "default": stores.media_store()}
    server.files.clear()
    yield server.files
    default_storage.connection.meta.client.close()


@pytest.fixture
def picture(files):
    return make_picture(file=image_file((500, 250)), title="Skyline.png", alt="", by=None)


def test_every_width_is_kept_there_for_good_and_nothing_in_the_folder(files, picture, media_folder):
    assert sorted(files) == sorted(all_names(picture.token, 500))
    assert {kept for _, kept in files.values()} == {"public, max-age=31536000, immutable"}
    assert list(media_folder.iterdir()) == []


def test_the_site_hands_them_out_as_from_a_folder(client, files, picture):
    answer = client.get(address(picture.token, 500))

    assert b"".join(answer.streaming_content) == files[f"pictures/{picture.token}/500.jpg"][0]
    answer.close()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["other.jpg", "pictures/../other.jpg", "%00.jpg", f"pictures/{NO}/9.jpg"])
def test_what_else_is_in_the_bucket_stays_there(client, files, path):
    files["other.jpg"] = (b"not ours", None)

    assert client.get(f"/media/{path}").status_code == 404


def test_a_picture_that_goes_leaves_nothing_and_takes_nothing_along(files, picture):
    other = make_picture(file=image_file((480, 250)), title="Other", alt="", by=None)
    remove_files(picture.token)
    remove_files(picture.token)

    assert sorted(files) == sorted(all_names(other.token, 480))


def test_a_host_of_its_own_is_where_readers_are_led(client, settings):
    settings.MEDIA_HOST = "media.example"
    picture = Picture.objects.create(title="P", token="a" * 32, width=500, height=400)
    FormerPictureName.objects.create(token="b" * 32, picture=picture)

    there = client.get(f"/media/pictures/{'a' * 32}/500.jpg")
    former = client.get(f"/media/pictures/{'b' * 32}/800.jpg")

    assert there.status_code == 302
    assert there["Location"] == f"https://media.example/pictures/{'a' * 32}/500.jpg"
    assert former["Location"] == f"/media/pictures/{'a' * 32}/500.jpg"
    assert client.get("/media/secret.txt").status_code == 404
    assert client.get("/media//evil.example/x.jpg").status_code == 404


def test_only_a_name_of_a_host_gets_into_the_policy(monkeypatch):
    monkeypatch.setenv("MEDIA_BUCKET", "pictures-of-ours")
    monkeypatch.setenv("MEDIA_HOST", "media.example; script-src *")
    with pytest.raises(SystemExit, match="MEDIA_HOST makes no sense"):
        stores.media_host()

    monkeypatch.setenv("MEDIA_HOST", "media.example")
    assert stores.media_host() == "media.example"
    monkeypatch.delenv("MEDIA_BUCKET")
    with pytest.raises(SystemExit, match="set MEDIA_BUCKET"):
        stores.media_host()
