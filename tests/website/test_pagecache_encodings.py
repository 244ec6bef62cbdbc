import pytest

from website.pagecache.encodings import preferred


@pytest.mark.parametrize(
    "accepted",
    [
        "gzip",
        "br;q=0.5, gzip;q=0.8, *;q=0.1",
        "br;q=0, gzip",
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
        "brotli",
        "identity",
        "br;q=0.5, identity",
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


@pytest.mark.parametrize(
    "accepted",
    [
        "br",
        "gzip, deflate, br, zstd",
        "br;q=1.0, gzip;q=0.8, *;q=0.1",
        "BR",
        "gzip;q=0, br;q=0.1",
        "*;q=0, br",
    ],
)
def test_who_takes_brotli_gets_it_as_it_is_smaller(accepted):
    assert preferred(accepted) == "br"


@pytest.mark.parametrize("accepted", ["br", "br, gzip;q=0"])
def test_what_comes_only_as_gzip_is_plain_for_who_knows_but_brotli(accepted):
    assert preferred(accepted, ("gzip",)) == "identity"


def test_what_comes_only_as_gzip_comes_as_gzip_to_browsers():
    assert preferred("gzip, deflate, br, zstd", ("gzip",)) == "gzip"
