from django.http import Http404, HttpRequest, HttpResponse


def home(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


role_list = role_detail = compare_picker = comparison = skill_list = skill_detail = technology_detail = (
    credential_list
) = credential_detail = provider_detail = home
