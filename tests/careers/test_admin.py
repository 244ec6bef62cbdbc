from html import unescape

import pytest
from django.apps import apps
from django.test import TestCase
from django.urls import reverse

from careers.models import Credential, ExamVersion, Provider, Recommendation, Role, RoleSkill, Skill, Status
from careers.transfer import load
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
EDITABLE = ["role", "skill", "technology", "dimension", "provider", "source", "credential", "examversion"]


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def change_list(name):
    return reverse(f"admin:careers_{name}_changelist")


def change(row):
    return reverse(f"admin:careers_{row._meta.model_name}_change", args=[row.pk])


def filled(form) -> dict[str, object]:
    """What a browser would send back for a bound or unbound form, unchanged."""
    values = {}
    for field in form:
        value = field.value()
        if value is None or value is False:
            continue
        values[field.html_name] = list(value) if isinstance(value, list | tuple) else value
    return values


def posted(response) -> dict[str, object]:
    """Everything on a change form, as a browser would send it back."""
    data = filled(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        data |= filled(inline.formset.management_form)
        for form in inline.formset.initial_forms:
            data |= filled(form)
    return data


# --- Every page opens, on the whole catalogue -------------------------------


class OnTheWholeCatalogue(TestCase):
    @classmethod
    def setUpTestData(cls):
        load()
        cls.person = UserFactory(is_superuser=True)

    def setUp(self):
        self.client.force_login(self.person)

    def save_unchanged(self, row):
        response = self.client.post(change(row), posted(self.client.get(change(row))))
        assert response.status_code == 302, response.context["errors"]

    def test_every_kind_of_fact_can_be_listed_found_added_and_changed(self):
        for name in EDITABLE:
            row = apps.get_model("careers", name).objects.first()
            for address in (
                change_list(name),
                f"{change_list(name)}?q=aws",
                reverse(f"admin:careers_{name}_add"),
                change(row),
                reverse(f"admin:careers_{name}_history", args=[row.pk]),
                reverse(f"admin:careers_{name}_delete", args=[row.pk]),
            ):
                assert self.client.get(address).status_code == 200, address

    def test_a_chooser_is_never_a_list_of_all(self):
        elsewhere = Credential.objects.get(slug="cka").name

        page = self.client.get(change(Role.objects.get(slug="data-engineer")))

        self.assertNotContains(page, elsewhere)
        self.assertContains(page, "Databricks Certified Data Engineer Associate")

    def test_saving_a_role_unchanged_changes_nothing(self):
        role = Role.objects.get(slug="generative-ai-engineer")
        before = list(role.role_skills.values_list("pk", "importance", "level"))

        self.save_unchanged(role)

        assert list(role.role_skills.values_list("pk", "importance", "level")) == before

    def test_saving_an_exam_unchanged_changes_nothing(self):
        kept = ("languages", "minutes", "channels", "window_to")
        for code in ("MLA-C01", "MLA-C02", "SY0-701", "AB-620"):
            version = ExamVersion.objects.get(exam_code=code)
            before = list(version.deliveries.values(*kept))

            self.save_unchanged(version)

            assert list(version.deliveries.values(*kept)) == before, code


@pytest.mark.parametrize("name", ["role", "skill", "provider", "credential", "examversion"])
def test_a_list_of_ten_costs_what_a_list_of_two_costs(desk, make_catalogue, count_queries, name):
    make_catalogue(2)
    two = count_queries(desk, change_list(name))

    make_catalogue(10)

    assert count_queries(desk, change_list(name)) == two


def test_a_role_with_ten_skills_costs_what_one_with_two_costs(desk, count_queries):
    costs = []
    for count in (2, 10):
        role = RoleFactory()
        for order in range(count):
            RoleSkill.objects.create(role=role, skill=SkillFactory(), importance=3, level=3)
            Recommendation.objects.create(
                role=role, credential=CredentialFactory(), tier="core", reason="It fits.", order=order
            )
        costs.append(count_queries(desk, change(role)))

    assert costs[0] == costs[1]


def test_a_credential_with_ten_exams_costs_what_one_with_two_costs(desk, count_queries):
    costs = []
    for count in (2, 10):
        credential = CredentialFactory()
        for _ in range(count):
            ExamVersionFactory(credential=credential)
            Recommendation.objects.create(
                role=RoleFactory(), credential=credential, tier="core", reason="It fits."
            )
        costs.append(count_queries(desk, change(credential)))

    assert costs[0] == costs[1]


# --- Editing ----------------------------------------------------------------


def test_other_names_are_typed_one_a_line(desk):
    skill = SkillFactory(aliases=["one"])
    data = posted(desk.get(change(skill)))
    assert data["aliases"] == "one"

    desk.post(change(skill), {**data, "aliases": "one\r\n two \r\n\r\n"})

    assert Skill.objects.get(pk=skill.pk).aliases == ["one", "two"]


def test_an_exam_without_its_certification_is_a_message(desk):
    address = reverse("admin:careers_examversion_add")

    response = desk.post(address, {**posted(desk.get(address)), "exam_code": "AB-1"})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["credential"]


def test_an_exam_code_taken_by_the_same_provider_is_a_message(desk):
    taken = ExamVersionFactory(exam_code="AB-1")
    other = ExamVersionFactory(credential__provider=taken.credential.provider)

    response = desk.post(change(other), {**posted(desk.get(change(other))), "exam_code": "ab-1"})

    assert "This provider already has an exam with this code." in unescape(response.content.decode())


def test_two_providers_may_use_the_same_exam_code():
    ExamVersionFactory(exam_code="DEA-C01")

    assert ExamVersionFactory(exam_code="DEA-C01").pk


def test_the_same_exam_code_typed_twice_is_a_message(desk):
    credential = CredentialFactory()
    data = posted(desk.get(change(credential)))
    rows = {"versions-TOTAL_FORMS": 2}
    for number, code in enumerate(["AB-1", "ab-1"]):
        rows |= {f"versions-{number}-exam_code": code, f"versions-{number}-status": "active"}

    response = desk.post(change(credential), {**data, **rows})

    assert "This is entered twice." in unescape(response.content.decode())
    assert not ExamVersion.objects.exists()


def test_the_same_skill_chosen_twice_is_a_message(desk):
    role, skill = RoleFactory(), SkillFactory()
    data = posted(desk.get(change(role)))
    rows = {"role_skills-TOTAL_FORMS": 2}
    for number in range(2):
        values = {"skill": skill.pk, "relation": "essential", "importance": 3, "level": 3}
        rows |= {f"role_skills-{number}-{name}": value for name, value in values.items()}

    response = desk.post(change(role), {**data, **rows})

    assert response.status_code == 200
    assert not RoleSkill.objects.exists()


def test_the_same_title_typed_twice_is_a_message(desk):
    role = RoleFactory()
    data = posted(desk.get(change(role)))
    rows = {"titles-TOTAL_FORMS": 2}
    for number, title in enumerate(["ML Engineer", "ml engineer"]):
        rows |= {f"titles-{number}-title": title, f"titles-{number}-kind": "alternate"}

    response = desk.post(change(role), {**data, **rows})

    assert "This is entered twice." in unescape(response.content.decode())


def test_a_role_cannot_be_named_like_a_comparison(desk):
    role = RoleFactory()

    response = desk.post(change(role), {**posted(desk.get(change(role))), "slug": "a-vs-b"})

    assert "cannot contain “-vs-”" in unescape(response.content.decode())


def test_an_address_typed_without_its_scheme_becomes_a_safe_one(desk):
    provider = ProviderFactory()

    desk.post(change(provider), {**posted(desk.get(change(provider))), "site_url": "example.org"})

    assert Provider.objects.get().site_url == "https://example.org"


def test_a_draft_has_no_way_to_the_site(desk):
    draft, shown = RoleFactory(status=Status.DRAFT), RoleFactory()

    assert "viewsitelink" not in desk.get(change(draft)).content.decode()
    assert f'href="{shown.get_absolute_url()}"' in desk.get(change(shown)).content.decode()


def test_credentials_can_be_filtered_by_the_state_of_their_exams(desk):
    ExamVersionFactory(credential__name="Young", status="beta")
    ExamVersionFactory(credential__name="Old", status="retired")

    page = desk.get(f"{change_list('credential')}?exam=beta").content.decode()

    assert "Young" in page
    assert ">Old<" not in page


def test_a_credential_is_found_by_its_exam_code(desk):
    ExamVersionFactory(credential__name="Young", exam_code="AIP-C01")
    ExamVersionFactory(credential__name="Old")

    page = desk.get(f"{change_list('credential')}?q=aip-c01").content.decode()

    assert "Young" in page
    assert ">Old<" not in page


def test_a_credential_in_use_is_not_deleted_with_a_click(desk):
    recommended = CredentialFactory()
    Recommendation.objects.create(role=RoleFactory(), credential=recommended, tier="core", reason="It fits.")

    desk.post(reverse("admin:careers_credential_delete", args=[recommended.pk]), {"post": "yes"})

    assert Credential.objects.filter(pk=recommended.pk).exists()
