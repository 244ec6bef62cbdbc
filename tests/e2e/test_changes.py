"""What is changing, in a real browser: on a phone, in the dark, narrowed without a script, on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers.models import LifecycleEvent, Source
from tests.factories import ExamVersionFactory, ProviderFactory

from .accessibility import faults_on_a_desk_and_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Certified Professional for Unbelievablylongandunbrokenwordsinthenamesofthings"


@pytest.fixture
def log():
    """Something coming, undated, overdue and past, of two providers."""
    today, kind = timezone.localdate(), Source.Kind.SECONDARY
    source = Source.objects.create(key="a", title="A guide", url="https://example.org/", kind=kind)
    for provider in (ProviderFactory(name="One", slug="one"), ProviderFactory(name="Two", slug="two")):
        name = f"{provider.name} {LONG}"
        version = ExamVersionFactory(
            credential__provider=provider, credential__name=name, credential__slug=f"of-{provider.slug}"
        )
        for days, certainty in ((9, "announced"), (-9, "expected"), (-9, "confirmed"), (None, "disputed")):
            LifecycleEvent.objects.create(
                credential=version.credential,
                version=version if certainty != "confirmed" else None,
                kind="last_exam",
                certainty=certainty,
                happens_on=today + timedelta(days=days) if days else None,
                languages=["ja", "pt-BR"],
                note=f"The provider says so. {'x' * 90}",
                source=source if days else None,
            )


def test_the_page_is_open_to_everyone_and_fits(page, log):
    noise = []
    page.on("console", lambda message: noise.append(message.text))

    for address in ("/careers/changes/", "/careers/changes/?provider=one&kind=betas&role=x", "/careers/"):
        page.goto(address)
        for details in page.locator("details").all():
            details.locator("summary").click()
        assert (address, faults_on_a_desk_and_a_dark_phone(page), noise) == (address, [], [])


def test_a_list_of_one_s_own_is_made_and_taken_back_without_a_script(new_context, log):
    page = new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    page.goto("/careers/changes/")

    page.get_by_text("Only certifications of my own choice").click()
    page.get_by_role("checkbox", name=f"Two {LONG}").check()
    page.get_by_role("button", name="Show").click()

    assert page.url.endswith("?kind=&provider=&role=&certification=of-two")
    main = page.locator(".changes-page__main")
    assert "Two Certified" in main.inner_text()
    assert "One Certified" not in main.inner_text()
    assert page.get_by_label("Calendar, for your").input_value().endswith("?certification=of-two")

    page.get_by_role("link", name=f"Two {LONG} : take it out").click()
    assert page.url.endswith("/careers/changes/")
    assert "One Certified" in main.inner_text()


def test_on_paper_there_are_the_changes_and_no_form(page, log):
    page.goto("/careers/changes/")
    page.emulate_media(media="print")

    assert page.get_by_text("The provider says so.").first.is_visible()
    assert not page.get_by_label("Provider", exact=True).is_visible()
    assert not page.get_by_role("heading", name="Keep up with it").is_visible()
