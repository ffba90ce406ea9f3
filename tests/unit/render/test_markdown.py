"""Markdown to safe HTML: what authors rely on, and what attackers try."""

import re
import time
from html.parser import HTMLParser

import pytest

from kapm_site.render.markdown import to_html
from tests.gates.payloads import ALL

IMAGES = {"attachments/plan.png": "assets/3f2a.png", "attachments/ein bild.png": "assets/9c1b.png"}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("plain *em* **strong** `a<b`", "<p>plain <em>em</em> <strong>strong</strong> <code>a&lt;b</code></p>"),
        ("~~gone~~ and `~~kept~~`", "<p><del>gone</del> and <code>~~kept~~</code></p>"),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("a <sub>1</sub>", "<p>a <sub>1</sub></p>"),
        ("Done:\n- a\n- b", "<p>Done:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n  - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("```python\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("里程碑 **基线**", "<p>里程碑 <strong>基线</strong></p>"),
        ('"quotes" -- stay', '<p>"quotes" -- stay</p>'),
    ],
)
def test_common_markdown(markdown: str, html: str) -> None:
    """Markdown means what the preview of a pull request shows."""
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "Done:\n- a\n  - b\n    - c\n  - d\n- e",
            "<p>Done:</p><ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>",
        ),
        (
            "1. a\n   - b\n2. c",
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
        ),
        (
            "1. a\n  - b\n2. c",
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
        ),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        (
            "* a\n    * b\n        * c",
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>",
        ),
        ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        (
            "- a\n  - b\n  1. c\n- d",
            "<ul><li><p>a</p><ul><li>b</li></ul><ol><li>c</li></ol></li><li><p>d</p></li></ul>",
        ),
        ("- a\n---\nb", "<ul><li>a</li></ul><hr><p>b</p>"),
        ("- a\n# h\nb", "<ul><li>a</li></ul><h3>h</h3><p>b</p>"),
        (
            "- a\n  > q\n- b",
            "<ul><li><p>a</p><blockquote><p>q</p></blockquote></li><li><p>b</p></li></ul>",
        ),
        (
            "- a\n\n      x\n- b",
            "<ul><li><p>a</p><pre><code>x</code></pre></li><li><p>b</p></li></ul>",
        ),
        (
            "- a\n  ```\n  - x\n\n  # y\n  ```\n- b",
            "<ul><li><p>a</p><pre><code>- x # y</code></pre></li><li><p>b</p></li></ul>",
        ),
        (
            "> t\n> - a\n>   - b\n> ```\n> c\n> ```",
            "<blockquote><p>t</p><ul><li>a<ul><li>b</li></ul></li></ul><pre><code>c</code></pre></blockquote>",
        ),
        ("t\n> q", "<p>t</p><blockquote><p>q</p></blockquote>"),
        ("```\n- open", "<pre><code>- open</code></pre>"),
        ("- in\n  2024. Then", "<ul><li>in 2024. Then</li></ul>"),
        ("in\n2024. Then", "<p>in 2024. Then</p>"),
        ("#12 fixed", "<p>#12 fixed</p>"),
        ("* * *", "<hr>"),
        (
            "t\n| a |\n|---|\n| 1 |",
            '<p>t</p><table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>',
        ),
        ("https://a.example or pm@a.example", "<p>https://a.example or pm@a.example</p>"),
    ],
)
def test_the_habits_of_authors(markdown: str, html: str) -> None:
    """Blank lines and indents may be sparse, as they may be on GitHub and GitLab."""
    assert re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]+>)\s*", r"\1", str(to_html(markdown)))) == html


