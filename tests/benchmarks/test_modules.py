"""Each benchmark can at least be started: most are run by hand, months after what they import has moved."""

import importlib
import pkgutil

import pytest

import benchmarks

# The bare application sets up a Django of its own.
NAMES = {module.name for module in pkgutil.iter_modules(benchmarks.__path__)} - {"bare"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_benchmark_finds_what_it_imports(name):
    assert importlib.import_module(f"benchmarks.{name}")
