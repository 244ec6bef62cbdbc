def test_the_icon_asked_for_unbidden_is_the_one_pages_name(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response["Location"]) == (302, "/static/img/favicon.svg")
