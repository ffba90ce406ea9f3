"""A client's colour can be read on white, and the client's words are for labels that exist.

The accent colour is used for links and headings. Below a contrast of 4.5 to 1 with white, many readers cannot read it
(WCAG 2.2, 1.4.3), so it is darkened until it has that contrast. Charts draw the forecast in it, unless it would be
taken for the black of what is done, the grey of the baseline or the red of what is critical and late. `vocabulary`
replaces labels by the client's own words; the keys are label ids, with or without `label.` or `section.` before them.
"""

from kapm_site.language import overridable_ids
from kapm_site.model.client import Brand
from kapm_site.model.colors import LEGIBLE, contrast, darkened, stands_out
from kapm_site.model.workspace import Account, Workspace
from kapm_site.problem import Problem
from kapm_site.workspace.records import Guesses

_WHITE = "#ffffff"


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report a colour that is pale or one of the charts', and words for unknown labels."""
    brand = account.client.brand
    return [*_check_color(brand), *_check_charts(brand), *_check_words(brand)]


def _check_color(brand: Brand) -> list[Problem]:
    if not brand.color or contrast(brand.color, _WHITE) >= LEGIBLE:
        return []
    ratio = int(contrast(brand.color, _WHITE) * 10) / 10
    shade = darkened(brand.color, _WHITE)
    message = f"color '{brand.color}' has a contrast of {ratio} to 1 with white, less than {LEGIBLE}; {shade} is used"
    hint = f'write color: "{shade}" or darker'
    return [Problem(brand.mark("color"), "pale-color", message, "warning", hint=hint)]


def _check_charts(brand: Brand) -> list[Problem]:
    if not brand.color or stands_out(darkened(brand.color, _WHITE)):
        return []
    message = f"color '{brand.color}' is too near to a black, grey or red that charts use; they draw in their own blue"
    hint = "nothing needs to be done: links and headings keep the colour"
    return [Problem(brand.mark("color"), "chart-color", message, "info", hint=hint)]


def _check_words(brand: Brand) -> list[Problem]:
    if not brand.vocabulary:
        return []
    known = overridable_ids()
    bare = {label.split(".", 1)[1] for label in known}
    whole_guesses, bare_guesses = Guesses(known), Guesses(bare)
    return [
        Problem(
            brand.key_mark("vocabulary", label),
            "unknown-label",
            f"there is no label '{label}'",
            "warning",
            hint=(whole_guesses if "." in label else bare_guesses).hint(label) or "the reference lists the labels",
        )
        for label in brand.vocabulary
        if label not in known and label not in bare
    ]