def test_tables_align_by_class() -> None:
    """Columns are aligned without inline style, which the pages forbid, and headers say what they head."""
    html = to_html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert '<th scope="col">a</th>\n<th class="ac" scope="col">b</th>\n<th class="ar" scope="col">c</th>' in html
    assert '<td>1</td>\n<td class="ac">2</td>\n<td class="ar">3</td>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    ("markdown", "level", "levels"),
    [
        ("# a\n## b\n### c", 3, [3, 4, 5]),
        ("## Done\n## Next", 3, [3, 3]),
        ("# a\n### b\n## c\n#### d\n# e", 3, [3, 4, 4, 5, 3]),
        ("### a\n# b\n## c", 4, [4, 4, 5]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", 3, [3, 4, 5, 6, 6, 6]),
        ("<h1>a</h1>\n\n<h5>b</h5>", 2, [2, 3]),
        ("a\n===\nb\n---", 3, [3, 4]),
    ],
)
def test_headings_follow_the_page(markdown: str, level: int, levels: list[int]) -> None:
    """Headings start where the page wants them and skip no level, however the author counted."""
    html = to_html(markdown, heading_level=level)
    assert [int(found) for found in re.findall(r"<h(\d)>", html)] == levels
    assert [int(found) for found in re.findall(r"</h(\d)>", html)] == levels


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("![The plan](attachments/plan.png)", '<p><img src="assets/3f2a.png" alt="The plan"></p>'),
        ("![](./attachments/plan.png)", '<p><img src="assets/3f2a.png" alt=""></p>'),
        ("![b](<attachments/ein bild.png>)", '<p><img src="assets/9c1b.png" alt="b"></p>'),
        (
            '![a < b & "c"](attachments/plan.png)',
            '<p><img src="assets/3f2a.png" alt="a &lt; b &amp; &quot;c&quot;"></p>',
        ),
        ("![unknown](attachments/other.png)", "<p>unknown</p>"),
        ("![remote](https://elsewhere.example/pixel.png)", "<p>remote</p>"),
        ("![up](../other/plan.png)", "<p>up</p>"),
        ("![data](data:image/png;base64,AAAA)", "<p>data</p>"),
        (
            "[![plan](attachments/plan.png)](https://a.example)",
            '<p><a href="https://a.example" rel="noopener noreferrer"><img src="assets/3f2a.png" alt="plan"></a></p>',
        ),
    ],
)
@pytest.mark.promise("H5")
def test_only_known_images(markdown: str, html: str) -> None:
    """An image is shown only if it is one of ours, and then from its published copy; else its text stands."""
    assert to_html(markdown, images=IMAGES) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("[a](https://a.example/?x=1&y=2)", '<a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer">a</a>'),
        ("<https://a.example>", '<a href="https://a.example" rel="noopener noreferrer">https://a.example</a>'),
        ("[m](mailto:pm@a.example)", '<a href="mailto:pm@a.example" rel="noopener noreferrer">m</a>'),
        ('[a](https://a.example "T")', '<a href="https://a.example" title="T" rel="noopener noreferrer">a</a>'),
        ("[](https://a.example)", '<a href="https://a.example" rel="noopener noreferrer">https://a.example</a>'),
        ("[a](ftp://a.example)", "a"),
        ("[a](tel:123)", "a"),
        ("[a](../other-client/index.html)", "a"),
        ("[a](//evil.example)", "a"),
        ("[a](#section)", "a"),
        ("[a](attachment:attachments/plan.png)", "a"),
        ("[a](https:../other-client/index.html)", "a"),
        ("[a](HTTP:/other-client/)", "a"),
        ("[a](https:evil.example)", "a"),
        ("[a](https:&#92;&#92;evil.example)", "a"),
        ("[a](ht&#9;tps:../other-client/)", "a"),
        ("[a](https:///evil.example)", "a"),
        ("[a](ht&#9;tps://a.example)", '<a href="https://a.example" rel="noopener noreferrer">a</a>'),
        ("[a](mailto:)", "a"),
    ],
)
@pytest.mark.promise("H3")
def test_links(markdown: str, html: str) -> None:
    """Links go to the web or to an address; any other target leaves the text."""
    assert to_html(markdown, images=IMAGES) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "markdown",
    [
        "a <!-- secret --> b",
        "<!-- secret -->",
        "<!--\nsecret\n\nsecret\n-->\n\nb",
        "- a\n  <!-- secret -->",
        "<!-- secret",
        "<!-- a -- secret -->",
        "<![CDATA[ secret ]]>",
        "<?php secret ?>",
        "<!DOCTYPE secret>",
    ],
)
def test_comments_are_not_published(markdown: str) -> None:
    """A remark that an author hides from readers stays hidden."""
    assert "<!--" not in to_html(markdown)
    assert "secret" not in to_html(markdown)


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    '<img src="attachments/plan.png" onload="alert(1)" alt="x">',
    "<img src=x:alert(alt) onerror=eval(src) alt=0>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href='javascript:alert(1)'>x</math>",
    "<body onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='data:text/html,<script>alert(1)</script>'>",
    "<form action='https://evil.example'><button>Log in</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video src=x onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style='background:url(https://evil.example/x)'>x</p>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<td style='text-align:right;background:url(//evil.example)'>x</td>",
    "<p class='masthead' id='main'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='https://a.example' target=_blank onclick=alert(1)>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='https://a.example\" onmouseover=\"alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    '![x](attachments/plan.png "\\" onerror=alert(1) \\"")',
    '![x" onerror="alert(1)](attachments/plan.png)',
    "![x](javascript:alert(1))",
    "<img src='attachment:x\" onerror=\"alert(1)'>",
    "`</code><script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<h1 onclick=alert(1)>x</h1>",
    "<h9><h3 onclick=alert(1)></h9>",
    "\x00<script>alert(1)</script>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action=javascript:alert(1)>",
    "<div><p>x</div><p>{{ 7*7 }}</p>",
    "[x](https:../other-client/index.html)",
    "<a href='https://a.example'><table><tr><td><a href='attachment:x'>y</a></td></tr></table></a>",
]


