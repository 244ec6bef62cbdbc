import pytest

from website.nearest import Addresses

KNOWN = [
    "/blog/python-certifications/",
    "/blog/becoming-a-data-engineer/",
    "/careers/roles/data-engineer/",
    "/careers/roles/ml-engineer/",
    "/category/python/",
]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/blog/python-certification/", "/blog/python-certifications/"),
        ("/python-certifications/", "/blog/python-certifications/"),
        ("/careers/roles/data-engineers/", "/careers/roles/data-engineer/"),
        ("/roles/data-engineer", "/careers/roles/data-engineer/"),
        ("/blog/pythno-certifications/", "/blog/python-certifications/"),
        ("/blog/something-else-entirely/", None),
        ("/", None),
        ("/🚀/", None),
    ],
)
def test_the_nearest_address_is_offered_or_none(asked, meant):
    assert Addresses(KNOWN).nearest(asked) == meant


def test_of_two_alike_the_one_in_the_same_section_comes_first():
    known = Addresses(["/category/python/", "/tag/python/"])

    assert known.nearest("/tag/pythons/") == "/tag/python/"
    assert known.nearest("/category/pythons/") == "/category/python/"


def test_without_any_page_nothing_is_offered():
    assert Addresses([]).nearest("/blog/a/") is None
