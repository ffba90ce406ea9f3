"""Parts of a workspace's theme that change nothing: after an upgrade, or for a slip of the pen."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateError, nodes
from jinja2.meta import find_referenced_templates

from kapm_site.problem import Mark, Problem
from kapm_site.render.folders import templates_folder
from kapm_site.render.templates import environment

#: The page that asks for a passphrase guards what a theme is applied to.
_OURS = frozenset({"locked.html.j2"})
_STYLES = ("assets/theme.css", "assets/theme-print.css")


def unused_parts(overrides: Path | None) -> list[Problem]:
    """Find templates and style sheets that no page uses, and blocks that what they extend does not have.

    A template that cannot be read is left to the page that uses it, which tells what is wrong with it.
    """
    if overrides is None:
        return []
    sandbox = environment(overrides)
    trees = dict(_parsed(sandbox, overrides))
    used = {name for tree in trees.values() for name in find_referenced_templates(tree) if name}
    idle = [name for name in trees if name not in used and (name in _OURS or not (templates_folder() / name).is_file())]
    hint = "give it the name of the built-in template it shall replace"
    found = [_problem(name, 1, f"no page uses the template {name!r}", hint) for name in idle]
    for path in sorted(overrides.rglob("*.css")):
        name = path.relative_to(overrides).as_posix()
        if name not in _STYLES:
            found.append(
                _problem(name, 1, f"no page uses the style sheet {name!r}", f"put its rules into {_STYLES[0]}")
            )
    return [*found, *(one for name, tree in trees.items() for one in _unknown_blocks(name, tree, trees, sandbox))]


def _parsed(sandbox: Environment, overrides: Path) -> Iterator[tuple[str, nodes.Template]]:
    for path in sorted(overrides.rglob("*.j2")):
        name = path.relative_to(overrides).as_posix()
        try:
            yield name, sandbox.parse(sandbox.loader.get_source(sandbox, name)[0])  # type: ignore[union-attr]
        except TemplateError:
            continue


def _unknown_blocks(
    name: str, tree: nodes.Template, trees: dict[str, nodes.Template], sandbox: Environment
) -> Iterator[Problem]:
    extended = _extended(tree)
    if extended is None:
        return
    inherited = set(_blocks_above(extended, trees, sandbox))
    own = {inner for block in tree.find_all(nodes.Block) for inner in _names(block)}
    for block in tree.find_all(nodes.Block):
        if block.name not in inherited | own:
            message = f"{extended!r} has no block {block.name!r}, so it shows nowhere"
            yield _problem(name, block.lineno, message, "docs/page-facts.md lists the blocks of each template")


def _blocks_above(name: str, trees: dict[str, nodes.Template], sandbox: Environment) -> Iterator[str]:
    """Name the blocks of a template and of what it extends in turn."""
    seen: set[str] = set()
    above: str | None = name
    while above is not None and above not in seen:
        seen.add(above)
        try:
            tree = trees.get(above) or sandbox.parse(sandbox.loader.get_source(sandbox, above)[0])  # type: ignore[union-attr]
        except TemplateError:
            return
        yield from _names(tree)
        above = _extended(tree)


def _extended(tree: nodes.Template) -> str | None:
    found = tree.find(nodes.Extends)
    return found.template.value if found and isinstance(found.template, nodes.Const) else None


def _names(node: nodes.Node) -> list[str]:
    return [block.name for block in node.find_all(nodes.Block)]


def _problem(name: str, line: int, message: str, hint: str) -> Problem:
    return Problem(Mark(f"templates/{name}", line), "template-unused", message, "warning", hint)