class _Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


ALLOWED: dict[str, set[str]] = {
    "ol": {"start"},
    "td": {"class"},
    "th": {"class", "scope"},
    "a": {"href", "title", "rel"},
    "img": {"src", "alt"},
}
PLAIN = re.compile("p|br|strong|em|code|pre|ul|li|blockquote|table|thead|tbody|tr|del|hr|sup|sub|h[3-6]")


@pytest.mark.parametrize("attack", dict.fromkeys((*ATTACKS, *ALL)))
@pytest.mark.promise("H2")
def test_attacks_come_to_nothing(attack: str) -> None:
    """No element, attribute, scheme or class off the list survives, in a paragraph or in a block."""
    for markdown in (attack, f"text {attack} text", f"- {attack}", f"| a |\n|---|\n| {attack} |"):
        reader = _Reader()
        reader.feed(to_html(markdown, images=IMAGES))
        for tag, attributes in reader.elements:
            assert tag in ALLOWED or PLAIN.fullmatch(tag)
            assert set(attributes) <= ALLOWED.get(tag, set())
            assert re.match(r"https?://\w|mailto:\w", attributes.get("href") or "https://x", re.IGNORECASE)
            assert attributes.get("src", "assets/3f2a.png") == "assets/3f2a.png"
            assert attributes.get("class") in (None, "ar", "ac")
            assert "rel" not in attributes or attributes["rel"] == "noopener noreferrer"


def test_there_are_enough_attacks() -> None:
    """The table is long and has no line twice."""
    assert len(set(ATTACKS)) == len(ATTACKS) > 60


@pytest.mark.parametrize(
    "markdown",
    [
        "<em>" * 5000 + "deep",
        "> " * 3000 + "deep",
        "<blockquote>" * 1500 + "deep",
        "[" * 5000 + "deep",
        "*" * 9999 + "deep",
        "- " * 5000 + "deep",
        "a " + "`" * 9999 + "deep",
        "![" * 5000 + "deep",
    ],
)
def test_deep_nesting_is_flattened(markdown: str) -> None:
    """Nesting that would exhaust the layout of a PDF does not survive; the text does."""
    html = to_html(markdown)
    depth = deepest = 0
    for slash, tag in re.findall(r"<(/?)([a-z0-9]+)", html):
        depth += 0 if tag in ("br", "hr", "img") else -1 if slash else 1
        deepest = max(deepest, depth)
    assert deepest <= 30
    assert "deep" in html or markdown.startswith(("> ", "- "))


@pytest.mark.parametrize(
    "piece",
    [
        ">",
        "*",
        "[",
        "_",
        "`",
        "~",
        "<",
        "!",
        "> ",
        "- ",
        "1. ",
        "> - ",
        "![",
        "[a](",
        "[a ",
        "*a ",
        "**a *b ",
        "_a ",
        "<a ",
        "<!",
        "<![",
        "<?",
        "<http://",
        "<a href='",
        "a ` b `` ",
        "~~a ",
        "# a\n",
        "a\n---\n",
        "- a\n> b\n",
        "| a ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    """Ten thousand of anything neither exhaust the stack nor take the square of the time of a thousand."""
    few, many = (_seconds(piece * count) for count in (1_000, 10_000))
    assert many < 40 * few + 0.5  # ten times as many take ten times as long; the square would be a hundred times


def _seconds(text: str) -> float:
    start = time.process_time()
    to_html(text)
    return time.process_time() - start


@pytest.mark.parametrize("line", ["{indent}- a", "{quotes} a", "{quotes} {indent}- > - b"])
def test_nesting_line_by_line_is_limited(line: str) -> None:
    """Six hundred levels, each begun on a line of its own, do not exhaust the stack either."""
    lines = (line.format(indent="  " * level, quotes=">" * level) for level in range(600))
    html = to_html("\n".join(lines) + "\n\nend")
    assert "end" in html
    assert html.count("<blockquote>") < 600


@pytest.mark.parametrize("code", ["`<!-- x -->`", "```\n<!-- x -->\n```", "> ```\n> <!-- x -->\n> ```", "\\<!-- x -->"])
def test_comments_in_code_are_text(code: str) -> None:
    """What stands in code, or is escaped, is meant to be read."""
    assert "&lt;!-- x --&gt;" in to_html(code)


def test_the_same_text_may_have_other_images() -> None:
    """What is remembered of a text does not hold the images of the page it was first used in."""
    text = "![p](attachments/plan.png)"
    assert 'src="one.png"' in to_html(text, images={"attachments/plan.png": "one.png"})
    assert 'src="two.png"' in to_html(text, images={"attachments/plan.png": "two.png"})
    assert to_html(text) == "<p>p</p>"
