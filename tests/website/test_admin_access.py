"""Walks the admin's address map: who may open and who may change what. An address not listed here fails."""

from datetime import date
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from blog import snapshots
from blog.models import Act, Picture, Revision
from careers.models import (
    ExternalRecord,
    FieldChange,
    FieldCheck,
    ImportRow,
    ImportRun,
    LifecycleEvent,
    PreferenceStatement,
    SlugAlias,
)
from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    AuthorFactory,
    CredentialFactory,
    ExamVersionFactory,
    PathwayFactory,
    ProviderFactory,
    RoleFactory,
    SeriesFactory,
    SkillFactory,
    TechnologyFactory,
    UserFactory,
)
from website.models import Redirect, Signpost

pytestmark = pytest.mark.django_db

ALL = {"writer", "editor", "publisher"}
EDITORS = {"editor", "publisher"}
PUBLISHERS = {"publisher"}
NOBODY: set[str] = set()
KEPT_BY_THE_SITE = {"view": ALL, "add": NOBODY, "change": NOBODY, "delete": NOBODY}

# Of a live article that somebody else began; drafts have a table of their own in test_admin_permissions.
SHELF = {"view": ALL, "add": EDITORS, "change": EDITORS, "delete": PUBLISHERS}
MODELS = {
    "blog_article": {"view": ALL, "add": ALL, "change": EDITORS, "delete": PUBLISHERS},
    "blog_picture": {**SHELF, "add": ALL},
    "blog_category": SHELF,
    "blog_author": SHELF,
    "blog_hashtag": SHELF,
    "blog_series": SHELF,
    "website_redirect": {"view": EDITORS, "add": NOBODY, "change": NOBODY, "delete": EDITORS},
    "website_signpost": dict.fromkeys(SHELF, EDITORS),
    "careers_comparison": SHELF,
    "careers_credential": SHELF,
    "careers_pathway": SHELF,
    "careers_provider": SHELF,
    "careers_recommendation": {**SHELF, "delete": EDITORS},
    "careers_role": SHELF,
    "careers_roleskill": {**SHELF, "delete": EDITORS},
    "careers_skill": SHELF,
    "careers_technology": SHELF,
    "careers_examversion": SHELF,
    "careers_fieldcheck": {**SHELF, "delete": EDITORS},
    "careers_preferencestatement": {**SHELF, "delete": EDITORS},
    "careers_lifecycleevent": SHELF,
    "blog_act": KEPT_BY_THE_SITE,
    "careers_fieldchange": KEPT_BY_THE_SITE,
    "careers_slugalias": KEPT_BY_THE_SITE,
    "careers_importrun": KEPT_BY_THE_SITE,
    "careers_importrow": KEPT_BY_THE_SITE,
    "careers_externalrecord": {**KEPT_BY_THE_SITE, "change": PUBLISHERS},
    "careers_source": {**SHELF, "delete": EDITORS},
    "careers_dimension": {**SHELF, "delete": EDITORS},
    "auth_user": dict.fromkeys(SHELF, NOBODY),
    "auth_group": dict.fromkeys(SHELF, NOBODY),
}
READING = {"changelist": "view", "add": "add", "change": "view", "history": "view", "delete": "delete"}
WRITING = {"add": "add", "change": "change", "delete": "delete"}
OTHERS = {
    "index": ALL,
    "app_list": ALL,
    "blog_article_check": ALL,
    "review": EDITORS,
    "jsi18n": ALL,
    "password_change": ALL,
    "password_change_done": ALL,
    "view_on_site": ALL,
    "autocomplete": ALL,
    "blog_article_import": ALL,
    "blog_hashtag_suggest": ALL,
    "blog_hashtag_garden": ALL,
    "blog_hashtag_merge": EDITORS,
    "blog_hashtag_apart": EDITORS,
    "blog_hashtag_unmerge": EDITORS,
    "blog_article_new_year": PUBLISHERS,
    "blog_article_compare": ALL,
    "blog_article_discard_draft": EDITORS,
    "blog_article_preview": ALL,
    "blog_article_restore": EDITORS,
    "blog_article_share": EDITORS,
    "blog_article_still_correct": ALL,
    "blog_article_names": ALL,
    "blog_article_many": ALL,
    "blog_batch_undo": NOBODY,  # of nothing yet: who may is asked of each, in test_bulk
    "blog_picture_upload": ALL,
    "auth_user_password_change": NOBODY,
    "careers_fieldcheck_check": EDITORS,
    "careers_examversion_retire": EDITORS,
    "twins": EDITORS,
    "missing": EDITORS,
    "bar": ALL,
    "page_cache": ALL,
    "searches": EDITORS,
    "search-query": EDITORS,
    "editor:block": ALL,
    "editor:block-choices": ALL,
    "editor:inline": ALL,
    "editor:pictures": ALL,
    "editor:upload": ALL,
}
BY_THE_FORM = {  # posted; who may is asked of the article, in test_admin_autosaves
    "blog_article_autosave",
    "blog_article_autosave_new",
    "blog_article_discard",
    "blog_article_presence",
}
OPEN = {"login", "logout", "session"}  # to everyone, or there would be no way in
NAMELESS = {"<path:object_id>/", "(?P<url>.*)$"}  # lead on to named addresses, or nowhere


