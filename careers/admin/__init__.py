"""The facts in the admin, one noun a file."""

from . import (
    bulk,
    checks,
    comparisons,
    credentials,
    events,
    exams,
    imports,
    pathways,
    preferences,
    providers,
    records,
    roles,
    skills,
)

__all__ = [
    "bulk",
    "checks",
    "comparisons",
    "credentials",
    "events",
    "exams",
    "imports",
    "pathways",
    "preferences",
    "providers",
    "records",
    "roles",
    "skills",
]
