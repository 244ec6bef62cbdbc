"""One role in a few lines."""

from datetime import date

from careers.models import RoleSkill

from .catalogue import Catalogue
from .finding import find_one
from .references import Content, Kind, Reference

MOST_SKILLS = 5


def role_card_of(reference: Reference, catalogue: Catalogue, on: date) -> Content:
    role = find_one(catalogue, "role", reference)
    skills = [
        needed.skill
        for needed in role.role_skills.all()
        if needed.relation == RoleSkill.Relation.ESSENTIAL and needed.skill.is_public
    ][:MOST_SKILLS]
    text = "\n".join([role.main_focus, role.summary, ", ".join(skill.name for skill in skills)])
    context = {"role": role, "skills": skills, "checked_on": role.checked_on}
    return Content(role.name, text, context=context)


KIND = Kind("role-card", "Role card", role_card_of, noun=lambda reference: "role")
