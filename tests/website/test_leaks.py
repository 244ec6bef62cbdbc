"""Nothing a reader can ask for tells of what readers may not see.

A crawler visits every address of the site: all links from the home page on, every pattern of the URL map
filled with every slug there is, searches, the sitemap. It does so twice, before and after unpublished things
are added. Their words must not show, and nothing else of them: both crawls read the same, byte for byte.
"""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog import publishing, snapshots
from blog.models import Article, ArticleReview, ChangeNote, HashtagAlias, Series, SeriesPart
from careers.models import (
    Condition,
    LifecycleEvent,
    Pathway,
    PathwayEdge,
    PreferenceStatement,
    PreferenceWeight,
    Recommendation,
    RoleSkill,
    RoleTask,
    RoleTechnology,
    RoleTitle,
    Status,
)
from tests.careers.statements import make_statement
from tests.careers.ways import add_step, make_pathway
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    ExamVersionFactory,
    PathwayFactory,
    ProviderFactory,
    RoleFactory,
    SeriesFactory,
    SkillFactory,
    TechnologyFactory,
    UserFactory,
)
from tests.website.canaries import (
    CANARIES,
    CONTROL,
    FACTS,
    SHOWN,
    SIGNED,
    STATES,
    filled,
    known_addresses,
    tells_of_no_canary,
)
from tests.website.crawling import crawl, patterns
from website.models import Redirect, Signpost
from website.redirects import target
from website.search import rebuild
from website.signposts import Choice, put_up

pytestmark = pytest.mark.django_db

# Articles that differ from the first three in their number, and searches for each word a second time.
ALIKE = re.compile(r"^/(blog/|oembed).*open-([3-9]|1\d)\b|^/search\.md\?q=(?!draft|nosuch)\w+canary")

# --- The site ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crawls(for_the_module):
    return for_the_module(crawl_twice)


