"""Pictures added and described in the admin."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blog.models import Picture
from tests.blog.test_pictures import image_file
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
ADD = "admin:blog_picture_add"


def upload(data, name="a.png"):
    return {"file": SimpleUploadedFile(name, data), "title": "Skyline", "alt": "A skyline", "credit": "Me"}


def test_a_picture_added_in_the_admin_has_its_files_and_its_uploader(admin_client, admin_user):
    response = admin_client.post(reverse(ADD), upload(image_file((500, 300)).getvalue()))

    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.title, picture.alt, picture.credit, picture.width) == ("Skyline", "A skyline", "Me", 500)
    assert picture.uploaded_by == admin_user
    assert default_storage.exists(f"pictures/{picture.token}/480.jpg")


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)></svg>", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_file_that_is_no_picture_is_refused_beside_its_field(admin_client, data):
    response = admin_client.post(reverse(ADD), upload(data))

    assert response.status_code == 200
    assert "file" in response.context["adminform"].form.errors
    assert not Picture.objects.exists()


def test_the_file_of_a_picture_never_changes(admin_client):
    admin_client.post(reverse(ADD), upload(image_file((8, 4)).getvalue()))
    picture = Picture.objects.get()
    change = reverse("admin:blog_picture_change", args=[picture.pk])

    admin_client.post(change, upload(image_file((16, 4)).getvalue()) | {"title": "Other"})

    picture.refresh_from_db()
    assert (picture.title, picture.width) == ("Other", 8)
    assert "file" not in admin_client.get(change).context["adminform"].form.fields


def test_the_list_shows_what_the_pictures_are(admin_client):
    admin_client.post(reverse(ADD), upload(image_file((8, 4)).getvalue()))

    html = admin_client.get(reverse("admin:blog_picture_changelist")).content.decode()

    assert 'alt="A skyline" width="120" height="60"' in html


def test_a_picture_that_an_article_shows_is_not_deleted(admin_client):
    admin_client.post(reverse(ADD), upload(image_file((8, 4)).getvalue()))
    picture = Picture.objects.get()
    image = f'<img src="/media/pictures/{picture.token}/8.jpg" alt="A" width="8" height="4">'
    ArticleFactory(title="Trails", body=image)
    delete = reverse("admin:blog_picture_delete", args=[picture.pk])

    page = admin_client.post(delete, {"post": "yes"}).content.decode()
    admin_client.post(
        reverse("admin:blog_picture_changelist"),
        {"action": "delete_selected", "_selected_action": [picture.pk], "post": "yes"},
    )

    assert "Article: Trails" in page
    assert Picture.objects.exists()


def test_a_picture_that_nothing_shows_can_be_deleted(admin_client):
    admin_client.post(reverse(ADD), upload(image_file((8, 4)).getvalue()))

    admin_client.post(reverse("admin:blog_picture_delete", args=[Picture.objects.get().pk]), {"post": "yes"})

    assert not Picture.objects.exists()
