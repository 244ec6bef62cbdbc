"""The admin's front page: what is being written, what goes out when, what needs a hand."""

from django.contrib.admin import AdminSite
from django.conf import settings


class Desk(AdminSite):
    site_header = site_title = settings.SITE_NAME
