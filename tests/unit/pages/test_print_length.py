"""How long a report becomes: it is read on a journey, not filed."""

from dataclasses import replace

import pytest
from large_workspace import RISKS, large_project
from test_print_pdf import IMPRINT, made, setting_of

from kapm_site.language import SHIPPED
from kapm_site.pages.full_report import full_report

pytestmark = pytest.mark.pdf


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_large_project_fits_on_twelve_pages(tag: str) -> None:
    """150 plan items and 40 risks, with every other register well filled: twelve pages at the most."""
    view = replace(large_project(), language=tag)
    assert len(view.tasks) >= 150
    assert len(view.risks) == RISKS
    setting = setting_of(view)
    assert made("full", full_report(view, setting, IMPRINT), setting).pages <= 12
