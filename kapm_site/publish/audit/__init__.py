"""The audit: proof, before a site is swapped in, that nothing internal and nothing foreign is in it.

Isolation comes from construction: a client's pages are made from a view that holds nothing else. The audit
trusts none of that. It takes the files as they lie on the disk apart again and looks for every text that
the workspace holds and the client may not read.

What counts: a text of six letters, or two ideographs, or more; a plain number of five digits or more before
the decimal point. Compared are letters and digits only, folded, so that line breaks, hyphenation, Markdown
marks and markup within a word do not hide anything. Long texts are searched in windows of 16 letters, so
that a quotation or a truncated cell is found too.
"""

from kapm_site.publish.audit.kept import Spread
from kapm_site.publish.audit.run import audit_folder
from kapm_site.publish.audit.secrets import Secret, Secrets

__all__ = ["Secret", "Secrets", "Spread", "audit_folder"]
