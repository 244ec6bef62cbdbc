"""Whatever text a row holds, and however it came there, no page makes an element of it."""

import json
import logging
from html import escape

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.db.models import CharField, SlugField, TextField
from django.urls import reverse

from blog.models import Act, Article, AuthorLink, HashtagAlias, Picture
from careers.models import (
    Comparison,
    Condition,
    Delivery,
    Dimension,
    ExamDomain,
    ExternalRecord,
    FieldChange,
    FieldCheck,
    ImportRow,
    ImportRun,
    LifecycleEvent,
    Recommendation,
    RoleSkill,
    RoleTask,
    RoleTitle,
    Skill,
    SlugAlias,
    Source,
)
from tests.factories import LONG_AGO, CredentialFactory, ExamVersionFactory, RoleFactory, UserFactory
from tests.website.test_every_page import URLS, Page, site  # noqa: F401 -- a fixture
from website.models import Redirect, Signpost
from website.search import rebuild

pytestmark = pytest.mark.django_db

EVIL = "</title>\"'><evil onevil=1 src=x>{{7}}"
# Not text that anyone types: made by us, or checked by us whenever it is read.
OURS = {"body", "body_html", "plain_text", "key", "token", "url"}
# Where a tag is a text, for a browser that does not guess.
NO_MARKUP = ("text/csv", "text/calendar", "text/markdown", "text/plain", "application/feed+json")
NO_MARKUP += ("application/json",)
KEPT_BY_THE_SITE = {Act, FieldChange, SlugAlias, ExternalRecord, ImportRow, ImportRun}  # nobody deletes these
BODY = f"""<h2>{escape(EVIL)}</h2><p>{escape(EVIL)} <a href="/?{escape(EVIL)}">{escape(EVIL)}</a></p>
<table><caption>{escape(EVIL)}</caption><tbody><tr><td>{escape(EVIL)}</td></tr></tbody></table>
<pre><code class="language-{escape(EVIL)}">{escape(EVIL)}</code></pre>
<pre><code class="language-python">print("{escape(EVIL)}")  # {escape(EVIL)}</code></pre>
<figure data-picture="{"0" * 32}"><img src="/media/pictures/{"0" * 32}/10.jpg" alt="{escape(EVIL)}" width="10"
 height="10"><figcaption>{escape(EVIL)}</figcaption></figure>
<careers-block data-kind="role-card" data-ref="sample" data-heading="{escape(EVIL)}"></careers-block>
<careers-block data-kind="role-card" data-ref="{escape(EVIL)}"></careers-block>
<careers-block data-kind="comparison" data-ref="sample,another"></careers-block>
<careers-block data-kind="certifications" data-by="provider" data-ref="sample"></careers-block>
<p><careers-link data-ref="sample"></careers-link> <careers-link data-ref="{escape(EVIL)}"></careers-link>
<careers-fact data-ref="sample" data-field="length"></careers-fact>
<careers-fact data-ref="sample" data-field="{escape(EVIL)}"></careers-fact></p>"""


@pytest.fixture(scope="module")
def hostile(site, for_the_module):  # noqa: F811
    for_the_module(make_hostile)


def make_hostile():
    """The site of the other tests, with more in it, and hostile text in every place that holds text."""
    add_the_rest(Article.objects.get(slug="sample"))
    for article in Article.objects.all():
        article.body = BODY
        article.save()
    for model in apps.get_models():
        if model._meta.app_label in ("blog", "careers"):
            fill(model)
    list(rebuild())


def add_the_rest(article):
    author, hashtag = article.authors.get(), article.hashtags.first()
    role = article.roles.first()
    picture = Picture.objects.create(title="x", token="0" * 32, width=10, height=10)
    Article.objects.update(cover=picture)
    author.photo = picture
    author.save()
    AuthorLink.objects.create(author=author, label="x", url="https://example.org/")
    HashtagAlias.objects.create(hashtag=hashtag, name="other spelling")
    RoleTitle.objects.create(role=role, title="x")
    RoleTask.objects.create(role=role, text="x")
    RoleSkill.objects.create(role=role, skill=Skill.objects.first(), importance=4, level=4)
    Dimension.objects.create(key="main-focus", label="x", value_kind="focus", order=1)
    Act.objects.create(article=article, title="x", verb="saved", at=LONG_AGO, by_name="x", note="x")
    source = Source.objects.create(key="x", title="x", kind="official", url="https://example.org/")
    role.sources.add(source)
    roles = article.roles.all()
    said = Comparison.objects.create(key=Comparison.key_of(roles), intro="x", verdict="x")
    said.roles.set(roles)
    for credential in article.credentials.all():
        credential.sources.add(source)
        Recommendation.objects.create(role=role, credential=credential, tier="core", reason="x")
        version = ExamVersionFactory(credential=credential)
        Delivery.objects.create(version=version, languages=["en"], minutes=9)
        ExamDomain.objects.create(version=version, name="x", weight_min=9, weight_max=9)
        Condition.objects.create(credential=credential, text="x", source=source)
        event = {"kind": "announced", "certainty": "announced", "note": "x"}
        LifecycleEvent.objects.create(credential=credential, source=source, **event)
        check = {"field": "level", "value": "x", "source": source, "checked_on": LONG_AGO.date(), "note": "x"}
        FieldCheck.objects.create(credential=credential, **check)
        change = {
            "fact_model": "careers.Credential",
            "fact_name": "x",
            "part": "x",
            "field": "x",
            "before": "x",
        }
        FieldChange.objects.create(fact_id=credential.pk, changed_at=LONG_AGO, **change)
        SlugAlias.objects.create(fact=credential, slug=f"former-{credential.pk}")
    run = ImportRun.objects.create(system="onet", file_name="x", started_at=LONG_AGO, counts={"created": 1})
    changes = {EVIL: [EVIL, [EVIL]]}
    ImportRow.objects.create(
        run=run, place="x", verdict="created", fact_model="x", fact_id=1, changes=changes
    )
    record = {"system": "onet", "external_id": "x", "fact_model": "x", "fact_id": 1, "values": {EVIL: EVIL}}
    ExternalRecord.objects.create(**record, seen_at=LONG_AGO)
    Redirect.objects.create(old_path="x", target_model="blog.Article", target_ref=article.pk)
    Signpost.objects.create(path="x", kind="moved", target_path="x", put_up_at=LONG_AGO)
    CredentialFactory()
    RoleFactory()


