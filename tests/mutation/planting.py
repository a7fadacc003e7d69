"""A mistake that somebody could make, planted in a copy of the product for others to notice."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "src" / "percuta"

_Definition = ast.FunctionDef | ast.ClassDef


class Fault(NamedTuple):
    """One mistake: what it is, where, what is said there, and what is said in its place.

    ``where`` is a module and the function or class in it, as ``ceilings.depth_ceiling``; the folder
    of the module does not matter. ``right`` is one expression or statement, whatever its layout;
    ``wrong`` may be empty: the statement is left out.
    """

    name: str
    where: str
    right: str
    wrong: str


def file_of(fault: Fault, package: Path = PRODUCT) -> Path:
    """The one file in which a fault can be planted.

    Raises
    ------
    LookupError
        If what is said there is said in no file of that name, or more than once.
    """
    return _place(fault, package)[0]


def copy_of_the_product(folder: Path) -> Path:
    """A copy of the package; tables are shared, code is not."""
    package = folder / "percuta"
    shutil.copytree(PRODUCT, package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def plant(fault: Fault, folder: Path) -> None:
    """A copy of the package with the mistake in it."""
    path, module, right = _place(fault, copy_of_the_product(folder))
    wrong = _parsed(fault.wrong or "pass")
    if isinstance(right, ast.stmt) and isinstance(wrong, ast.expr):
        wrong = ast.Expr(wrong)
    changed = ast.fix_missing_locations(_Exchange(right, wrong).visit(module))
    path.write_text(ast.unparse(changed), encoding="utf-8")


def run_on_the_copy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python module as a command that finds the copied package before any other."""
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    command: Sequence[str] = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


class _Exchange(ast.NodeTransformer):
    """Puts one part of a module in the place of another."""

    def __init__(self, right: ast.AST, wrong: ast.AST) -> None:
        self._right, self._wrong = right, wrong

    def visit(self, node: ast.AST) -> ast.AST:
        """The other part where this is the one, else the same with its own parts visited."""
        return self._wrong if node is self._right else super().generic_visit(node)


def _place(fault: Fault, package: Path) -> tuple[Path, ast.Module, ast.AST]:
    """File, module and the part of it that is right: there must be exactly one."""
    name, *definitions = fault.where.split(".")
    right = _parsed(fault.right)
    wanted = ast.dump(right)
    found = [
        (path, module, part)
        for path in sorted(package.rglob(f"{name}.py"))
        for module in [ast.parse(path.read_text(encoding="utf-8"))]
        for scope in _inside(module, definitions)
        for part in ast.walk(scope)
        if type(part) is type(right) and ast.dump(part) == wanted
    ]
    if len(found) != 1:
        raise LookupError(f"{fault.name}: '{fault.right}' stands {len(found)} x in {fault.where}")
    return found[0]


def _inside(scope: ast.Module | _Definition, names: Sequence[str]) -> Iterator[ast.AST]:
    if not names:
        yield scope
        return
    for part in scope.body:
        if isinstance(part, _Definition) and part.name == names[0]:
            yield from _inside(part, names[1:])


def _parsed(text: str) -> ast.AST:
    """An expression where the text is one, else a statement."""
    (statement,) = ast.parse(text).body
    return statement.value if isinstance(statement, ast.Expr) else statement
