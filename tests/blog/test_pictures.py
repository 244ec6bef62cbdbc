"""Uploaded pictures: what is kept, and what is gone."""

import threading
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connections
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blog import pictures
from blog.models import Article, Picture, PictureUse
from blog.picture_files import STEPS, all_names, sources, widths
from blog.pictures import make_picture, opened, replace
from blog.templatetags.pictures import described
from tests.factories import ArticleFactory

from .hostile_files import SECRET, image_file, polyglots

STYLES = settings.BASE_DIR / "static" / "css"


def made(file, **given):
    return make_picture(file=file, **{"title": "photo.png", "alt": "", "by": None} | given)


def stored_bytes(picture):
    for name in all_names(picture.token, picture.width):
        with default_storage.open(name) as file:
            yield file.read()


@pytest.mark.django_db
def test_a_picture_is_kept_in_every_width_it_has():
    picture = made(image_file((1300, 650)), title="Skyline.png", alt=" A skyline ")

    assert (picture.width, picture.height, picture.alt) == (1300, 650, "A skyline")
    assert sorted(all_names(picture.token, 1300)) == sorted(
        f"pictures/{picture.token}/{width}.{kind}"
        for width in (480, 800, 1200, 1300)
        for kind in ("avif", "jpg")
    )
    for name in all_names(picture.token, picture.width):
        with default_storage.open(name) as file, Image.open(file) as image:
            assert name.endswith(f"/{image.width}.{ {'JPEG': 'jpg', 'AVIF': 'avif'}[image.format] }")
            assert abs(image.height - image.width / 2) <= 1


@given(st.integers(1, 20_000))
def test_no_file_is_wider_than_the_picture_came_or_than_the_widest_step(width):
    assert max(widths(width)) == min(width, STEPS[-1])
    assert len(widths(width)) <= len(STEPS)


@pytest.mark.parametrize("encoding", ["JPEG", "PNG"])
def test_a_larger_picture_is_kept_as_large_as_it_is_ever_shown(encoding):
    assert opened(image_file((4000, 1000), encoding)).size == (1600, 400)
    assert opened(image_file((500, 5000), encoding)).size == (500, 5000)


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_four_usual_formats_are_taken(encoding):
    assert opened(image_file((20, 10), encoding)).size == (20, 10)


