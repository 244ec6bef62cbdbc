"""The facts in the admin, one noun a file."""

from . import checks, comparisons, credentials, events, exams, providers, records, roles, skills

__all__ = [
    "checks",
    "comparisons",
    "credentials",
    "events",
    "exams",
    "providers",
    "records",
    "roles",
    "skills",
]
