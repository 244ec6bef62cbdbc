"""The tag ``url`` says what Django's says, and looks up once what is always the same."""

import pytest
from django.template import Context, Template, defaulttags
from django.test import override_settings
from django.urls import NoReverseMatch, path, set_script_prefix

from website.templatetags import fixed_addresses

urlpatterns = [path("elsewhere/", lambda request: None, name="search")]


@pytest.fixture(autouse=True)
def nothing_known():
    fixed_addresses.looked_up.cache_clear()


def shown(text, **values):
    return Template(text).render(Context(values))


def as_django_has_it(text, monkeypatch, **values):
    with monkeypatch.context() as patch:
        patch.setattr(fixed_addresses, "Fixed", defaulttags.URLNode)
        return shown(text, **values)


@pytest.mark.parametrize(
    "text",
    [
        "{% url 'blog:home' %}",
        '{% url "search" %}?q=1',
        "{% url 'search' as there %}[{{ there }}]",
        "{% url 'nowhere' as there %}[{{ there }}]",
        "{% url name %}",
        "{% url 'SEARCH'|lower %}",
        "{% url 'blog:article-detail' 'one' %}",
        "{% url 'blog:article-detail' slug=name %}",
    ],
)
def test_it_says_what_django_says(text, monkeypatch):
    expected = as_django_has_it(text, monkeypatch, name="search")

    assert [shown(text, name="search") for _ in range(2)] == [expected, expected]


def test_a_fixed_address_is_looked_up_once(monkeypatch):
    asked = []
    monkeypatch.setattr(fixed_addresses, "reverse", lambda name: asked.append(name) or f"/{name}/")
    text = "{% url 'blog:home' %} {% url 'blog:home' as home %}{{ home }}"

    assert shown(text) == shown(text) == "/blog:home/ /blog:home/"
    assert asked == ["blog:home"]


def test_an_address_that_does_not_exist_is_an_error_each_time():
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            shown("{% url 'nowhere' %}")


def test_a_site_below_an_address_has_others():
    assert shown("{% url 'search' %}") == "/search/"
    set_script_prefix("/guide/")
    try:
        assert shown("{% url 'search' %}") == "/guide/search/"
    finally:
        set_script_prefix("/")


def test_other_addresses_are_not_mistaken_for_these():
    assert shown("{% url 'search' %}") == "/search/"
    with override_settings(ROOT_URLCONF=__name__):
        assert shown("{% url 'search' %}") == "/elsewhere/"


def test_it_is_escaped_where_all_else_is(monkeypatch):
    monkeypatch.setattr(fixed_addresses, "reverse", lambda name: "/a&b/")

    assert shown("{% url 'search' %}") == "/a&amp;b/"
    assert Template("{% url 'search' %}").render(Context(autoescape=False)) == "/a&b/"