def patterns(resolver: URLResolver, space: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}" if entry.name else "", str(entry.pattern)
        else:
            yield from patterns(entry, space)


ADDRESSES = [
    address
    for entry in get_resolver().url_patterns
    if str(entry.pattern).startswith("admin/")
    for address in patterns(entry, "" if entry.namespace == "admin" else f"{entry.namespace}:")
]


@pytest.fixture
def rows():
    """One of everything that has pages in the admin: key by name of the model."""
    author = AuthorFactory()
    article = ArticleFactory(authors=[author], hashtags=["One"], created_by=UserFactory())
    credential = CredentialFactory(provider=ProviderFactory())
    picture = Picture.objects.create(title="One", token="0" * 32, width=10, height=10)
    made = [article, author, article.category, article.hashtags.get(), picture, credential, RoleFactory()]
    made += [SeriesFactory(parts=[article])]
    made += [credential.provider, SkillFactory(), TechnologyFactory(), ExamVersionFactory()]
    made += [apps.get_model("careers.Comparison").objects.create(key="1-2")]
    source = apps.get_model("careers.Source").objects.create(key="one", title="One", kind="official")
    made += [source]
    made += [apps.get_model("careers.Dimension").objects.create(key="one", label="One", order=1)]
    advice = {"role": made[6], "credential": credential, "tier": "core", "reason": "x"}
    made += [apps.get_model("careers.Recommendation").objects.create(**advice)]
    need = {"role": made[6], "skill": SkillFactory(), "importance": 3, "level": 3}
    made += [apps.get_model("careers.RoleSkill").objects.create(**need)]
    event = LifecycleEvent.objects.create(credential=credential, kind="announced", certainty="announced")
    check = {"source": source, "field": "level", "value": "Expert", "checked_on": date(2026, 11, 2)}
    made += [event, FieldCheck.objects.create(credential=credential, **check)]
    made += [PathwayFactory(), Act.objects.create(article=article, title="One", verb="saved", at=LONG_AGO)]
    Revision.objects.create(article=article, version=0, made_at=LONG_AGO, content=snapshots.of(article))
    made += [FieldChange.objects.create(fact_id=1, field="level", changed_at=LONG_AGO)]
    made += [SlugAlias.objects.create(fact=credential, slug="former")]
    made += [PreferenceStatement.objects.create(slug="one", text="I like one", about="work")]
    run = ImportRun.objects.create(system="onet", file_name="one", started_at=LONG_AGO)
    made += [run, ImportRow.objects.create(run=run, place="One, line 2", verdict="created")]
    told = {"system": "onet", "external_id": "1", "fact_model": "careers.Skill", "fact_id": 1}
    made += [ExternalRecord.objects.create(**told, seen_at=LONG_AGO)]
    named = {"target_model": "blog.Article", "target_ref": article.pk}
    made += [Redirect.objects.create(old_path="/blog/old/", **named)]
    made += [Signpost.objects.create(path="/gone/", kind="gone", put_up_at=LONG_AGO)]
    made += [UserFactory(username="other"), Group.objects.create(name="others")]
    return {f"{row._meta.app_label}_{row._meta.model_name}": row.pk for row in made}


@pytest.fixture
def answers(client, rows):
    """``answers("get", names)``: the status each address gives."""

    def ask(method, names, **sent):
        return {name: getattr(client, method)(address_of(name, rows), sent).status_code for name in names}

    return ask