def test_a_file_cut_short_is_refused():
    whole = image_file((600, 400), "JPEG", quality=95).getvalue()

    with pytest.raises(ValidationError, match="damaged"):
        opened(BytesIO(whole[: len(whole) // 2]))


def test_a_picture_taken_sideways_is_stored_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert opened(image_file((40, 20), "JPEG", exif=exif)).size == (20, 40)


def test_transparency_becomes_white_paper():
    assert opened(image_file((2, 2), mode="RGBA", colour=(0, 0, 0, 0))).getpixel((0, 0)) == (255, 255, 255)


def test_sixteen_bit_greys_stay_grey():
    assert opened(image_file((2, 2), mode="I;16", colour=32_768)).getpixel((0, 0)) == (128, 128, 128)


def test_of_an_animation_the_first_frame_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    red, _, blue = opened(BytesIO(out.getvalue())).getpixel((0, 0))
    assert red > 200 > blue


@pytest.mark.django_db
@pytest.mark.parametrize("kind", polyglots())
def test_nothing_but_the_picture_reaches_the_disk(kind):
    stored = list(stored_bytes(made(BytesIO(polyglots()[kind]))))

    assert len(stored) == 2
    hidden = (SECRET, b"script", b"Exif", b"ICC_PROFILE", b"PK\x03\x04", b"MANIFEST")
    assert not [mark for data in stored for mark in hidden if mark in data]
    assert all(data.startswith(b"\xff\xd8\xff") or data[4:12] == b"ftypavif" for data in stored)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title", ["../../x.png", "CON", "a\x00b", "\u202egnp.exe", "x" * 300 + ".png", "", "😀"]
)
def test_no_name_reaches_the_disk(title):
    picture = made(image_file((4, 4)), title=title)

    assert default_storage.exists(f"pictures/{picture.token}/4.jpg")
    assert picture.title
    assert len(picture.title) <= 200
    assert picture.title.isprintable()


@pytest.mark.django_db(transaction=True)
def test_the_same_name_uploaded_twenty_times_at_once_is_twenty_pictures():
    faults, together = [], threading.Barrier(20, timeout=30)

    def upload():
        try:
            together.wait()
            made(image_file((8, 4)), title="photo.png")
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    uploads = [threading.Thread(target=upload) for _ in range(20)]
    for one in uploads:
        one.start()
    for one in uploads:
        one.join()

    assert faults == []
    names = [name for picture in Picture.objects.all() for name in all_names(picture.token, 8)]
    assert len(set(names)) == 40
    assert all(default_storage.exists(name) for name in names)


@pytest.mark.django_db
def test_a_picture_that_cannot_be_recorded_leaves_no_files(monkeypatch):
    seen = []

    def refuse(picture):
        seen.append(picture)
        raise RuntimeError("the database is away")

    monkeypatch.setattr(Picture, "save", refuse)

    with pytest.raises(RuntimeError):
        made(image_file((4, 4)))
    assert not any(default_storage.exists(name) for name in all_names(seen[0].token, 4))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "delete", [Picture.delete, lambda picture: Picture.objects.filter(pk=picture.pk).delete()]
)
def test_deleting_a_picture_removes_its_files_once_that_is_certain(
    delete, django_capture_on_commit_callbacks
):
    picture = made(image_file((4, 4)))
    names = all_names(picture.token, 4)

    with django_capture_on_commit_callbacks() as callbacks:
        delete(picture)
    assert all(default_storage.exists(name) for name in names)
    for callback in callbacks:
        callback()

    assert not any(default_storage.exists(name) for name in names)


@pytest.mark.django_db
def test_deleting_a_picture_leaves_no_folder_and_removes_what_older_versions_wrote(
    media_folder, django_capture_on_commit_callbacks
):
    picture = made(image_file((4, 4)))
    (media_folder / "pictures" / picture.token / "6000.jpg").write_bytes(b"the full width of former times")

    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()

    assert list((media_folder / "pictures").iterdir()) == []


# --- Another file for a picture ----------------------------------------------


@pytest.fixture
def shown_twice():
    """A picture and two articles that show it, one of them a draft that nobody has brought forward."""
    picture = made(image_file((900, 600)), alt="Old")
    image = f'<img src="/media/pictures/{picture.token}/900.jpg" alt="A &amp; b" width="900" height="600">'
    figure = f'<figure data-picture="{picture.token}">{image}<figcaption>Said of it</figcaption></figure>'
    return picture, [ArticleFactory(body=f"<p>Before</p>{figure}<p>After</p>") for _ in range(2)]


def another(picture, size=(500, 400)):
    replace(picture, opened(image_file(size, colour="red")))


@pytest.mark.django_db
def test_another_file_is_shown_wherever_the_picture_was(shown_twice, django_capture_on_commit_callbacks):
    picture, articles = shown_twice
    before = picture.token

    with django_capture_on_commit_callbacks(execute=True):
        another(picture)

    picture.refresh_from_db()
    assert (picture.width, picture.height, picture.alt) == (500, 400, "Old")
    assert picture.token != before
    for article in articles:
        was = article.modified_at
        article.refresh_from_db()
        assert (
            f'<figure data-picture="{picture.token}"><img src="/media/pictures/{picture.token}/500.jpg"'
            in article.body
        )
        assert 'alt="A &amp; b" width="500" height="400"><figcaption>Said of it</figcaption>' in article.body
        assert f"{picture.token}/480.avif 480w" in article.body_html
        assert before not in article.body + article.body_html
        assert article.modified_at == was
    assert all(default_storage.exists(name) for name in all_names(picture.token, 500))
    assert not any(default_storage.exists(name) for name in all_names(before, 900))


@pytest.mark.django_db
def test_the_old_files_stay_until_the_new_ones_are_certain(shown_twice, django_capture_on_commit_callbacks):
    picture, _ = shown_twice
    before = picture.token

    with django_capture_on_commit_callbacks():
        another(picture)

    assert all(default_storage.exists(name) for name in all_names(before, 900))


@pytest.mark.django_db
def test_a_replacement_that_fails_leaves_everything_as_it_was(shown_twice, monkeypatch, media_folder):
    picture, (article, _) = shown_twice
    before = picture.token

    def fail(*given):
        raise RuntimeError("half way")

    monkeypatch.setattr(pictures, "_show_anew", fail)
    with pytest.raises(RuntimeError):
        another(picture)

    picture.refresh_from_db()
    article.refresh_from_db()
    assert picture.token == before
    assert before in article.body
    assert [folder.name for folder in (media_folder / "pictures").iterdir()] == [before]


@pytest.mark.django_db
def test_a_text_written_before_the_replacement_and_saved_after_it_shows_the_new_file(shown_twice):
    picture, (article, _) = shown_twice
    for size in ((500, 400), (300, 200)):
        another(picture, size)

    article.save()  # with the body of before

    assert f'src="/media/pictures/{picture.token}/300.jpg"' in article.body
    assert 'width="300" height="200"' in article.body_html
    assert PictureUse.objects.get(article=article).picture_id == picture.pk


@pytest.mark.django_db
def test_replacing_costs_two_queries_for_each_text_that_changes_and_no_more(
    shown_twice, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8 + 2 * Article.objects.count()):
        another(shown_twice[0])


# --- Addresses ---------------------------------------------------------------


def test_addresses_from_elsewhere_have_no_files_here():
    assert sources("https://elsewhere.example/pictures/x.jpg", 800) is None
    assert sources("/media/other/800.jpg", 800) is None


# --- In templates -----------------------------------------------------------


def shown(**context):
    template = "{% load pictures %}{% picture it alt=alt sizes='50vw' high=high %}"
    return Template(template).render(Context({"alt": "", "high": False} | context))


def test_a_picture_in_a_template_keeps_its_place_and_loads_late():
    html = shown(it=Picture(token="f" * 32, width=900, height=600), alt='A "b" <c>')

    assert f'<img src="/media/pictures/{"f" * 32}/800.jpg"' in html
    assert 'alt="A &quot;b&quot; &lt;c&gt;" width="900" height="600" loading="lazy"' in html
    assert f'/media/pictures/{"f" * 32}/900.avif 900w" sizes="50vw"' in html


def test_the_picture_a_page_shows_first_loads_first():
    html = shown(it=Picture(token="f" * 32, width=900, height=600), high=True)

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_no_picture_is_nothing():
    assert shown(it=None).strip() == ""


@pytest.mark.parametrize(
    ("x", "y", "classes"),
    [(50, 50, ""), (54, 46, ""), (0, 100, "focus-x-0 focus-y-10"), (33, 50, "focus-x-3 focus-y-5")],
)
def test_a_crop_keeps_the_focus_in_sight_by_classes_the_style_sheet_knows(x, y, classes):
    html = shown(it=Picture(token="f" * 32, width=900, height=600, focus_x=x, focus_y=y))

    assert (f' class="{classes}"' in html) if classes else ("class" not in html)
    rules = (STYLES / "covers.css").read_text()
    assert all(f".{name} {{" in rules or name.endswith("-5") for name in classes.split())


@pytest.mark.parametrize(("here", "said"), [("Here", "Here"), ("", "In the library")])
def test_what_is_said_in_a_place_comes_before_what_the_library_says(here, said):
    assert described(Picture(alt="In the library"), here) == said
    assert described(None, "") == ""
