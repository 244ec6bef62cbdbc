"""The facts in the admin, one noun a file."""

from . import checks, credentials, events, exams, providers, records, roles, skills

__all__ = ["checks", "credentials", "events", "exams", "providers", "records", "roles", "skills"]
