"""The demo catalogue several times over: roles and certifications with all that hangs on them.

Skills, technologies, providers and sources stay as they are, so that each of them has the more to show.
``python -m benchmarks.multiply 10`` fills the database of DATA_DIR; a test counts queries on the same rows.
"""

import sys
from collections.abc import Iterable

import django
from django.db import models, transaction


def multiply(times: int) -> None:
    """Make ``times - 1`` copies of each role and certification, and of the rows that are theirs."""
    with transaction.atomic():
        for number in range(2, times + 1):
            copy_all(number)


def copy_all(number: int) -> None:
    from careers import models as careers

    copies: dict[type[models.Model], dict[int, models.Model]] = {}
    for model in (careers.Role, careers.Credential):
        copies[model] = copied(model._default_manager.exclude(slug__regex=r"-x\d+$"), number, copies)
    for model in children(careers.Role, careers.Credential):
        copies[model] = copied(own_rows(model, copies), number, copies)


def children(*roots: type[models.Model]) -> list[type[models.Model]]:
    """The models whose rows go when a root goes, parents before their own children."""
    found: list[type[models.Model]] = []
    ahead = list(roots)
    while ahead:
        for relation in ahead.pop(0)._meta.related_objects:
            field = relation.field
            cascades = getattr(relation, "on_delete", None) is models.CASCADE
            if cascades and field.model._meta.app_label == "careers" and field.model not in (*found, *roots):
                found.append(field.model)
                ahead.append(field.model)
    through = [field.remote_field.through for root in roots for field in root._meta.local_many_to_many]
    return [*found, *(model for model in through if model not in found)]


def own_rows(model: type[models.Model], copies: dict) -> Iterable[models.Model]:
    """The rows that hang on something that was copied, and on nothing of the same kind that was not."""
    for row in model._default_manager.order_by("pk"):
        keys = [(field.related_model, getattr(row, field.attname)) for field in foreign_keys(model, copies)]
        named = [pk in copies[target] for target, pk in keys if pk is not None]
        if named and all(named):
            yield row


def foreign_keys(model: type[models.Model], copies: dict) -> list[models.ForeignKey]:
    fields = [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]
    return [field for field in fields if field.related_model in copies]


def copied(rows: Iterable[models.Model], number: int, copies: dict) -> dict[int, models.Model]:
    made = {}
    for row in rows:
        original = row.pk
        row.pk, row._state.adding = None, True
        for field in foreign_keys(type(row), copies):
            copy = copies[field.related_model].get(getattr(row, field.attname))
            setattr(row, field.attname, copy.pk if copy else None)
        rename(row, number)
        made[original] = row
    if made:
        next(iter(made.values()))._meta.model._default_manager.bulk_create(made.values())
    return made


def rename(row: models.Model, number: int) -> None:
    for name, pattern in (("slug", "{}-x{}"), ("key", "{}-x{}"), ("exam_code", "{}-X{}"), ("name", "{} {}")):
        value = getattr(row, name, None)
        if value and any(field.name == name for field in row._meta.local_fields):
            setattr(row, name, pattern.format(value, number))


def main() -> None:
    django.setup()
    multiply(int(sys.argv[1]))


if __name__ == "__main__":
    main()
