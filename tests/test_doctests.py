"""The examples in the docstrings, run as a reader would type them."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import lesson

PACKAGE = Path(lesson.__file__).parent
MODULES = [
    lesson.__name__,
    *sorted(found.name for found in pkgutil.walk_packages([str(PACKAGE)], f"{lesson.__name__}.")),
]
FLAGS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


def test_every_file_of_the_package_is_a_module_of_that_name() -> None:
    files = {
        ".".join(["lesson", *path.relative_to(PACKAGE).with_suffix("").parts])
        for path in PACKAGE.rglob("*.py")
        if "bundle" not in path.parts
    }
    assert {name.removesuffix(".__init__") for name in files} == set(MODULES)
    assert all(name.isidentifier() for module in MODULES for name in module.split("."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_a_module_hold(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    found = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert found.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = [importlib.import_module(name) for name in MODULES]
    assert sum(bool(test.examples) for module in modules for test in finder.find(module)) >= 20


def test_an_example_that_is_wrong_is_found() -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    runner = doctest.DocTestRunner(verbose=False, optionflags=FLAGS)
    assert runner.run(wrong, out=lambda _: None).failed == 1
