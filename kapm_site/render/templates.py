"""Typed page contexts become text through Jinja2; a workspace may override any built-in template."""

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from functools import lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2 import __version__ as jinja_version
from jinja2.bccache import Bucket
from jinja2.runtime import new_context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from kapm_site.cache.digest import digest
from kapm_site.pages.charts.marks import by_style
from kapm_site.problem import Mark, Problem
from kapm_site.process.limits import limit_text, limited
from kapm_site.render.folders import templates_folder

Text = Callable[..., str]

#: What a workspace's template calls the built-in ones by: `{% extends "kapm/project.html.j2" %}`.
BUILT_IN = "kapm"


@lru_cache(maxsize=4)
def environment(overrides: Path | None) -> Environment:
    """Make the one environment of this process for a workspace's overrides, or for none.

    A workspace's templates are code of whoever may change the workspace: they run in Jinja2's immutable
    sandbox and cannot be symbolic links out of their folder. They still see every fact of their page.
    """
    built_in = _Folder(templates_folder())
    if overrides is None or not overrides.is_dir():
        made = _made(_OwnTemplates, [built_in])
        made.bytecode_cache = _Compiled()
        return made
    sandbox = _made(ImmutableSandboxedEnvironment, [PrefixLoader({BUILT_IN: built_in}), _Folder(overrides), built_in])
    # The same sources never give other bytes.
    del sandbox.globals["lipsum"], sandbox.filters["random"]
    return sandbox


def _made(factory: type[Environment], loaders: list[BaseLoader]) -> Environment:
    made = factory(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["by_style"] = by_style
    return made


def compile_pages() -> None:
    """Compile the built-in templates of the site for this process and those that are copied from it."""
    built_in = environment(None)
    for name in built_in.list_templates(extensions=["j2"]):
        if not name.startswith("print/"):
            built_in.get_template(name)


def render_page(
    environment: Environment, template: str, context: Mapping[str, object], *, t: Text, tn: Text
) -> tuple[str, list[Problem]]:
    """Fill one template; what is wrong in a workspace's own template comes back as a problem.

    Args:
        environment: From `environment`.
        template: Name relative to the templates folder, with forward slashes.
        context: Finished facts; a name that a template uses and the context lacks is an error.
        t: Text of a label in the reader's language, seen by every template and imported macro.
        tn: The same for a counted label.

    Raises:
        jinja2.TemplateError: A built-in template is wrong, which is our fault and not the user's.
    """
    try:
        with nullcontext() if isinstance(environment, _OwnTemplates) else limited():
            page = _fill(environment, template, context, {"t": t, "tn": tn})
    except Exception as error:
        problem = _problem(environment, error)
        if problem is None:
            raise
        return "", [problem]
    return page if page.endswith("\n") else page + "\n", []


def render_part(environment: Environment, template: str, context: Mapping[str, object], *, t: Text, tn: Text) -> Markup:
    """Fill a template that is a part of a page; what is wrong in it is reported by the page."""
    return Markup(_fill(environment, template, context, {"t": t, "tn": tn}))  # noqa: S704 filled with escaping on


class _OwnTemplates(Environment):
    """Our own templates alone, which know their records: a third of the time of a page goes without this.

    A page has tens of thousands of values, nearly all of them attributes that exist and texts with nothing to escape.
    """

    getattr = staticmethod(getattr)  # type: ignore[assignment]  # a name that a record lacks is an error here too, if of another class

    def _generate(self, *args: Any, **kwargs: Any) -> str:
        return f"{super()._generate(*args, **kwargs)}\nescape = environment.escape_quickly"

    @staticmethod
    def escape_quickly(value: object) -> str:
        """Write a value as HTML; what needs no escaping stays the text it is."""
        if type(value) is str and not _SPECIAL(value):
            return value
        if type(value) is int or type(value) is float:
            return str(value)
        return value if type(value) is Markup else escape(value)


class _Compiled(FileSystemBytecodeCache):
    """Keeps our own templates compiled where Python keeps our modules, which saves a quarter of a second a start."""

    def __init__(self) -> None:
        form = digest(jinja_version, Path(__file__).read_bytes())[:12]  # the code that is made changes with both
        super().__init__(str(Path(cache_from_source(__file__)).parent), f"%s.template-{form}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where Python would keep a module."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


_SPECIAL = re.compile("[&<>\"']").search


class _Folder(FileSystemLoader):
    """A folder of templates that no symbolic link leads out of, nor is it one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.parent.resolve() / folder.name
        super().__init__(self.folder)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            source, path, is_current = super().get_source(environment, template)
        except TemplateNotFound:
            raise
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateSyntaxError(f"it cannot be read: {error}", 1, template, str(self.folder / template)) from None
        if not Path(path).resolve().is_relative_to(self.folder):
            raise TemplateSyntaxError("it is a symbolic link out of its folder", 1, template, path)
        return source, path, is_current


def _fill(environment: Environment, name: str, context: Mapping[str, object], functions: Mapping[str, Text]) -> str:
    """Render with language functions as globals of this one render, and `styled` where a style sheet colours charts.

    `Template.render` would show them to included templates but not to imported macros, and globals of
    the environment would make two languages share them.
    """
    template = environment.get_template(name)
    styled = {} if name.startswith("print/") else {"styled": True}
    known = {**template.globals, **functions, **styled}
    filled = new_context(environment, template.name, template.blocks, dict(context), globals=known)
    try:
        return environment.concat(template.root_render_func(filled))
    except Exception:  # noqa: BLE001 - Jinja2's own way: the traceback gets the lines of the template
        environment.handle_exception()


def _problem(environment: Environment, error: Exception) -> Problem | None:
    """Blame the innermost template of the workspace that the error went through, if any did."""
    overrides = _overrides(environment)
    if overrides is None:
        return None
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for filename, line in reversed(places):
        if Path(filename).is_relative_to(overrides):
            return _template_error(Path(filename).relative_to(overrides).as_posix(), line, error)
    # A built-in template may still fail because an override lacks a macro or a block it needs.
    return _template_error("", 1, error) if isinstance(error, TemplateError) else None


def _overrides(environment: Environment) -> Path | None:
    loader = environment.loader
    loaders = loader.loaders if isinstance(loader, ChoiceLoader) else []
    folders = [one.folder for one in loaders if isinstance(one, _Folder)]
    return folders[0] if len(folders) > 1 else None


def _template_error(name: str, line: int, error: Exception) -> Problem:
    text = limit_text(error) or " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, RecursionError):
        text = f"it comes to itself without end ({text})"
    own = f"; yours extends the built-in one as '{BUILT_IN}/{name}'" if name else ""
    return Problem(
        Mark(f"templates/{name}".rstrip("/"), line),
        "template-error",
        f"the template cannot be filled: {text}",
        hint=f"compare with the built-in template of the same name, or delete yours to use that one{own}",
    )
