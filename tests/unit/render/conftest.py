"""A small report that uses all a real one uses, for the tests of the PDF engine."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image as Pillow

from kapm_site.render.markdown import to_html
from kapm_site.render.pdf import Job, Pdf, render_job

CSS = """
@page{size:A4;margin:20mm 14mm;font-family:"Kapm Sans","Kapm Sans SC";font-size:7.5pt;
  @top-left{content:"Acme Industrial · ERP rollout"}@bottom-right{content:"Page " counter(page) " of " counter(pages)}}
html{font:9pt/13pt "Kapm Sans","Kapm Sans SC";color:#1b1f24}
h1{bookmark-level:1}h2,h3{bookmark-level:2}
table{width:100%;border-collapse:collapse}th,td{text-align:left;border-bottom:.4pt solid #dfe3e8}
.ar{text-align:right}img{height:9mm}
.tiles{list-style:none}.tiles li{display:inline-block;width:40mm}
.toc a::after{content:leader(" . ") target-counter(attr(href),page)}
.second{break-before:page}
"""

CHART = """<svg viewBox="0 0 100 20" width="300" height="60" font-family="Kapm Sans">{title}
<rect x="0" y="5" width="60" height="4" fill="#1b1f24"/><path d="M0 15L50 12L100 3" fill="none" stroke="#1d4e89"/>
<text x="62" y="9" font-size="5">26 Jan 里程碑</text></svg>"""

MARKDOWN = """
## Done

The **rehearsal** went well, see [the *minutes*](https://acme.example/minutes).

- first item

- second item, loose

1. counted
   - nested
     - deeper

| item | days |
|------|-----:|
| migration | 8 |
| training | ~~5~~ 3 |

> We need [an answer](mailto:pm@northwind.example).

<table><tr><td>irregular<td>two<tr><td>one</table>
"""


def document(body: str) -> Job:
    """Wrap a body into the document of a report."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ERP rollout, report 12</title>'
        '<meta name="author" content="Northwind Delivery"><meta name="dcterms.created" content="2026-11-20">'
        f"</head><body><main><h1>ERP rollout</h1>{body}</main></body></html>"
    )
    return Job(html, CSS, assets())


def report_body() -> str:
    """Write the body of a report of two pages and more."""
    rows = "".join(
        f'<tr><th scope="row">R{n}</th><td>Risk number {n} <a href="#plan">in the plan</a></td>'
        f'<td class="ar">{n}</td></tr>'
        for n in range(70)
    )
    return f"""
<nav><ul class="toc"><li><a href="#plan">Plan</a></li><li><a href="#zh">Chinese</a></li></ul></nav>
<h2 id="plan">Plan</h2><p>{CHART.format(title="<title>Go-live moves to 26 January</title>")}</p>
<ul class="tiles"><li>CSAT <b>4.3</b> {CHART.format(title="")}</li> <li>SPI <b>0.93</b></li></ul>
<p><a href="https://acme.example/board"><img src="assets/logo.png" alt="Acme logo"></a>
<img src="assets/logo.png" alt=""></p>
<figure><img src="assets/plan.svg" alt="Plan"><figcaption>The plan</figcaption></figure>
<dl><dt>SPI</dt><dd>Schedule performance index</dd></dl>
{to_html(MARKDOWN)}
<section class="second"><h2>Risks</h2><table><caption>All risks</caption><thead><tr><th scope="col">Id</th>
<th scope="col">Title</th><th scope="col" class="ar">Score</th></tr></thead><tbody>{rows}</tbody></table></section>
<section id="zh" lang="zh"><h2>里程碑</h2><p>关键路径与缓冲：<b>满意度</b>上升，<i>风险敞口</i>下降。</p>
<p>联系人喆堃。</p></section>"""


def assets() -> dict[str, bytes]:
    """Make the files that the report shows."""
    logo = BytesIO()
    Pillow.new("RGBA", (32, 16), (29, 78, 137, 180)).save(logo, "PNG")
    plan = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0L20 10"/></svg>'
    return {"assets/logo.png": logo.getvalue(), "assets/plan.svg": plan}


@pytest.fixture(scope="session")
def report() -> Job:
    """Give the job of one small report."""
    return document(report_body())


@pytest.fixture(scope="session")
def wrap() -> Callable[[str], Job]:
    """Give what makes a job of a body."""
    return document


@pytest.fixture(scope="session")
def make() -> Callable[[Job], Pdf]:
    """Give what makes a PDF that has nothing wrong."""

    def make_one(job: Job) -> Pdf:
        made, problems = render_job(job)
        assert problems == []
        assert made is not None
        assert made.log == ()
        return made

    return make_one


@pytest.fixture(scope="session")
def pdf(report: Job, make: Callable[[Job], Pdf]) -> Pdf:
    """Make the small report once."""
    return make(report)
