from django.urls import path

from . import views

app_name = "careers"
urlpatterns = [
    path("", views.home, name="home"),
    path("roles/", views.role_list, name="role-list"),
    path("roles/<slug:slug>/", views.role_detail, name="role-detail"),
    path("compare/", views.compare_picker, name="compare"),
    path("compare/<str:roles>/", views.comparison, name="comparison"),
    path("skills/", views.skill_list, name="skill-list"),
    path("skills/<slug:slug>/", views.skill_detail, name="skill-detail"),
    path("technologies/<slug:slug>/", views.technology_detail, name="technology-detail"),
    path("certifications/", views.credential_list, name="credential-list"),
    path("certifications/<slug:slug>/", views.credential_detail, name="credential-detail"),
    path("providers/<slug:slug>/", views.provider_detail, name="provider-detail"),
]
