"""The picture library: every door for a file, what it shows, and who may touch what."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blog.models import Picture
from tests.blog.hostile_files import image_file, refused
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, DraftFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD, LIST, UPLOAD = "admin:blog_picture_add", "admin:blog_picture_changelist", "admin:blog_picture_upload"
SAID = {"title": "Skyline", "alt": "A skyline", "credit": "Me", "focus_x": 50, "focus_y": 50}


def file(data=None, name="a.png"):
    return SimpleUploadedFile(name, image_file((500, 300)).getvalue() if data is None else data)


def change(picture):
    return reverse("admin:blog_picture_change", args=[picture.pk])


def picture(**fields):
    token = f"{Picture.objects.count() + 1:032x}"
    return Picture.objects.create(**{"title": "P", "token": token, "width": 900, "height": 600, **fields})


def figure(shown):
    return f'<img src="/media/pictures/{shown.token}/800.jpg" alt="A" width="900" height="600">'


@pytest.fixture
def writer(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="writer"))
    client.force_login(person)
    client.person = person
    return client


# --- Doors ---------------------------------------------------------------


def through_the_form(client, data):
    return client.post(reverse(ADD), SAID | {"file": file(data)})


def through_a_replacement(client, data):
    return client.post(change(Picture.objects.first() or picture()), SAID | {"file": file(data)})


def through_the_library(client, data):
    return client.post(reverse(UPLOAD), {"file": [file(data)]}, follow=True)


def through_the_editor_a_drop_or_a_paste(client, data):
    return client.post(reverse("editor:upload"), {"file": file(data)})


DOORS = [
    through_the_form,
    through_a_replacement,
    through_the_library,
    through_the_editor_a_drop_or_a_paste,
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "kind", ["svg", "html", "png of 60,000 by 60,000", "gif of 2,000 frames", "png with many texts"]
)
def test_no_door_lets_a_hostile_file_in_and_each_says_why(admin_client, media_folder, door, kind):
    data, sentence = refused()[kind]

    answer = door(admin_client, data)

    said = answer.json()["error"] if answer["Content-Type"] == "application/json" else answer.content.decode()
    assert answer.status_code in (200, 400)
    assert sentence in said
    assert not list(media_folder.iterdir())


@pytest.mark.parametrize("door", DOORS)
def test_every_door_lets_a_picture_in(admin_client, admin_user, door):
    assert door(admin_client, None).status_code in (200, 201, 302)

    stored = Picture.objects.get()
    assert stored.width == 500
    assert default_storage.exists(f"pictures/{stored.token}/480.avif")


@pytest.mark.parametrize("door", [reverse(UPLOAD), reverse("editor:upload"), reverse(ADD)])
def test_a_thousand_and_one_parts_are_refused_with_words(admin_client, door):
    parts = {f"file{number}": SimpleUploadedFile("a.png", b"x") for number in range(1001)}

    answer = admin_client.post(door, parts)

    assert answer.status_code == 400
    assert "at most ten files" in answer.content.decode() or "takes ten files" in answer.content.decode()


def test_several_files_at_once_get_an_answer_each(admin_client, admin_user):
    files = [file(name="<b>one.png"), file(b"<svg>", name="<i>two.png"), file(name="three.png")]

    page = admin_client.post(reverse(UPLOAD), {"file": files}, follow=True).content.decode()

    assert Picture.objects.filter(uploaded_by=admin_user).count() == 2
    assert "“&lt;i&gt;two.png”: Only JPEG, PNG, WebP and GIF pictures can be used." in page
    assert "“three.png” is in the library. Now say what it shows." in page
    assert "<b>one" not in page


def test_an_upload_without_a_file_says_so(admin_client):
    page = admin_client.post(reverse(UPLOAD), follow=True).content.decode()

    assert "No file arrived." in page


def test_only_those_who_may_add_pictures_upload(client):
    client.force_login(UserFactory())

    assert client.post(reverse(UPLOAD), {"file": [file()]}).status_code == 403
    assert not Picture.objects.exists()


# --- The list -------------------------------------------------------------


def test_the_list_says_what_each_picture_is_and_how_often_it_is_used(admin_client):
    bridge = picture(title="Bridge.png", alt="A bridge")
    picture(title="Wave", is_decorative=True)
    ArticleFactory(body=figure(bridge), cover=bridge)

    html = admin_client.get(reverse(LIST)).content.decode()

    assert "A bridge" in html
    assert "Used in 2 places" in html
    assert "Used nowhere" in html
    assert "Decorative" in html
    assert "Not described yet</strong>" not in html


def test_ten_pictures_cost_what_two_cost(admin_client, count_queries):
    def queries(count):
        for _ in range(count):
            ArticleFactory(body=figure(picture(uploaded_by=UserFactory())))
        return count_queries(admin_client, reverse(LIST))

    assert queries(2) == queries(8)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("use=used", {"Described"}),
        ("use=unused", {"Bare", "Wave"}),
        ("description=missing", {"Bare"}),
        ("description=decorative", {"Wave"}),
        ("description=described", {"Described"}),
        ("q=bridge", {"Described"}),
        ("use=nonsense&description=nonsense", {"Described", "Bare", "Wave"}),
    ],
)
def test_the_list_is_narrowed_by_use_description_and_words(admin_client, query, found):
    ArticleFactory(cover=picture(title="Described", alt="A bridge"))
    picture(title="Bare")
    picture(title="Wave", is_decorative=True)

    shown = admin_client.get(f"{reverse(LIST)}?{query}").context["cl"].result_list

    assert {one.title for one in shown} == found


def test_the_list_is_narrowed_by_who_uploaded(admin_client):
    person = UserFactory()
    picture(title="Theirs", uploaded_by=person)
    picture(title="Nobody's")

    shown = admin_client.get(f"{reverse(LIST)}?uploaded_by__id__exact={person.pk}").context["cl"].result_list

    assert [one.title for one in shown] == ["Theirs"]


# --- One picture ----------------------------------------------------------


def test_the_form_names_every_place_with_a_way_there(admin_client):
    bridge = picture()
    article = DraftFactory(title="<Trails>", body=figure(bridge))
    author = AuthorFactory(name="The desk", photo=bridge)

    html = admin_client.get(change(bridge)).content.decode()

    assert f'<a href="/admin/blog/article/{article.pk}/change/">&lt;Trails&gt;</a> in its text' in html
    assert f'<a href="/admin/blog/author/{author.pk}/change/">The desk</a> as the photograph' in html


def test_another_file_takes_the_place_of_the_first_and_what_is_said_stays(admin_client):
    through_the_form(admin_client, None)
    before = Picture.objects.get()

    admin_client.post(change(before), SAID | {"file": file(image_file((16, 4)).getvalue()), "title": "Other"})

    after = Picture.objects.get()
    assert (after.pk, after.title, after.width, after.uploaded_by) == (
        before.pk,
        "Other",
        16,
        before.uploaded_by,
    )
    assert after.token != before.token


def test_a_description_changes_without_touching_the_files(admin_client):
    through_the_form(admin_client, None)
    before = Picture.objects.get()

    admin_client.post(change(before), SAID | {"alt": "A bridge", "focus_x": 20})

    after = Picture.objects.get()
    assert (after.alt, after.focus_x, after.token) == ("A bridge", 20, before.token)


def test_a_picture_in_use_is_not_deleted_and_the_places_are_named(admin_client):
    bridge = picture()
    trails = ArticleFactory(title="Trails", body=figure(bridge))
    DraftFactory(title="Bridges", cover=bridge)
    delete = reverse("admin:blog_picture_delete", args=[bridge.pk])
    sent = {"action": "delete_selected", "_selected_action": [bridge.pk]}

    for page in (
        admin_client.get(delete),
        admin_client.post(delete, {"post": "yes"}),
        admin_client.post(reverse(LIST), sent),
        admin_client.post(reverse(LIST), sent | {"post": "yes"}),
    ):
        html = page.content.decode()
        assert "A picture cannot go while something uses it" in html
        assert f'Article <a href="/admin/blog/article/{trails.pk}/change/">Trails</a> in its text' in html
        assert ">Bridges</a> as its cover" in html
    assert Picture.objects.exists()


def test_a_picture_that_nothing_uses_can_be_deleted(admin_client):
    through_the_form(admin_client, None)

    admin_client.post(reverse("admin:blog_picture_delete", args=[Picture.objects.get().pk]), {"post": "yes"})

    assert not Picture.objects.exists()


# --- Who may --------------------------------------------------------------


def test_a_writer_describes_what_they_uploaded_until_something_shows_it(writer):
    own = picture(uploaded_by=writer.person)

    assert writer.post(change(own), SAID).status_code == 302
    own.refresh_from_db()
    assert own.alt == "A skyline"

    ArticleFactory(cover=own)
    assert writer.post(change(own), SAID | {"alt": "Other"}).status_code == 403
    page = writer.get(change(own)).content.decode()
    assert 'name="file"' not in page
    assert 'name="alt"' not in page


@pytest.mark.parametrize("owner", [None, "someone else"])
def test_a_writer_changes_no_picture_of_others(writer, owner):
    theirs = picture(uploaded_by=UserFactory() if owner else None)

    assert writer.post(change(theirs), SAID | {"file": file()}).status_code == 403
    theirs.refresh_from_db()
    assert theirs.alt == ""


# --- Covers ---------------------------------------------------------------


@pytest.fixture
def with_cover(admin_client):
    """Posts the form of an article with this cover; answers what was wrong with the cover's description."""

    def post(cover, cover_alt="", article=None):
        data = {
            "title": "T", "slug": "", "summary": "", "body": "", "category": CategoryFactory().pk,
            "cover": cover.pk, "cover_alt": cover_alt, "hashtags": "", "canonical_url": "",
            "seo_title": "", "seo_description": "", "published_at": "", "expires_at": "",
            "bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0,
        }  # fmt: skip
        answer = admin_client.post(reverse("admin:blog_article_add"), data)
        return (
            answer.context["adminform"].form.errors.get("cover_alt", []) if answer.status_code == 200 else []
        )

    return post


def test_a_cover_is_described_here_or_in_the_library_or_decorates(with_cover):
    bare = picture()

    assert "Say what the picture shows." in with_cover(bare)[0]
    assert "name of a file" in with_cover(bare, "cover_1.png")[0]
    assert with_cover(bare, "A bridge") == []
    assert with_cover(picture(alt="A bridge")) == []
    assert with_cover(picture(is_decorative=True)) == []
