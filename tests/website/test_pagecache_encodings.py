import pytest

from website.pagecache.encodings import preferred


@pytest.mark.parametrize(
    "accepted",
    [
        "gzip",
        "gzip, deflate, br",
        "br;q=1.0, gzip;q=0.8, *;q=0.1",
        "*",
        "GZIP",
        "x-gzip",
        "gzip;q=0.001",
        "deflate, *;q=0.5",
    ],
)
def test_who_takes_gzip_gets_it(accepted):
    assert preferred(accepted) == "gzip"


@pytest.mark.parametrize(
    "accepted",
    [
        "",
        "br",
        "identity",
        "gzip;q=0",
        "*;q=0",
        "gzip;q=0.2, identity;q=0.5",
        "gzip;q=x",
        "gzip;q=-1",
        "gzip;q=nan",
        ",;=,",
    ],
)
def test_who_does_not_gets_the_plain_text(accepted):
    assert preferred(accepted) == "identity"
