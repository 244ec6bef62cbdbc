"""A fact that articles show: readers and editors see where, and nobody deletes it from under them."""

import threading

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connections, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from blog.models import Article
from careers.models import Role
from tests.factories import (
    ArticleFactory,
    CredentialFactory,
    DraftFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
    UserFactory,
)

CARD = '<careers-block data-kind="role-card" data-ref="engineer"></careers-block>'
LINK = '<p><careers-link data-ref="gold"></careers-link></p>'


def listing(by, ref):
    return f'<careers-block data-kind="certifications" data-by="{by}" data-ref="{ref}"></careers-block>'


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def publisher(client, db):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="publisher"))
    client.force_login(person)
    return client


def admin_page(fact, page="change"):
    return reverse(f"admin:{fact._meta.label_lower.replace('.', '_')}_{page}", args=[fact.pk])


# --- On the page of the fact --------------------------------------------------


@pytest.mark.django_db
def test_the_page_of_a_fact_says_in_how_many_articles_it_is_shown(client):
    role = RoleFactory(slug="engineer")
    ArticleFactory(title="With its card", body=CARD)
    ArticleFactory(title="About it").roles.add(role)
    DraftFactory(title="Secret", body=CARD)

    page = text(client.get("/careers/roles/engineer/"))

    assert "Shown in 2 articles" in page
    assert "With its card" in page
    assert "About it" in page
    assert "Secret" not in page


@pytest.mark.django_db
def test_skills_technologies_providers_and_certifications_say_so_too(client):
    provider, skill = ProviderFactory(slug="p"), SkillFactory(slug="s")
    gold = CredentialFactory(slug="gold", provider=provider)
    gold.skills.add(skill)
    ExamVersionFactory(credential=gold)
    ArticleFactory(title="Of a skill", body=listing("skill", "s"))
    ArticleFactory(title="Of a provider", body=listing("provider", "p"))
    pages = {
        fact: text(client.get(fact.get_absolute_url()))
        for fact in (gold, skill, provider, TechnologyFactory())
    }

    shown = [("Shown in" in page, "Of a skill" in page, "Of a provider" in page) for page in pages.values()]
    assert shown == [(True, True, True), (True, True, False), (True, False, True), (False, False, False)]


@pytest.mark.django_db
def test_a_retired_certification_is_not_said_to_be_in_lists_that_leave_it_out(client):
    gold = CredentialFactory(slug="gold", provider=ProviderFactory(slug="p"))
    version = ExamVersionFactory(credential=gold)
    ArticleFactory(body=listing("provider", "p"))
    assert "Shown in 1 article<" in text(client.get("/careers/certifications/gold/"))

    version.status = version.Status.RETIRED
    version.save()

    assert "Shown in" not in text(client.get("/careers/certifications/gold/"))


@pytest.mark.django_db
def test_ten_articles_cost_the_page_as_many_queries_as_two(client, count_queries):
    RoleFactory(slug="engineer")
    for _ in range(2):
        ArticleFactory(body=CARD)
    two = count_queries(client, "/careers/roles/engineer/")
    for _ in range(8):
        ArticleFactory(body=CARD)

    assert count_queries(client, "/careers/roles/engineer/") == two


# --- Before a change ----------------------------------------------------------


def test_the_form_of_a_fact_says_what_a_change_touches(publisher):
    role = RoleFactory(slug="engineer")
    draft, live = DraftFactory(title="Not yet out", body=CARD), ArticleFactory(title="Out")
    live.roles.add(role)

    page = text(publisher.get(admin_page(role)))

    assert "2 articles show this.</strong> A change shows there at once." in page
    assert f'<a href="{admin_page(draft)}">Not yet out</a>' in page
    for words in (
        "It has its role card.",
        "The card disappears.",
        "It is about it.",
        "Draft</span>",
        "Live</span>",
    ):
        assert words in page


def test_the_form_of_an_exam_says_what_shows_its_certification(publisher):
    version = ExamVersionFactory(credential__slug="gold")
    ArticleFactory(title="Out", body=LINK)

    page = text(publisher.get(admin_page(version)))

    assert "1 article shows this." in page
    assert "It links to it by name." in page


def test_a_fact_in_no_article_and_a_new_one_say_nothing_of_articles(publisher):
    assert "A change shows there at once" not in text(publisher.get(admin_page(RoleFactory())))
    assert "A change shows there at once" not in text(publisher.get(reverse("admin:careers_role_add")))


@pytest.mark.django_db
def test_who_may_not_see_articles_sees_how_many_and_not_which(client):
    person = UserFactory()
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["view_role", "change_role", "delete_role"])
    )
    client.force_login(person)
    role = RoleFactory(slug="engineer")
    DraftFactory(title="Not yet out", body=CARD)

    for page in ("change", "delete"):
        answer = text(client.get(admin_page(role, page)))
        assert "1 article" in answer
        assert "Not yet out" not in answer


def test_the_page_that_retires_an_exam_says_which_articles_show_its_certification(publisher):
    version = ExamVersionFactory(credential__slug="gold")
    address = reverse("admin:careers_examversion_retire", args=[version.pk])
    asked = {"last_exam_on": "2027-06-11", "precision": "day", "is_confirmed": "on"}
    assert "Shown in no article." in text(publisher.post(address, asked))

    article = ArticleFactory(title="Out", body=LINK)

    page = text(publisher.post(address, asked))
    assert f'Shown in 1 article: <a href="{admin_page(article)}">Out</a>' in page