def fill(model):
    """Past every check: as a faulty import would."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, CharField | TextField) and not isinstance(field, SlugField)
        if not is_text or field.choices or field.name in OURS:
            continue
        for row in model._base_manager.all():
            evil = (f"{row.pk}{EVIL}" if field.unique or model._meta.constraints else EVIL)[
                : field.max_length
            ]
            model._base_manager.filter(pk=row.pk).update(**{field.name: evil})


def elements(response):
    is_file = response["Content-Type"].startswith("text/csv")  # no browser reads elements in it
    page = Page("" if is_file else response.content.decode())
    return {tag for tag, _ in page.elements}, {name for _, attributes in page.elements for name in attributes}


def assert_harmless(response):
    address = response.request["PATH_INFO"]
    if response["Content-Type"].startswith(NO_MARKUP):
        assert response["X-Content-Type-Options"] == "nosniff", address
        return
    tags, names = elements(response)
    assert "evil" not in tags, address
    assert "onevil" not in names, address


def test_a_public_page_shows_hostile_text_as_text(client, hostile, caplog):
    caplog.set_level(logging.CRITICAL)
    for url in [*URLS, "/search/?q=evil", "/search/?q=7"]:
        response = client.get(url, follow=True)
        assert response.status_code == (404 if url == "/no-such-page/" else 200), url
        assert_harmless(response)
    assert client.get("/blog/sample/").content.count(b"&lt;evil onevil") > 20


@pytest.mark.parametrize("path", ["/search/", "/blog/", "/tag/x/", "/nowhere/", "/careers/compare/"])
def test_what_a_visitor_sends_is_not_made_part_of_the_page(client, db, path):
    for query in [f"?q={EVIL}", f"?page={EVIL}", f"?role={EVIL}", f"{EVIL}/"]:
        assert_harmless(client.get(path + query, follow=True))


def admin_pages(*, verbs=("change", "delete", "history")):
    for model in (model for model in admin.site._registry if model._meta.app_label != "auth"):
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._base_manager.first()
        yield reverse(f"admin:{name}_changelist")
        for verb in verbs:
            if (verb, model in KEPT_BY_THE_SITE) != ("delete", True):
                yield reverse(f"admin:{name}_{verb}", args=[row.pk])


def test_the_admin_shows_hostile_text_as_text(client, hostile, caplog):
    caplog.set_level(logging.CRITICAL)
    person = UserFactory(is_superuser=True, username=EVIL, first_name=EVIL)
    client.force_login(person)
    for row in Article.objects.all()[:3]:
        LogEntry.objects.log_actions(person.pk, [row], CHANGE, change_message=EVIL, single_object=True)

    for url in ["/admin/", "/admin/blog/", "/admin/blog/article/?q=evil", *admin_pages()]:
        response = client.get(url)
        assert response.status_code == 200, url
        assert_harmless(response)


def test_a_writer_reads_hostile_text_of_others_as_text(client, hostile):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="writer"))
    client.force_login(person)

    for url in admin_pages(verbs=["change"]):  # shown as text here, and in fields to the others
        assert_harmless(client.get(url))


@pytest.mark.parametrize("answer", [{}, {"post": "yes"}], ids=["asked", "done"])
@pytest.mark.parametrize("action", ["publish_selected", "unpublish_selected", "delete_selected"])
def test_what_the_admin_says_after_an_action_is_text(client, hostile, action, answer):
    client.force_login(UserFactory(is_superuser=True))
    chosen = list(Article.objects.values_list("pk", flat=True)[:2])

    sent = {"action": action, "_selected_action": chosen} | answer
    assert_harmless(client.post("/admin/blog/article/", sent, follow=True))


@pytest.mark.parametrize(
    "url",
    [
        "/admin/autocomplete/?app_label=blog&model_name=article&field_name=cover&term=",
        "/admin/autocomplete/?app_label=blog&model_name=articleauthor&field_name=author&term=",
        "/admin/autocomplete/?app_label=careers&model_name=role&field_name=related&term=",
        "/admin/blog/hashtag/suggest/?q=",
        "/admin/editor/block/choices/",
        "/admin/editor/pictures/?q=evil",
    ],
)
def test_hostile_text_for_a_script_comes_as_data(client, hostile, url):
    client.force_login(UserFactory(is_superuser=True))

    answer = client.get(url)

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "evil" in json.dumps(answer.json())


@pytest.mark.parametrize(
    "asked", ["kind=role-card&ref=sample&heading=", "kind=role-card&ref=", "kind=", "kind=certifications&by="]
)
def test_a_preview_of_a_hostile_block_is_text(client, hostile, asked):
    client.force_login(UserFactory(is_superuser=True))

    assert_harmless(client.get(f"/admin/editor/block/?{asked}{EVIL}"))
