"""The peer's site holds what the portfolio holds."""

from pathlib import Path

import pytest
import yaml

from benchmarks.hugo_site import CLIENTS, FORMS, NOTE, write_site
from benchmarks.portfolio import write_portfolio


@pytest.mark.parametrize("form", FORMS)
def test_the_site_has_the_same_yaml(form: str, tmp_path: Path) -> None:
    """Each file of each project and client, with equal content, and no two registers of equal text."""
    write_portfolio(tmp_path / "work", 2)
    write_site(tmp_path / "work", tmp_path / "site", form)
    projects = tmp_path / "work" / "projects"
    sources = [path for path in projects.rglob("*") if path.is_file()]
    texts = []
    for source in sources:
        copy = tmp_path / "site" / CLIENTS / source.relative_to(projects)
        texts.append(copy.read_text("utf-8"))
        if source.suffix == ".yaml":
            assert yaml.safe_load(texts[-1]) == yaml.safe_load(source.read_text("utf-8"))
        else:
            assert texts[-1] == source.read_text("utf-8")
    assert len(set(texts)) == len(sources) == 13
    assert (tmp_path / "site" / NOTE).is_file()
