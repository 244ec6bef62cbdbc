"""The calibrator: the least that Django can answer. Everything else is a ratio to it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", bare)]

settings.configure(
    SECRET_KEY="signs nothing", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DEBUG=False
)
application = get_wsgi_application()
