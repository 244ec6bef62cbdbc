from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from careers.models import Delivery, LifecycleEvent, Source
from tests.factories import ArticleFactory, CredentialFactory, ExamVersionFactory, UserFactory
from website.review import SHOWN

pytestmark = pytest.mark.django_db
REVIEW = "/admin/review/"


def log_in(client, group):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return client


@pytest.fixture
def editor(client):
    return log_in(client, "editor")


def closed(name="Data", **fields):
    """An exam recorded as active that closed yesterday."""
    fields = {"credential__checked_on": timezone.localdate(), **fields}
    version = ExamVersionFactory(credential__name=name, status="active", **fields)
    yesterday = timezone.localdate() - timedelta(days=1)
    Delivery.objects.create(version=version, window_to=yesterday)
    return version


def shown(client, query=""):
    return [item.what for item, _ in client.get(REVIEW + query).context["rows"]]


def test_the_desk_leads_to_the_queue_and_says_how_long_it_is(editor):
    closed()

    page = editor.get(reverse("admin:index")).content.decode()

    assert f'href="{REVIEW}">Facts to review: 1<' in page


def test_a_writer_sees_no_queue(client):
    closed()
    writer = log_in(client, "writer")

    assert "Facts to review" not in writer.get(reverse("admin:index")).content.decode()
    assert writer.get(REVIEW).status_code == 403


def test_a_row_says_what_since_when_from_where_and_what_to_do(editor):
    version = closed(exam_code="AB-1")
    version.sources.add(Source.objects.create(key="one", title="The page", kind="official"))

    page = editor.get(REVIEW).content.decode()

    for words in ("Data (AB-1)", "it closed on", "Since", "The page", "no article", "Record the retirement."):
        assert words in page
    assert f"{reverse('admin:careers_examversion_change', args=[version.pk])}#id_status" in page


def test_what_more_articles_are_about_comes_first(editor):
    closed("A lonely one", exam_code="A-1")
    ArticleFactory().credentials.add(closed("Known", exam_code="B-1").credential)

    assert shown(editor) == ["Known (B-1)", "A lonely one (A-1)"]
    assert "1 article about it" in editor.get(REVIEW).content.decode()


def test_the_queue_is_filtered_by_reason_and_by_provider(editor):
    version = closed(exam_code="A-1")
    other = CredentialFactory(name="Other", checked_on=timezone.localdate())
    LifecycleEvent.objects.create(credential=other, kind="announced", happens_on=timezone.localdate())

    assert shown(editor, "?kind=coming") == ["Other"]
    assert shown(editor, f"?provider={version.credential.provider.slug}") == ["Data (A-1)"]
    assert shown(editor, f"?kind=coming&provider={version.credential.provider.slug}") == []


def test_drafts_of_facts_are_nobody_s_worry_yet(editor):
    closed(credential__status="draft")

    assert shown(editor) == []
    assert "Every fact that readers see is in order." in editor.get(REVIEW).content.decode()


def test_a_press_in_the_queue_writes_the_check_and_comes_back(editor):
    version = closed()
    source = Source.objects.create(key="one", title="The page", kind="official")
    version.sources.add(source)
    address = reverse("admin:careers_fieldcheck_check", args=["version", version.pk, "status"])
    assert f'action="{address}"' in editor.get(REVIEW).content.decode()

    answer = editor.post(
        address, {"verdict": "confirms", "source": source.pk, "next": f"{REVIEW}?kind=status"}
    )

    assert answer["Location"] == f"{REVIEW}?kind=status"
    assert version.field_checks.get().value == "Active"


def test_a_long_queue_has_pages_that_keep_the_filter(editor):
    for number in range(SHOWN + 1):
        closed(f"Data {number:02}")

    first, second = shown(editor, "?kind=status"), shown(editor, "?kind=status&page=2")

    assert (len(first), len(second)) == (SHOWN, 1)
    assert "?kind=status&amp;page=2" in editor.get(f"{REVIEW}?kind=status").content.decode()


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "provider=%F0%9F%92%A9", "page=abc", "page=99", "page=-1"]
)
def test_nonsense_in_the_address_is_answered(editor, query):
    closed()

    assert editor.get(f"{REVIEW}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["kind=%00", f"kind={'x' * 9000}"])
def test_what_nobody_can_mean_is_not_found(editor, query):
    assert editor.get(f"{REVIEW}?{query}").status_code == 404


def test_a_queue_of_ten_costs_what_one_of_two_costs(editor, count_queries):
    costs = []
    source = Source.objects.create(key="one", title="The page", kind="official")
    for count in (2, 8):
        for _ in range(count):
            version = closed(f"Data {source.exam_versions.count()}")
            version.sources.add(source)
            ArticleFactory().credentials.add(version.credential)
            event = {"kind": "announced", "happens_on": timezone.localdate(), "source": source}
            LifecycleEvent.objects.create(credential=version.credential, version=version, **event)
        costs.append(count_queries(editor, REVIEW))

    assert costs[0] == costs[1]
