"""A clean story, and what the desk check says of changes to it."""

from dataclasses import replace
from datetime import date

from blog import linting
from blog.rendering import KnownCertification, KnownExam, KnownFacts

DAY = date(2026, 6, 15)
FACTS = KnownFacts(
    (
        KnownCertification(
            "cloud-builder",
            "Acme Certified Cloud Builder – Associate",
            "ACCB",
            (
                KnownExam("ACB-C02"),
                KnownExam("220-1101", True),
                KnownExam("ACB-C01", True, date(2025, 3, 31), ("ACB-C02",)),
            ),
            "150 USD",
        ),
        KnownCertification(
            "model-keeper", "Acme Certified Model Keeper – Professional", "", (KnownExam("AMK-100"),)
        ),
    ),
    {"data engineer": "data-engineer", "data analyst": "data-analyst", "etl developer": "data-engineer"},
)
CLEAN = linting.Story(
    title="How to choose a first database",
    slug="how-to-choose-a-first-database",
    summary="Three questions that settle which database a small team should begin with.",
    body="<h2>Begin with the data</h2><p>Look at the data before the product.</p>",
    category="Data",
    authors=("Ada Example",),
)


def story(body="", **fields):
    return replace(CLEAN, **({"body": body} if body else {}), **fields)


def found(one, *, rule="", on=DAY, facts=FACTS, dead_links=()):
    """The findings, or those of one rule."""
    findings = linting.check(one, facts=facts, on=on, dead_links=dead_links)
    return [finding for finding in findings if rule in ("", finding.rule)]


def mended(one, rule, **known):
    """The story after the first fix that the rule offers; what the fix was for is gone."""
    finding = next(finding for finding in found(one, rule=rule, **known) if finding.fix)
    better = finding.fix.apply(one)
    assert finding.key not in {other.key for other in found(better, **known)}
    assert finding.fix.apply(better) == better
    return better
