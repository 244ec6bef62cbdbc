"""The pages that are measured, by name. Some depend on how many articles there are."""

from benchmarks.corpus import CATEGORIES, HASHTAGS, rare_words, slugged
from blog.listings import PER_PAGE

FREQUENT = [slugged(name) for name in HASHTAGS[:2]]
ROLES = ("generative-ai-engineer", "machine-learning-engineer")


def pages(articles: int) -> dict[str, str]:
    first, second = rare_words(7)
    return {
        "home": "/",
        "article": "/blog/synthetic-7/",
        "category": "/category/tools/",
        "deep category page": f"/category/tools/?page={deep(articles)}",
        "hashtag": f"/tag/{FREQUENT[0]}/",
        "intersection": f"/tag/{'+'.join(sorted(FREQUENT))}/",
        "role": f"/careers/roles/{ROLES[1]}/",
        "comparison": f"/careers/compare/{'-vs-'.join(ROLES)}/",
        "certifications": "/careers/certifications/?level=associate&status=active&provider=microsoft",
        "search common": "/search/?q=people",
        "search rare": f"/search/?q={first}+{second}",
        "search mistyped": "/search/?q=retreival",
        "feed": "/blog/feed/",
        "site map": "/sitemap.xml",
    }


def deep(articles: int) -> int:
    """Nine tenths down the list of a category, whose articles are a seventh of all or nearly."""
    return max(2, articles // len(CATEGORIES) * 8 // 10 // PER_PAGE)


def chosen(articles: int, names: str) -> dict[str, str]:
    """Those whose names are in the list; all, for an empty one."""
    known = pages(articles)
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        raise SystemExit(f"PAGES has {unknown[0]!r}; it can have, with commas between: {', '.join(known)}")
    return {name: known[name] for name in wanted or known}
