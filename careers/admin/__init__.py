"""The facts in the admin, one noun a file."""

from . import credentials, exams, providers, roles, skills

__all__ = ["credentials", "exams", "providers", "roles", "skills"]
