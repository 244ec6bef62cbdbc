import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.factories import CredentialFactory, SkillFactory, UserFactory

pytestmark = pytest.mark.django_db
TWINS = "/admin/twins/"


@pytest.fixture
def editor(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="editor"))
    client.force_login(person)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def test_twins_stand_together_with_ways_to_their_forms(editor):
    one, other = SkillFactory(name="Vector search"), SkillFactory(name="Retrieval", aliases=["vector-search"])

    page = text(editor.get(TWINS))

    assert "Skills: 1" in page
    assert "by the name “vector-search”" in page
    for fact in (one, other):
        assert reverse("admin:careers_skill_change", args=[fact.pk]) in page


def test_with_no_twins_the_page_says_so(editor):
    CredentialFactory()

    assert "No two facts share a name." in text(editor.get(TWINS))


def test_the_review_queue_leads_there(editor):
    assert f'href="{TWINS}"' in text(editor.get("/admin/review/"))


def test_who_saves_a_twin_is_told_with_the_way_to_the_other(editor):
    other = SkillFactory(name="Vector search")
    said = {
        "name": "vector–search",
        "slug": "vs",
        "kind": "skill",
        "reuse_level": "cross-sector",
        "status": "published",
    }

    page = text(editor.post("/admin/careers/skill/add/", said, follow=True))

    assert "is here too, by the same name but for its spelling" in page
    assert reverse("admin:careers_skill_change", args=[other.pk]) in page


def test_a_certification_s_form_and_list_say_how_much_is_known(editor):
    credential = CredentialFactory()

    form = text(editor.get(reverse("admin:careers_credential_change", args=[credential.pk])))
    listed = text(editor.get("/admin/careers/credential/"))

    assert "<strong>0 %</strong> is known. Missing: Summary, Official page" in form
    assert 'title="Missing: Summary, Official page' in listed
