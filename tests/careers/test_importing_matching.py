import pytest

from careers.importing.faults import FileFault, RowFault
from careers.importing.matching import Coded, Names, choose, folded_url
from careers.models import Skill
from tests.factories import SkillFactory


def test_a_role_is_filled_from_its_nearest_code():
    found = choose([Coded("a", "1", "close"), Coded("a", "2", "exact"), Coded("a", "3", "related")])

    assert (found.codes, found.refused) == ({"a": "2"}, [])


def test_a_code_that_is_broader_or_only_related_fills_nothing():
    assert (
        choose([Coded("a", "1", "broad"), Coded("b", "2", "related"), Coded("c", "3", "narrow")]).codes == {}
    )


def test_roles_that_share_a_code_are_refused_and_named():
    found = choose([Coded("a", "1"), Coded("b", "1"), Coded("c", "2")])

    assert found.codes == {"c": "2"}
    assert found.refused[0].reason == "1 is the code of a and b: choose with --role SLUG."


def test_two_codes_as_near_as_each_other_are_refused():
    found = choose([Coded("a", "1", "close"), Coded("a", "2", "close")])

    assert found.codes == {}
    assert "Has 1 and 2, each as near" in found.refused[0].reason


def test_who_asks_for_roles_gets_them_even_where_they_share_a_code():
    coded = [Coded("a", "1"), Coded("b", "1"), Coded("c", "1")]

    assert choose(coded, ["a", "b"]).codes == {"a": "1", "b": "1"}


def test_a_code_can_be_asked_for_with_the_role():
    assert choose([Coded("a", "1", "close"), Coded("a", "2", "close")], ["a=2"]).codes == {"a": "2"}


@pytest.mark.parametrize("asked", ["nobody", "a=9", "", "=", "b"])
def test_a_role_or_code_that_is_not_there_is_told_of(asked):
    with pytest.raises(FileFault):
        choose([Coded("a", "1"), Coded("b", "1", "related")], [asked])


@pytest.mark.parametrize(
    "url",
    [
        "https://learn.microsoft.com/en-us/credentials/x/",
        "https://learn.microsoft.com/credentials/x?WT=1",
        "http://www.learn.microsoft.com/de-de/credentials/x#top",
        "HTTPS://LEARN.microsoft.com/Credentials/X",
    ],
)
def test_one_page_is_one_page_in_every_language(url):
    assert folded_url(url) == "learn.microsoft.com/credentials/x"


@pytest.mark.parametrize("url", ["", "x", "https://", "https://example.org/", "http://[::1", "\0"])
def test_a_bare_site_or_no_address_is_nobodys_page(url):
    assert folded_url(url) == ""


@pytest.mark.django_db
def test_a_skill_is_found_by_any_of_its_names():
    skill = SkillFactory(name="Machine-Learning Basics", aliases=["ML basics"])
    names = Names(Skill)

    assert names.find("machine learning basics") == names.find("ML Basics™") == skill
    assert names.find("cooking") is None


@pytest.mark.django_db
def test_a_name_goes_before_an_alias_and_two_aliases_are_a_question():
    skill = SkillFactory(name="Go")
    SkillFactory(name="One", aliases=["Go", "Shared"])
    SkillFactory(name="Two", aliases=["Shared"])
    names = Names(Skill)

    assert names.find("go") == skill
    with pytest.raises(RowFault, match="may be “One” and “Two”"):
        names.find("shared")


@pytest.mark.django_db
def test_an_address_is_given_once_and_never_one_given_up():
    former = SkillFactory(slug="reading")
    former.slug = "reading-closely"
    former.save()
    names = Names(Skill)

    assert [names.free_slug("Reading"), names.free_slug("Reading"), names.free_slug("日本")] == [
        "reading-2",
        "reading-3",
        "skill",
    ]
