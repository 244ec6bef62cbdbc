"""What change lists show of an article."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from blog.models import Article
from blog.standings import STANDINGS


def pill(standing: str) -> SafeString:
    return format_html('<span class="pill pill--{}">{}</span>', standing, STANDINGS[standing])


def moment(value: datetime | None) -> str:
    """With its zone: an editor abroad must not guess."""
    return timezone.localtime(value).strftime("%-d %b %Y, %H:%M %Z") if value else ""


def standing(article: Article) -> SafeString:
    return pill(article.standing_at(timezone.now()))


def byline(article: Article) -> str:
    return ", ".join(line.author.name for line in article.bylines.all())


def in_whose_hands(article: Article) -> str:
    """Who has it now, between its writer and its readers."""
    if not article.is_unfinished:
        return ""
    if article.is_approved:
        return f"Approved by {article.approved_by or 'a former colleague'}"
    of_live = "In review" if article.submitted_at and article.state == Article.State.PUBLISHED else ""
    said = "Returned" if article.returned_at else of_live  # the chip of a draft in review says so already
    whose = f"with {article.assigned_to}" if article.assigned_to else ""
    return ", ".join(filter(None, [said, whose]))
