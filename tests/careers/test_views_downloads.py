from careers.models import RoleSkill
from tests.factories import RoleFactory, SkillFactory


def test_the_skills_of_roles_can_be_taken_away_as_a_table(client, db):
    RoleSkill.objects.create(role=RoleFactory(name='=Rôle, "A"'), skill=SkillFactory(), importance=4, level=5)

    response = client.get("/careers/skills.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="roles-and-skills.csv"'
    assert '\r\n"\'=Rôle, ""A""",' in response.content.decode()


def test_it_can_only_be_read(client, db):
    assert client.post("/careers/skills.csv").status_code == 405
