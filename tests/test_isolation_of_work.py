"""What templates are given, and what work on a project is given: views alone, and the data of one client alone."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kapm_site.pipeline import build as pipeline_build
from kapm_site.pipeline import pages, reports
from kapm_site.pipeline.kept import KeptJob
from tests.whole import CLIENTS, reworded, whole
from tests.whole_built import build_site, unset_pdfs


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with every key, whose words begin with their client's name."""
    made, numbers = whole(), iter(range(10**6))
    reworded(made, lambda leaf: f"{leaf.client or 'common'}x{next(numbers)}word")
    return made.write(tmp_path_factory.mktemp("work"))


def _within(value: object, seen: set[int]) -> Iterator[object]:
    """Walk all that can be reached from a value."""
    if id(value) in seen or isinstance(value, (str, bytes, int, float, date, type(None))):
        return
    seen.add(id(value))
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        parts: Iterable[object] = (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, dict):
        parts = (*value.keys(), *value.values())
    else:
        parts = value if isinstance(value, (tuple, list, set, frozenset)) else ()
    for part in parts:
        yield from _within(part, seen)


@pytest.mark.promise("I3")
def test_templates_are_given_facts_of_a_view_and_nothing_else(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No record, no figures, no workspace can be reached from what any page is filled with, internal pages too."""
    given: dict[str, object] = {}
    for module in (pages, reports):
        render = module.render_page

        def kept(environment: Any, template: str, context: dict[str, Any], render: Any = render, **more: Any) -> Any:
            given.setdefault(f"{template}{len(given)}", context.get("page", context))
            return render(environment, template, context, **more)

        monkeypatch.setattr(module, "render_page", kept)
    monkeypatch.setattr(pipeline_build, "render_pdfs", unset_pdfs)
    assert build_site(root, tmp_path / "site").published
    for template, context in given.items():
        types = {f"{type(one).__module__}.{type(one).__name__}" for one in _within(context, set())}
        assert [name for name in types if name.startswith("kapm_site.") and ".pages." not in name] == [], template
    assert len(given) > len(CLIENTS) * 6


@pytest.mark.promise("I4")
def test_work_on_a_project_is_given_the_data_of_its_client_alone(root: Path, tmp_path: Path) -> None:
    """What crosses to another process holds no word of another client: neither of its project nor of its account."""
    jobs: list[KeptJob] = []

    def spread(function: Callable[[Any], Any], given: Iterable[Any]) -> Iterator[Any]:
        for job in given:
            if isinstance(job, KeptJob):
                jobs.append(job)
            yield function(job)

    assert build_site(root, tmp_path / "site", spread, pdf=False).published
    assert len(jobs) == len(CLIENTS)
    for job, client in zip(jobs, CLIENTS, strict=True):
        sent = pickle.dumps(job)
        assert client.encode() in sent
        assert [other for other in CLIENTS if other != client and other.encode() in sent] == []
