"""Every word, date, number and amount that a reader sees, in the reader's language.

The texts are gettext catalogues under `locales/`, English too: code and templates name a message by its id.
How dates and numbers are written comes from Babel, which loads only when the first of them is formatted.
"""

from kapm_site.language.bidi import isolated
from kapm_site.language.language import WHOLE_DAYS, Language, language_for, overridable_ids
from kapm_site.language.tags import SHIPPED

__all__ = ["SHIPPED", "WHOLE_DAYS", "Language", "isolated", "language_for", "overridable_ids"]
