"""How many queries each page takes that is made anew: ``python -m benchmarks.queries /blog/ …``, as JSON."""

import json
import sys

import django


def counted(paths: list[str]) -> dict[str, int]:
    """The second time, when the process knows what it keeps for itself."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    found = {}
    for path in paths:
        if (status := client.get(path).status_code) != 200:
            raise RuntimeError(f"{path} answered {status}")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
            b"".join(answer) if answer.streaming else answer.content
        found[path] = len(queries)
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(counted(sys.argv[1:])))
