from django.urls import path

from .views import (
    changes,
    choosing,
    comparing,
    credential_list,
    credentials,
    downloads,
    home,
    pathways,
    providers,
    roles,
    skills,
    technologies,
)

app_name = "careers"
urlpatterns = [
    path("", home.home, name="home"),
    path("roles/", roles.role_list, name="role-list"),
    path("roles/<slug:slug>/", roles.role_detail, name="role-detail"),
    path("compare/", comparing.compare_picker, name="compare"),
    path("compare/<str:roles>.csv", comparing.comparison_csv, name="comparison-csv"),
    path("compare/<str:roles>/", comparing.comparison_page, name="comparison"),
    path("choose/", choosing.choose_role, name="choose"),
    path("choose/how/", choosing.choose_how, name="choose-how"),
    path("choose/how.csv", choosing.choose_csv, name="choose-csv"),
    path("skills/", skills.skill_list, name="skill-list"),
    path("skills.csv", downloads.skills, name="skills-csv"),
    path("skills/<slug:slug>/", skills.skill_detail, name="skill-detail"),
    path("technologies/", technologies.technology_list, name="technology-list"),
    path("technologies/<slug:slug>/", technologies.technology_detail, name="technology-detail"),
    path("changes/", changes.change_list, name="change-list"),
    path("changes/feed/", changes.change_feed, name="change-feed"),
    path("certifications/calendar.ics", changes.calendar, name="calendar"),
    path("certifications/", credential_list.credential_list, name="credential-list"),
    path("certifications/<slug:slug>/", credentials.credential_detail, name="credential-detail"),
    path("pathways/", pathways.pathway_list, name="pathway-list"),
    path("pathways/<slug:slug>/", pathways.pathway_detail, name="pathway-detail"),
    path("providers/", providers.provider_list, name="provider-list"),
    path("providers/<slug:slug>/", providers.provider_detail, name="provider-detail"),
]
