import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blog.slugs import RESERVED as RESERVED_BY_STORIES
from careers.forms import RESERVED, AddressField
from careers.models import Pathway, Provider, Role, Skill, Technology
from tests.factories import UserFactory


def test_stories_and_facts_keep_the_same_words_for_the_site():
    assert RESERVED == RESERVED_BY_STORIES


@pytest.mark.parametrize("typed", ["feed", "Page", "NEW", "search"])
def test_an_address_the_site_needs_itself_is_refused(typed):
    with pytest.raises(ValidationError, match="needs the address"):
        AddressField().clean(typed)


def test_capitals_become_small_letters():
    assert AddressField().clean("Data-Engineer") == "data-engineer"


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Role, Skill, Technology, Provider, Pathway])
def test_the_form_of_every_fact_refuses_them(client, model):
    client.force_login(UserFactory(is_superuser=True))
    address = reverse(f"admin:careers_{model._meta.model_name}_add")

    form = client.get(address).context["adminform"].form

    assert isinstance(form.fields["slug"], AddressField)
