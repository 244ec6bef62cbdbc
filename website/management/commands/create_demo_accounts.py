"""Somebody to log in as on a fresh site."""

import os
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand
from django.db import transaction

# name → the group whose permissions it has; the administrator needs none.
ACCOUNTS = {"admin": "", "publisher": "publisher", "editor": "editor", "writer": "writer"}


class Command(BaseCommand):
    help = (
        "Makes the accounts admin, publisher, editor and writer, all with one password: "
        "DEMO_PASSWORD, or one made by chance. Accounts that exist stay as they are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(12)
        with transaction.atomic():
            made = [name for name, group in ACCOUNTS.items() if make_account(name, group, password)]
        if made:
            self.stdout.write(
                f"Accounts: {', '.join(made)}. Their password, shown only this once: {password}"
            )


def make_account(name: str, group: str, password: str) -> bool:
    users = get_user_model().objects
    if users.filter(username=name).exists():
        return False
    user = users.create_user(name, password=password, is_staff=True, is_superuser=not group)
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    return True
