import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from blog.models.paths import path_of


@pytest.fixture
def below_a_folder():
    set_script_prefix("/guides/")
    yield
    set_script_prefix("/")


def test_the_path_is_what_the_table_of_addresses_has():
    assert path_of("blog:tag-detail", "c-sharp") == reverse("blog:tag-detail", args=["c-sharp"])


def test_it_follows_the_folder_that_the_site_is_put_in(request):
    at_the_top = path_of("blog:tag-detail", "ai")
    request.getfixturevalue("below_a_folder")

    assert path_of("blog:tag-detail", "ai") == f"/guides{at_the_top}"


def test_what_has_no_address_has_none():
    with pytest.raises(NoReverseMatch):
        path_of("blog:tag-detail", "a/b")
