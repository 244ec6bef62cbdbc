import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from blog.forms import AddressField, ArticleForm, HashtagField, HashtagForm, ListingForm
from blog.models import Category, Hashtag
from tests.factories import CategoryFactory, DraftFactory


def test_the_hashtag_field_reads_names():
    assert HashtagField(required=False).clean("#Java #Python, Machine Learning") == [
        "Java",
        "Python",
        "Machine Learning",
    ]
    assert HashtagField(required=False).clean(None) == []


@pytest.mark.parametrize("typed", ["🚀", "x" * 61, "x," * 2000, "Java, ..."])
def test_the_hashtag_field_refuses_what_cannot_be(typed):
    with pytest.raises(ValidationError):
        HashtagField().clean(typed)


@pytest.mark.django_db
def test_the_hashtag_field_knows_whether_anything_changed():
    hashtags = [Hashtag.objects.create(name="Java"), Hashtag.objects.create(name="C#")]
    field = HashtagField(required=False)

    assert not field.has_changed(hashtags, "Java, C#")
    assert not field.has_changed([], "")
    assert field.has_changed(hashtags, "Java")
    assert field.has_changed(hashtags, "Java, 🚀")


@pytest.mark.django_db
def test_an_article_needs_a_title_and_a_category_only():
    form = ArticleForm({"title": "A title", "category": CategoryFactory().pk})

    assert form.is_valid(), form.errors
    assert set(ArticleForm({}).errors) == {"title", "category"}


@pytest.mark.django_db
def test_a_title_has_single_spaces():
    form = ArticleForm({"title": " A  tired\u00a0 title ", "category": CategoryFactory().pk})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["title"] == "A tired title"


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["feed", "page", "search"])
def test_an_address_the_site_needs_itself_is_refused(slug):
    form = ArticleForm({"title": "A title", "category": CategoryFactory().pk, "slug": slug})

    assert "needs the address" in form.errors["slug"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", ""),
        ("ready-made_1", "ready-made_1"),
        ("UPPER-Case", "upper-case"),
        ("Größe & Mut", "grosse-and-mut"),
    ],
)
def test_what_people_type_as_an_address_becomes_one(typed, address):
    form = ArticleForm({"title": "T", "category": CategoryFactory().pk, "slug": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == address


def test_an_address_without_a_letter_is_refused():
    with pytest.raises(ValidationError, match="needs letters or digits"):
        AddressField().clean("🚀")


@pytest.mark.django_db
def test_a_taken_address_is_told_in_words_for_articles_and_categories():
    taken = DraftFactory()
    article = ArticleForm({"title": "T", "category": taken.category_id, "slug": taken.slug})
    listing = modelform_factory(Category, ListingForm, fields=["name", "slug"])

    for form in (article, listing({"name": "Other", "slug": taken.category.slug})):
        assert form.errors["slug"] == [
            "Another page has this address already. Please choose a different one."
        ]


@pytest.mark.django_db
def test_a_title_too_long_is_counted_and_never_cut_by_the_browser():
    form = ArticleForm({"title": "x" * 230, "category": CategoryFactory().pk})

    assert "200 characters (it has 230)" in form.errors["title"][0]
    assert "maxlength" not in str(form["title"])


@pytest.mark.django_db
def test_a_line_loses_the_control_characters_that_came_with_a_paste():
    lines = {"title": "A\0 tit\x07le", "seo_title": "S\x1f", "note": "\0N"}
    form = ArticleForm({"category": CategoryFactory().pk, **lines})

    assert form.is_valid()
    assert [form.cleaned_data[name] for name in lines] == ["A title", "S", "N"]
    assert "title" in ArticleForm({"title": "\0"}).errors


@pytest.mark.django_db
def test_a_canonical_address_without_a_scheme_is_completed_with_https():
    form = ArticleForm({"title": "T", "category": CategoryFactory().pk, "canonical_url": "example.org/a"})

    assert form.is_valid()
    assert form.cleaned_data["canonical_url"] == "https://example.org/a"


@pytest.mark.django_db
def test_who_presses_publish_on_something_that_has_expired_is_told():
    draft = DraftFactory()
    sent = {"title": "T", "category": draft.category_id, "expires_at": "2020-01-01T00:00", "_publish": "1"}

    assert "expires_at" in ArticleForm(sent, instance=draft).errors
    del sent["_publish"]
    assert ArticleForm(sent, instance=draft).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["🚀", "...", "python"])
def test_a_hashtag_form_refuses_what_cannot_be_or_is_there(name):
    Hashtag.objects.create(name="Python")

    assert HashtagForm({"name": name}).errors["name"]
