"""The body's field in the admin: what it accepts, what it keeps, what its page loads."""

import json

import pytest
from django import forms
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from django.utils.html import escape

from blog.body_field import MODULES, BodyEditor, BodyField, NonceMediaMixin
from blog.models import Article, Picture

TOKEN = "0123456789abcdef" * 2


class BodyForm(forms.Form):
    body = BodyField()


@pytest.fixture
def skyline(db):
    return Picture.objects.create(title="Skyline", token=TOKEN, width=900, height=600)


def image(alt=' alt="A"', token=TOKEN):
    return f'<img src="/media/pictures/{token}/800.jpg"{alt}>'


def problems(html):
    with pytest.raises(ValidationError) as refused:
        BodyField().clean(html)
    return refused.value.messages


@pytest.mark.django_db
def test_the_canonical_form_is_kept():
    assert BodyField().clean("<p>a</p><h1>b</h1>") == "<p>a</p>\n<h2>b</h2>"


@pytest.mark.django_db
def test_nothing_written_is_nothing_kept():
    assert BodyField().clean("<p></p>") == ""
    assert BodyField().clean(None) == ""


@pytest.mark.parametrize(
    ("alt", "kept"),
    [(' alt="A &quot;b&quot;"', 'alt="A &quot;b&quot;"'), (' alt=""', 'alt=""'), (" alt", 'alt=""')],
)
def test_a_picture_with_its_text_or_marked_as_decoration_is_kept_as_the_library_knows_it(skyline, alt, kept):
    assert BodyField().clean(image(alt)) == (
        f'<figure data-picture="{TOKEN}"><img src="/media/pictures/{TOKEN}/800.jpg" {kept} '
        'width="900" height="600"></figure>'
    )


def test_a_picture_without_a_text_is_named(skyline):
    html = f"{image()}<figure>{image('')}<figcaption>Our town</figcaption></figure>"

    assert problems(html) == [
        "Picture 2 (“Our town”) needs a text for those who cannot see it, or mark it decorative."
    ]


def test_a_picture_without_a_text_is_found_wherever_it_stands(skyline):
    table = f"<table><tr><td><ul><li>a{image('')}</li></ul></td></tr></table>"

    assert problems(table)[0].startswith("Picture 1 needs a text")


@pytest.mark.django_db
def test_a_picture_no_longer_in_the_library_is_named():
    assert problems(image()) == ["Picture 1 is no longer in the library. Please remove it or choose another."]


@pytest.mark.django_db
@pytest.mark.parametrize("src", ["https://x.org/a.png", "data:image/png;base64,AAAA", "file:///c:/a.png", ""])
def test_a_picture_from_elsewhere_is_named_and_not_lost_silently(src):
    assert problems(f'<p>a</p><img src="{src}" alt="Our &lt;town">') == [
        "A picture “Our <town” lies on another site. Please upload it with the picture button."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("html", ["<blockquote>" * 300, "x" * 1_000_001], ids=["deep", "long"])
def test_what_nobody_writes_is_refused_in_a_sentence(html):
    (problem,) = problems(html)

    assert problem.startswith("The text is")


@pytest.mark.django_db
def test_a_null_character_is_refused_in_a_sentence():
    assert problems("a\0b") == ["Null characters are not allowed."]


def test_another_spelling_of_the_same_text_is_no_change():
    field = BodyField()

    assert not field.has_changed("<ul>\n<li>a</li>\n</ul>", "<ul><li><p>a</p></li></ul><p></p>")
    assert field.has_changed("<p>a</p>", "<p>b</p>")
    assert not field.has_changed(None, "")
    assert field.has_changed("<p>a</p>", "<div>" * 1000)


@pytest.mark.django_db
def test_queries_do_not_grow_with_pictures(django_assert_num_queries, skyline):
    with django_assert_num_queries(1):
        BodyField().clean(image() * 20)


def test_without_scripts_the_field_is_a_text_area_with_html():
    html = str(BodyForm({"body": "<p>a</p>"})["body"])

    assert html.startswith("<textarea")
    assert escape("<p>a</p>") in html


def test_the_editor_is_told_what_it_may_do_and_whom_to_ask():
    attributes = BodyEditor().get_context("body", "", {})["widget"]["attrs"]
    config = json.loads(attributes["data-django-prose-editor-configurable"])

    assert config["extensions"]["Heading"] == {"levels": [2, 3, 4]}
    assert "NoSpellCheck" not in config["extensions"]
    assert config["extensions"]["LiveBlock"]["preview"] == reverse("editor:block")
    assert ["python", "Python"] in config["extensions"]["CodeBlock"]["languages"]
    assert config["js_modules"] == ["waymark/editor/extensions"]


def test_the_page_of_a_form_loads_inline_code_by_its_nonce_only():
    class Parent:
        def render_change_form(self, request, context):
            return context

    class WithNonce(NonceMediaMixin, Parent):
        pass

    request = RequestFactory().get("/")
    request.csp_nonce = "n0nce"
    context = WithNonce().render_change_form(request, {"media": forms.Media(js=["a.js"]) + BodyForm().media})

    html = str(context["media"])
    assert '<script type="importmap" nonce="n0nce">' in html or 'nonce="n0nce" type="importmap"' in html
    assert "waymark/editor/live-block" in html


def test_every_module_of_the_editor_is_there():
    assert all(finders.find(f"blog/editor/{name}.js") for name in MODULES)


def test_the_article_is_written_in_the_body_editor(rf, admin_user):
    article_admin = admin.site._registry[Article]
    request = rf.get("/")
    request.user = admin_user

    assert isinstance(article_admin, NonceMediaMixin)
    assert isinstance(article_admin.get_form(request).base_fields["body"].widget, BodyEditor)
