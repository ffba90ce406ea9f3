"""What authors know from GitHub and GitLab, told to Python-Markdown."""

import re
import string
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from kapm_site.render.markdown_layout import lay_out

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_REMARK = re.compile(
    r"(?P<kept>\\."
    r"|^[ >]*(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?(?:^[ >]*(?P=fence)|\Z)"
    r"|(?P<ticks>(?<!`)`+(?!`))(?:(?!\n[ ]*\n).)*?(?<!`)(?P=ticks)(?!`))"
    r"|<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?[a-z].*?(?:\?>|\Z)|<![a-z][^>]*(?:>|\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)


def without_remarks(text: str) -> str:
    """Take out comments and the like, save in code; as in a browser, an unclosed one reaches to the end."""
    return _REMARK.sub(lambda match: match["kept"] or "", text)


class Habits(Extension):
    """Lists need no blank line before them and nest by two spaces; `~~text~~` is struck; `#12` is no heading."""

    def extendMarkdown(self, md: "Markdown") -> None:  # noqa: N802 - a hook of the library
        """Register the processors at ranks between those of the library."""
        md.ESCAPED_CHARS = list(string.punctuation)
        md.preprocessors.register(_Layout(md), "layout", 27)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 175)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(?=[^\s~])([^~]+)(?<=\S)~~", "del"), "struck", 65)
        md.treeprocessors.register(_Marks(md), "marks", 5)


class _Layout(Preprocessor):
    """Runs after the library has normalised white space, and before it looks for fences and HTML."""

    def run(self, lines: list[str]) -> list[str]:
        return lay_out(lines, self.md.htmlStash.store)


class _Marks(Treeprocessor):
    """Marks cells and images so that they survive sanitising; raw HTML is not in the tree and gets no marks."""

    def run(self, root: "Element") -> None:
        for cell in (*root.iter("th"), *root.iter("td")):
            # By class, as the pages' content security policy forbids inline style.
            align = re.search("right|center", cell.attrib.pop("style", ""))
            if align:
                cell.set("class", "ar" if align[0] == "right" else "ac")
            if cell.tag == "th":
                cell.set("scope", "col")
        for image in root.iter("img"):
            # A scheme of ours, as relative addresses do not survive.
            image.set("src", f"attachment:{image.get('src', '')}")
