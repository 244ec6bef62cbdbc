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
    said = ""
    if article.is_approved:
        said = f"Approved by {article.approved_by or 'a former colleague'}"
    elif article.submitted_at:
        said = "In review"
    elif article.returned_at:
        said = "Returned"
    return ", ".join(filter(None, [said, f"with {article.assigned_to}" if article.assigned_to else ""]))
