"""An article as a Markdown file, such as our own import reads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from .markdown import body_as_markdown, one_line
from .models import Article
from .rendering import show_body


@require_safe
def article_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    public = Article.objects.public(now).bylined().defer("body", "plain_text")
    article = get_object_or_404(public, slug=slug)
    shown = show_body(article.body_html, article.contents, on=timezone.localdate(now))
    text = f"{front_matter(article)}\n# {one_line(article.title)}\n\n{body_as_markdown(shown.html)}\n"
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    address = request.build_absolute_uri(article.get_absolute_url())
    response["Link"] = f'<{address}>; rel="canonical"'
    return response


def front_matter(article: Article) -> str:
    """One line a field; the names are those that the import knows."""
    published = article.published_at
    hashtags = article.hashtags.order_by("article_hashtags__pk")
    fields = {
        "title": article.title,
        "author": ", ".join(byline.author.name for byline in article.bylines.all()),
        "published": timezone.localtime(published).date().isoformat() if published else "",
        "category": article.category.name,
        "hashtags": ", ".join(hashtag.name for hashtag in hashtags),
        "summary": article.summary,
    }
    lines = [f"{name}: {' '.join(value.split())}" for name, value in fields.items() if value.strip()]
    return "\n".join(["---", *lines, "---", ""])
