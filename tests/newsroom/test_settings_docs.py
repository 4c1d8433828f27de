import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("newsroom", "translations", "articles", "consent")
# Read by Django's own start-up, not by us.
DJANGOS = {"DJANGO_SETTINGS_MODULE"}
READERS = re.compile(r"(env|os\.environ|environ)(\.\w+)?|os\.getenv|getenv|whole_number")


def variables_read(source: str) -> set[str]:
    """Return the names that stand as first argument or key of anything of the environment's."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            called, argument = ast.unparse(node.func), node.args[0]
        elif isinstance(node, ast.Subscript):
            called, argument = ast.unparse(node.value), node.slice
        else:
            continue
        if isinstance(argument, ast.Constant) and READERS.fullmatch(called):
            names.add(argument.value)
    return names


def variables_read_by_the_newsroom() -> set[str]:
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    return set().union(*(variables_read(file.read_text()) for file in files)) - DJANGOS


def variables_on_the_page() -> list[str]:
    page = (ROOT / "docs/reference/settings.md").read_text()
    return re.findall(r"^\| `([A-Z_]+)` \|", page, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('env.bool("A", default=False)', {"A"}),
        ('x = env("B")', {"B"}),
        ('os.environ["C"]', {"C"}),
        ('os.environ.get("D")', {"D"}),
        ('os.getenv("E")', {"E"}),
        ('whole_number("F", default=2)', {"F"}),
        ('env("G").rstrip("/")', {"G"}),
        ('print("H")', set()),
    ],
)
def test_each_way_of_reading_the_environment_is_seen(source, names):
    assert variables_read(source) == names


def test_the_settings_page_names_each_variable_that_is_read_and_no_other():
    assert sorted(variables_on_the_page()) == sorted(variables_read_by_the_newsroom())