@pytest.fixture(autouse=True, scope="module")
def _quiet():
    """Hundreds of addresses are not found, as they should be."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)


def crawl_twice():
    """What every address answers without unpublished things, and with them.

    An address that holds a secret word need not be asked before: it has to answer as its control does.
    """
    site = fill()
    list(rebuild())
    before = crawl(Client(), filter(tells_of_no_canary, known_addresses()), alike=ALIKE)
    add_secrets(site)
    list(rebuild())
    return before, crawl(Client(), known_addresses(), alike=ALIKE)


def fill():
    """What readers may see, with every kind of page and with links of every kind."""
    role, other = RoleFactory(slug="open-role", editor_note="deskonlycanary"), RoleFactory(slug="other-role")
    skill, technology = SkillFactory(slug="open-skill"), TechnologyFactory(slug="open-technology")
    credential = CredentialFactory(slug="open-credential", provider=ProviderFactory(slug="open-provider"))
    for each in (role, other):
        RoleSkill.objects.create(role=each, skill=skill, importance=4, level=4)
        RoleTechnology.objects.create(role=each, technology=technology)
        Recommendation.objects.create(role=each, credential=credential, tier="core", reason="Asked for")
    unsaid = ProviderFactory(name="unsaidprovidercanary", slug="unsaidprovidercanary", status=Status.DRAFT)
    orphan = CredentialFactory(slug="orphan-credential", provider=unsaid)
    Recommendation.objects.create(role=role, credential=orphan, tier="core", reason="Asked for")
    for each, days in ((credential, -9), (credential, 9), (orphan, 9)):
        each.skills.add(skill)
        day = timezone.localdate() + timedelta(days=days)
        LifecycleEvent.objects.create(credential=each, kind="beta_open", happens_on=day)
    make_pathway("open-pathway", [("a", "b"), ("b", "c")], a=skill, b=credential, c=role)
    make_statement("open-statement", open_role=2, other_role=1)
    make_statement("other-statement", other_role=3)
    category, author = CategoryFactory(slug="open-category"), AuthorFactory(slug="open-author")
    blocks = "".join(
        f'<careers-block data-kind="{kind}" data-ref="{ref}"{by}></careers-block>'
        for kind, ref, by in [
            ("role-card", "roleslugcanary", ""),
            ("comparison", "open-role,roleslugcanary", ""),
            ("certifications", "skillslugcanary", ' data-by="skill"'),
            ("comparison", "open-role,other-role", ""),
        ]
    )
    parts = "".join(
        f"<careers-{part}></careers-{part.split()[0]}> "
        for slug in ("open-credential", "credentialslugcanary")
        for part in (f'link data-ref="{slug}"', f'fact data-ref="{slug}" data-field="status"')
    )
    for n in range(14):
        article = ArticleFactory(
            slug=f"open-{n}",
            category=category,
            authors=[author],
            hashtags=["shared"],
            body=f"<p>Word. {parts}</p>{blocks}" if n < 3 else "<p>Word.</p>",  # the others are ALIKE
        )
        article.roles.add(role, other)
        article.credentials.add(credential)
    SeriesFactory(slug="open-series", parts=Article.objects.filter(slug__in=["open-1", "open-2"]))
    for path in SIGNED:
        put_up([path], Choice("gone"), by=None, now=timezone.now(), see_also=[role, category])
    named = [role, skill, technology, credential]
    ArticleFactory(slug="words-only", body=in_words(named))
    return {
        "named": named,
        "role": role,
        "skill": skill,
        "credential": credential,
        "category": category,
        "author": author,
    }


def in_words(facts):
    return f"<p>Words on {', '.join(fact.name for fact in facts)}.</p>"


def add_secrets(site):
    """A draft, a scheduled and an expired article and a draft of every fact, tied to all that is public."""
    facts = draft_facts(site)
    day = timedelta(days=1)
    now = timezone.now()
    make = {
        "draft": (DraftFactory, {}),
        "scheduled": (ArticleFactory, {"published_at": now + day, "first_published_at": None}),
        "expired": (ArticleFactory, {"published_at": now - 400 * day, "expires_at": now - day}),
        "archived": (DraftFactory, {"state": Article.State.ARCHIVED, "published_at": now - day}),
        "bin": (DraftFactory, {"state": Article.State.BIN, "published_at": now - day}),
    }
    for state, (factory, dates) in make.items():
        secret_article(site, facts, state, factory, dates)
    serialise(Article.objects.filter(slug__endswith="slugcanary"))
    lay_a_draft_over(Article.objects.get(slug="open-0"))
    sign_the_way(site, facts)
    for article in Article.objects.filter(slug__startswith="open-"):
        article.roles.add(facts["role"])
        article.credentials.add(facts["credential"])


def serialise(secrets):
    """One stands before all parts of a public series; the others are a series of their own."""
    first, *others = secrets
    Series.objects.get().parts.update(order=5)
    SeriesPart.objects.create(series=Series.objects.get(), article=first)
    words = {"name": "seriesnamecanary", "slug": "seriesslugcanary", "description": "seriesdescriptioncanary"}
    SeriesFactory(parts=others, **words)


def lay_a_draft_over(article):
    """What waits over a live article shows as little as a draft of its own."""
    for name in ("title", "slug", "summary"):
        setattr(article, name, f"waiting{name}canary")
    article.body = "<p>waitingbodycanary</p>"
    related = snapshots.Related(hashtags=("waitinghashtagcanary",))
    publishing.save(article, by=None, now=timezone.now(), related=related)


def sign_the_way(site, facts):
    """Signposts know drafts, as they do once a page they lead to or stand near is unpublished."""
    drafts = Article.objects.filter(slug__endswith="slugcanary")
    see_also = [*drafts, site["role"], facts["role"], site["category"]]
    near, moved = SIGNED
    put_up([near], Choice("gone"), by=None, now=timezone.now(), see_also=see_also)
    for draft in drafts:
        way = Choice("moved", draft.get_absolute_url())
        put_up([moved], way, by=None, now=timezone.now(), see_also=see_also)
        Signpost.objects.filter(path=moved).update(**target(draft))
        Redirect.objects.create(old_path=f"/blog/former-{draft.pk}/", **target(draft))


def secret_article(site, facts, state, factory, dates):
    article = factory(
        title=f"{state}titlecanary",
        slug=f"{state}slugcanary",
        summary=f"{state}summarycanary",
        body=f"<h2>{state}bodycanary</h2><p>{state}bodycanary</p>{in_words(site['named'])}",
        seo_title=f"{state}seotitlecanary",
        seo_description=f"{state}seodescriptioncanary",
        cover_alt=f"{state}coveraltcanary",
        created_by=UserFactory(username=f"{state}makercanary"),
        category=site["category"],
        authors=[site["author"]],
        hashtags=["shared", f"{state}hashtagcanary"],
        is_featured=True,
        **dates,
    )
    article.roles.add(site["role"], facts["role"])
    article.credentials.add(site["credential"], facts["credential"])
    editor = UserFactory(username=f"{state}reviewercanary")
    ChangeNote.objects.create(article=article, at=timezone.now(), by=editor, text=f"{state}changenotecanary")
    ArticleReview.objects.create(article=article, reviewed_at=timezone.now(), reviewed_by=editor)
    hashtag = article.hashtags.get(name=f"{state}hashtagcanary")
    HashtagAlias.objects.create(name=f"{state}aliascanary", key=f"{state}aliascanary", hashtag=hashtag)


def draft_facts(site):
    factories = dict(
        zip(
            FACTS,
            [
                RoleFactory,
                SkillFactory,
                TechnologyFactory,
                ProviderFactory,
                CredentialFactory,
                PathwayFactory,
            ],
            strict=True,
        )
    )
    facts = {
        fact: factory(
            name=f"{fact}namecanary",
            slug=f"{fact}slugcanary",
            summary=f"{fact}summarycanary",
            editor_note=f"{fact}notecanary",
            status=Status.DRAFT,
            **({"provider": site["credential"].provider} if fact == "credential" else {}),
        )
        for fact, factory in factories.items()
    }
    tie(site, facts)
    return facts


def tie(site, facts):
    role, skill, credential = facts["role"], facts["skill"], facts["credential"]
    secret = {"text": "statementtextcanary", "about": "work", "status": Status.DRAFT}
    statement = PreferenceStatement.objects.create(slug="statementslugcanary", **secret)
    PreferenceWeight.objects.create(statement=statement, role=site["role"], weight=1)
    for each in PreferenceStatement.objects.all():
        PreferenceWeight.objects.create(statement=each, role=role, weight=3, reason="weightreasoncanary")
    RoleTitle.objects.create(role=role, title="roletitlecanary")
    RoleTask.objects.create(role=role, text="roletaskcanary")
    version = ExamVersionFactory(credential=credential, exam_code="examcodecanary")
    for day in (timezone.localdate() - timedelta(days=9), timezone.localdate() + timedelta(days=9)):
        tell = {"kind": "last_exam", "certainty": "announced", "note": "eventnotecanary"}
        LifecycleEvent.objects.create(credential=credential, version=version, happens_on=day, **tell)
    for each in (site["role"], role):
        RoleSkill.objects.create(role=each, skill=skill, importance=5, level=5)
        RoleTechnology.objects.create(role=each, technology=facts["technology"])
        Recommendation.objects.create(role=each, credential=credential, tier="core", reason="rolenamecanary")
    RoleSkill.objects.create(role=role, skill=site["skill"], importance=5, level=5)
    tie_pathways(site, facts)
    Recommendation.objects.create(
        role=role, credential=site["credential"], tier="core", reason="rolenamecanary"
    )
    site["role"].related.add(role)
    site["credential"].replaced_by.add(credential)
    site["credential"].skills.add(skill)
    credential.skills.add(site["skill"])


def tie_pathways(site, facts):
    """Drafts stand in a public pathway between two steps that are tied already; one leads to all."""
    pathway, draft = Pathway.objects.get(slug="open-pathway"), facts["pathway"]
    draft.role = site["role"]
    draft.save()
    add_step(draft, "step", site["skill"])
    choice = pathway.choices.create(key="choiceslugcanary", label="choicelabelcanary")
    start, end = (pathway.steps.get(key=key) for key in "ab")
    for kind in ("role", "skill", "credential"):
        step = add_step(pathway, f"{kind}stepcanary", facts[kind], note="stepnotecanary", choice=choice)
        PathwayEdge.objects.create(pathway=pathway, from_step=start, to_step=step)
        PathwayEdge.objects.create(pathway=pathway, from_step=step, to_step=end)
    asked = {"credential": site["credential"], "relation": "requires"}
    Condition.objects.create(target_credential=facts["credential"], **asked)
    Condition.objects.create(target_skill=facts["skill"], group=2, **asked)


def leaks(answers):
    """Each canary that an address shows. One that holds the word itself may echo it, as it would any word."""
    return {
        (canary, address)
        for address, text in answers.items()
        for canary in canaries_in(text.lower())
        if not is_echo(answers, address, canary)
    }


def canaries_in(text):
    return [canary for canary in CANARIES if canary in text] if "canary" in text else []


def is_echo(answers, address, canary):
    twin = answers.get(re.sub(canary, CONTROL, address, flags=re.IGNORECASE))
    if canary not in address.lower() or twin is None:
        return False
    return unnamed(answers[address], canary) == unnamed(twin)


def unnamed(text, word=CONTROL):
    return text.replace(word, "word").replace(CONTROL, "word")


# --- The tests ---------------------------------------------------------------------------


def test_no_address_tells_of_anything_unpublished(crawls):
    before, after = crawls

    assert leaks(after) == set()
    open_after = {address: text for address, text in after.items() if tells_of_no_canary(address)}
    assert {address for address, text in open_after.items() if text != before.get(address)} == set()
    assert before.keys() == open_after.keys()


def test_an_unpublished_address_answers_as_one_that_does_not_exist(crawls):
    _, answers = crawls
    hidden = [
        path for name, parameters in patterns() for path in filled(name, parameters) if "canary" in path
    ]

    assert len(hidden) > 50
    for path in hidden:
        word = re.search(r"\w+canary", path).group()
        twin = answers[path.replace(word, CONTROL)]
        assert answers[path].startswith("404"), path
        assert unnamed(answers[path], word) == unnamed(twin), path


def test_the_crawl_would_notice_each_of_them(client, crawls):
    for article in Article.objects.filter(slug__endswith="slugcanary"):
        article.state, article.published_at = Article.State.PUBLISHED, timezone.now() - timedelta(hours=1)
        article.expires_at = None
        article.save()
    list(rebuild())
    noticed = {canary for canary, _ in leaks(crawl(client, ["/"], alike=ALIKE))}

    assert {f"{state}{place}canary" for state in STATES for place in SHOWN} <= noticed
    assert not {canary for canary in noticed if not canary.startswith((*STATES, "series"))}


def test_a_page_that_was_taken_down_tells_of_what_is_near_and_public(crawls):
    for path in SIGNED:
        assert crawls[1][path].startswith("410")
        assert "/careers/roles/open-role/" in crawls[1][path]


def test_the_crawl_reaches_every_kind_of_page(crawls):
    _, answers = crawls
    for name, parameters in patterns():
        statuses = {answers[path][:3] for path in filled(name, parameters)}
        assert statuses & {"200", "301", "302"} or name in ("picture-file", "blog:preview"), name


def test_the_crawl_reads_the_lists_for_programs_to_their_ends(crawls):
    pages = [text for address, text in crawls[1].items() if "/api/articles?limit" in address]

    assert len(pages) == 3
    assert [n for n in range(14) if not any(f'"open-{n}"' in text for text in pages)] == []
    assert sum('"next": null' in text for text in pages) == 1
