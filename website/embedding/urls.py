from django.urls import path

from website.api.answers import read_only

from .frames import certification_frame, comparison_frame, role_frame
from .oembed import oembed

urlpatterns = [
    path("oembed", read_only(oembed), name="oembed"),
    path("embed/role/<slug:slug>/", role_frame, name="embed-role"),
    path("embed/certification/<slug:slug>/", certification_frame, name="embed-certification"),
    path("embed/comparison/<str:roles>/", comparison_frame, name="embed-comparison"),
]
