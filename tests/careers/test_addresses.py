from django.urls import reverse, set_script_prefix

from careers.models import Credential, Role


def test_the_address_of_a_fact_is_where_its_page_is():
    assert Role(slug="baker").get_absolute_url() == reverse("careers:role-detail", args=["baker"])
    assert Credential(slug="baker").get_absolute_url() == reverse("careers:credential-detail", args=["baker"])


def test_a_fact_with_another_slug_has_another_address():
    role = Role(slug="baker")
    before = role.get_absolute_url()
    role.slug = "master-baker"

    assert (before, role.get_absolute_url()) == ("/careers/roles/baker/", "/careers/roles/master-baker/")


def test_a_site_below_another_path_has_its_addresses_there():
    role = Role(slug="baker")
    role.get_absolute_url()
    set_script_prefix("/below/")
    try:
        assert role.get_absolute_url() == "/below/careers/roles/baker/"
    finally:
        set_script_prefix("/")