# --- Deleting -----------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_what_an_article_shows_is_refused_with_the_list(publisher, method):
    role = RoleFactory(name="Engineer", slug="engineer")
    article = DraftFactory(title="Not yet out", body=CARD)

    page = text(getattr(publisher, method)(admin_page(role, "delete"), {"post": "yes"}))

    assert "This cannot be deleted, because articles show it." in page
    assert "<strong>Engineer</strong> is shown in 1 article:" in page
    assert f'<a href="{admin_page(article)}">Not yet out</a>' in page
    assert 'name="post"' not in page
    assert Role.objects.filter(pk=role.pk).exists()


def test_deleting_many_is_refused_as_a_whole_with_the_list(publisher):
    shown, other = RoleFactory(name="Engineer", slug="engineer"), RoleFactory()
    ArticleFactory(title="Out", body=CARD)
    asked = {"action": "delete_selected", "_selected_action": [shown.pk, other.pk]}

    for more in ({}, {"post": "yes"}):
        page = text(publisher.post(reverse("admin:careers_role_changelist"), asked | more))
        assert "<strong>Engineer</strong> is shown in 1 article:" in page
        assert "Out</a>" in page
        assert 'name="post"' not in page
    assert Role.objects.count() == 2


def test_what_no_article_shows_is_deleted_alone_and_with_others(publisher):
    one, *others = [RoleFactory() for _ in range(3)]
    ArticleFactory(body=CARD)

    assert "Are you sure" in text(publisher.get(admin_page(one, "delete")))
    publisher.post(admin_page(one, "delete"), {"post": "yes"})
    asked = {"action": "delete_selected", "_selected_action": [role.pk for role in others]}
    publisher.post(reverse("admin:careers_role_changelist"), asked | {"post": "yes"})

    assert not Role.objects.exists()


@pytest.mark.parametrize("fault", [IntegrityError, ProtectedError])
def test_an_article_saved_between_the_question_and_the_deletion_is_a_sentence(publisher, monkeypatch, fault):
    def refuse(*args, **kwargs):
        raise fault("No.", set()) if fault is ProtectedError else fault("No.")

    role = RoleFactory()
    monkeypatch.setattr("careers.admin.recording.admin.ModelAdmin.delete_model", refuse)
    monkeypatch.setattr("careers.admin.recording.admin.ModelAdmin.delete_queryset", refuse)
    asked = {"action": "delete_selected", "_selected_action": [role.pk], "post": "yes"}

    for address, data in (
        (admin_page(role, "delete"), {"post": "yes"}),
        (reverse("admin:careers_role_changelist"), asked),
    ):
        assert "Nothing was changed: at this moment" in text(publisher.post(address, data, follow=True))
    assert Role.objects.filter(pk=role.pk).exists()


# --- At the same moment -------------------------------------------------------


def in_a_thread(work):
    """Runs beside the test, on a connection of its own; ``join`` it. What went wrong is in ``faults``."""
    faults = []

    def run():
        try:
            work()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, faults


@pytest.mark.django_db(transaction=True)
def test_a_fact_deleted_while_an_article_that_shows_it_is_saved_stays():
    role, article = RoleFactory(slug="engineer"), DraftFactory()
    with transaction.atomic():
        article.body = CARD
        article.save()
        thread, faults = in_a_thread(lambda: Role.objects.get(pk=role.pk).delete())
        thread.join(0.5)  # on PostgreSQL it waits for us, on SQLite too
    thread.join(30)

    assert [type(fault) in (IntegrityError, ProtectedError) for fault in faults] == [True]
    assert article.embeds.get().role == role


@pytest.mark.django_db(transaction=True)
def test_an_article_saved_while_a_fact_is_deleted_is_saved_and_shows_nothing_of_it():
    role, article = RoleFactory(slug="engineer"), DraftFactory()

    def save():
        mine = Article.objects.get(pk=article.pk)
        mine.body = CARD
        mine.save()

    with transaction.atomic():
        role.delete()
        thread, faults = in_a_thread(save)
        thread.join(0.5)
    thread.join(30)

    assert faults == []
    row = article.embeds.get()
    assert (row.role, row.slug) == (None, "engineer")


# --- What an article is about ---------------------------------------------------


def test_what_an_article_is_about_is_not_deleted_and_the_article_is_named(publisher):
    role = RoleFactory()
    DraftFactory(title="About it").roles.add(role)

    page = text(publisher.get(admin_page(role, "delete")))
    publisher.post(admin_page(role, "delete"), {"post": "yes"})

    assert "Nothing was deleted" in page
    article = Article.objects.get()
    assert f'Article: <a href="{admin_page(article, "change")}">About it</a>' in page
    assert Role.objects.filter(pk=role.pk).exists()


@pytest.mark.django_db
def test_nothing_about_which_there_is_an_article_goes_by_other_ways_either():
    role, credential = RoleFactory(), CredentialFactory()
    article = ArticleFactory()
    article.roles.add(role)
    article.credentials.add(credential)

    for doomed in (role, credential, Role.objects.all(), type(credential).objects.all()):
        with pytest.raises(ProtectedError):
            doomed.delete()

    assert (article.roles.get(), article.credentials.get()) == (role, credential)


def test_a_list_deletes_nothing_that_an_article_is_about(publisher):
    kept, free = RoleFactory(), RoleFactory()
    ArticleFactory(title="About it").roles.add(kept)
    sent = {"action": "delete_selected", "_selected_action": [kept.pk, free.pk], "post": "yes"}

    publisher.post(reverse("admin:careers_role_changelist"), sent)

    assert Role.objects.count() == 2


def test_what_no_article_names_is_deleted(publisher):
    role = RoleFactory()

    publisher.post(admin_page(role, "delete"), {"post": "yes"})

    assert not Role.objects.exists()
