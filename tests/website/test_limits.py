import pytest

from website.limits import LARGEST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/admin/login/", "/search/", "/admin/editor/pictures/upload/", "/nowhere/"])
@pytest.mark.parametrize("length", [LARGEST + 1, 10**15])
def test_more_than_the_site_takes_is_refused_before_it_is_read(client, url, length):
    answer = client.post(
        url, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(length)
    )

    assert answer.status_code == 413
    assert "10 MB" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("length", ["", "0", "x", "-1", str(LARGEST)])
def test_what_is_not_too_much_is_looked_at(client, length):
    assert client.get("/admin/login/", CONTENT_LENGTH=length).status_code == 200