OF_A_ROW = {
    "auth_user_password_change": "auth_user",
    "blog_article_compare": "blog_article",
    "blog_article_discard_draft": "blog_article",
    "blog_batch_undo": "blog_article",
    "blog_article_restore": "blog_article",
    "blog_article_share": "blog_article",
    "blog_article_still_correct": "blog_article",
    "blog_hashtag_merge": "blog_hashtag",
    "blog_hashtag_unmerge": "blog_hashtag",
    "careers_examversion_retire": "careers_examversion",
}
QUERIES = {
    "autocomplete": "?app_label=blog&model_name=article&field_name=cover",
    "blog_article_compare": "?old=0&new=0",
    "search-query": "?q=words",
}


def address_of(name, rows):
    model, _, verb = name.rpartition("_")
    space = "" if ":" in name else "admin:"
    takes_a_row = model in MODELS and verb in ("change", "delete", "history", "autosave", "presence")
    parts = {
        "app_list": ["blog"],
        "view_on_site": [article_type(), rows["blog_article"]],
        "careers_fieldcheck_check": ["role", rows["careers_role"], "titles"],
        "blog_article_discard": [UUID(int=1)],
        **{one: [rows[kind]] for one, kind in OF_A_ROW.items()},
    }.get(name, [rows[model]] if takes_a_row else [])
    return reverse(f"{space}{name}", args=parts) + QUERIES.get(name, "")


def article_type():
    return apps.get_model("contenttypes.ContentType").objects.get(model="article").pk


def log_in(client, group):
    if group != "anonymous":
        person = UserFactory(username="the-one")
        person.groups.add(Group.objects.get(name=group))
        client.force_login(person)


def expected(table):
    return {
        f"{model}_{page}": powers[verb] for model, powers in MODELS.items() for page, verb in table.items()
    }


def contents():
    """Every row of every table but those of sessions."""
    models = [model for model in apps.get_models(include_auto_created=True) if model is not Session]
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models}


def test_every_address_of_the_admin_is_listed_here():
    known = {*expected(READING), *OTHERS, *BY_THE_FORM, *OPEN}

    assert {name for name, _ in ADDRESSES if name} == known
    assert {route for name, route in ADDRESSES if not name} == NAMELESS


@pytest.mark.parametrize("group", ["writer", "editor", "publisher"])
def test_a_group_opens_what_it_may_and_nothing_else(client, answers, group):
    log_in(client, group)
    redirecting = {"view_on_site"}
    verbs = {"check", "discard_draft", "names", "restore", "still_correct"}
    posting = {
        "editor:upload",
        "blog_batch_undo",
        "blog_hashtag_apart",
        "blog_hashtag_unmerge",
        "blog_picture_upload",
        *(f"blog_article_{verb}" for verb in verbs),
        *BY_THE_FORM,
    }
    table = {**expected(READING), **OTHERS, **dict.fromkeys(BY_THE_FORM, ALL)}

    found = answers("get", table)

    wanted = {name: 200 if group in groups else 403 for name, groups in table.items()}
    assert found == wanted | dict.fromkeys(redirecting, 302) | dict.fromkeys(posting, 405)


@pytest.mark.parametrize("group", ["writer", "editor", "publisher"])
def test_a_group_changes_nothing_that_it_may_not(client, answers, group):
    log_in(client, group)
    closed = [name for name, groups in expected(WRITING).items() if group not in groups]
    before = contents()

    found = answers(
        "post", [*closed, "auth_user_password_change"], post="yes", name="Changed", title="Changed"
    )

    assert {name for name, status in found.items() if status != 403} == set()
    assert contents() == before


@pytest.mark.parametrize("group", ["writer", "editor", "publisher"])
def test_a_list_deletes_nothing_for_a_group_that_may_not(client, rows, group):
    log_in(client, group)
    closed = [model for model, powers in MODELS.items() if group not in powers["delete"]]
    before = contents()

    for model in closed:
        sent = {"action": "delete_selected", "_selected_action": [rows[model]], "post": "yes"}
        client.post(reverse(f"admin:{model}_changelist"), sent)

    assert contents() == before


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_a_stranger_is_sent_to_the_login_from_everywhere_and_changes_nothing(client, answers, method):
    before = contents()

    found = answers(method, {**expected(READING), **OTHERS, **dict.fromkeys(BY_THE_FORM)})

    assert set(found.values()) == {302}
    assert contents() == before


def test_someone_who_left_the_staff_is_a_stranger(client, answers):
    client.force_login(UserFactory(is_staff=False, is_superuser=True))

    assert set(answers("get", {**expected(READING), **OTHERS}).values()) == {302}
