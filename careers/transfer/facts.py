"""Sources, providers, skills, technologies and dimensions, as their data files tell them."""

from .files import Row, same
from .nouns import Data


def source(row: Row) -> Data:
    return {"key": row["id"], **same(row, "title", "kind", "url", "publisher", "licence", "checked", "note")}


def provider(row: Row) -> Data:
    return {"slug": row["id"], **same(row, "name", "short_name", "summary", "aliases", site_url="site")}


def skill(row: Row) -> Data:
    return {"slug": row["id"], **same(row, "name", "kind", "reuse_level", "parent", "aliases", "summary")}


def technology(row: Row) -> Data:
    return {"slug": row["id"], **same(row, "name", "kind", "vendor", "aliases", "summary")}


def dimension(row: Row) -> Data:
    return {"key": row["id"], **same(row, "label", "value_kind", "order", "better", "unit")}
