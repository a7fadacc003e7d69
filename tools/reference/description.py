"""The page of the description, made from the tests that follow it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from percuta.facts.edition import Facts
from reference.markdown import Lines, sentence

DESCRIPTION = Path(__file__).resolve().parents[2] / "tests" / "spec" / "test_description.py"


def page(facts: Facts) -> Lines:
    """The eighteen points, from the tests that hold Percuta to them."""
    tests = list(_described())
    yield "# The description, point by point"
    yield ""
    yield "Percuta is built from a description of micro-needling in eighteen points. Each has a"
    yield "test; what is not built yet is listed as such, and its test fails on purpose."
    for number in sorted({number for number, *_ in tests}):
        mine = [(text, why, name) for n, text, why, name in tests if n == number]
        built = [(text, name) for text, why, name in mine if why is None]
        title, *rest = built[0][0].split("\n\n")
        yield f"## {number}. {sentence(title)[:-1]}"
        yield ""
        yield from "\n\n".join(rest).splitlines()
        yield ""
        for text, name in built:
            yield f"* Tested: `{name}`" + ("" if text is built[0][0] else f": {sentence(text)}")
        for text, why, _ in mine:
            if why is not None:
                yield f"* Not built yet: {sentence(text)[:-1]} ({why})."
        yield ""


def _described() -> Iterator[tuple[int, str, str | None, str]]:
    """Point, docstring, why it is not built (or nothing) and name of every test of a point."""
    tree = ast.parse(DESCRIPTION.read_text(encoding="utf-8"))
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        match = re.match(r"test_(\d\d)_", node.name)
        if match:
            yield int(match[1]), ast.get_docstring(node) or "", _not_built(node), node.name


def _not_built(node: ast.FunctionDef) -> str | None:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("xfail"):
            for keyword in decorator.keywords:
                if keyword.arg == "reason":
                    return str(ast.literal_eval(keyword.value))
    return None
