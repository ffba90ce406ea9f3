"""Codes of problems found when rendering pages and PDF."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "image-broken": Entry(
        "error",
        "An attached image can be read.",
        "The file is cut off or damaged, so no reader would see it.",
        "Open it in an image editor and export it anew, best as PNG.",
    ),
    "image-too-large": Entry(
        "error",
        "An attached image has at most 5 MiB and 25 megapixels.",
        "Pages are read on phones, and the PDF goes out by mail.",
        "Scale the image down; 2,000 pixels are wide enough for print and screen.",
    ),
    "image-type": Entry(
        "error",
        "An attached image is PNG, JPEG, WebP, GIF or a plain SVG.",
        "The format is told by the content, not the name. An SVG may hold shapes, text, gradients, clips and"
        " masks; one with scripts, style sheets, embedded images or links to elsewhere is refused, since taking"
        " them out would change the picture and leaving them in would not be safe.",
        "Export it as PNG, or from the drawing program as plain SVG with presentation attributes.",
    ),
    "logo-shape": Entry(
        "warning",
        "A logo is at most eight times as wide as high, and at most three times as high as wide.",
        "It has the same room on every page and report: a longer one is drawn as a line that nobody can read.",
        "Cut off what is empty around it, or take the mark without the words beside it.",
    ),
    "missing-glyph": Entry(
        "warning",
        "The fonts of the PDF have every character of the report.",
        "A character that is in no font prints as an empty box and cannot be read aloud. The bundled fonts have"
        " Latin, Greek, Cyrillic, Vietnamese and the commonest 8,000 Chinese characters.",
        "Replace the character, or add a font that has it by an @font-face rule in templates/assets/theme-print.css.",
    ),
    "pango-missing": Entry(
        "error",
        "PDF is made with the system library Pango.",
        "Pages, feeds and calendars need no such library and are built without it.",
        "Run the command that the message names, or build with --no-pdf; kapm doctor shows what is found.",
    ),
    "pdf-failed": Entry(
        "error",
        "The PDF of a report can be laid out.",
        "The layout engine gave up on this document or ran out of memory; the other documents were made.",
        "Shorten the longest texts and tables of the report. If that does not help, report it as a bug.",
    ),
    "pdf-warning": Entry(
        "warning",
        "The PDF holds all that its templates name.",
        "A file, a link target or a description is missing, so the PDF lacks something or is less accessible.",
        "Compare your own templates with the built-in ones of the same name.",
    ),
    "style-error": Entry(
        "error",
        "A style sheet of the workspace's theme is CSS, and names only files below templates/assets/.",
        "A page loads nothing from elsewhere: that would tell others who reads it, and the page's policy forbids it."
        " A font or picture that is missing or damaged would leave a hole.",
        "Put the file into templates/assets/ and name it by url(), relative to that folder.",
    ),
    "template-error": Entry(
        "error",
        "A template of the workspace is valid and uses only facts that its page has.",
        "Templates are strict: an unknown name is an error, so that no page is published with a hole in it.",
        "Compare the template with the built-in one of the same name, or delete it to use that one; docs/theming.md"
        " lists what each page has.",
    ),
    "template-unused": Entry(
        "warning",
        "Every template, block and style sheet of the workspace's theme shows somewhere.",
        "A template is used where it has the name of a built-in one or another template names it; a block where the"
        " template it is in extends one that has it. After an upgrade, what is left of an old theme is found here.",
        "Give it the name that docs/page-facts.md has, or delete it.",
    ),
    "brief-too-long": Entry(
        "error",
        "The brief edition fits on one page.",
        "The brief is one page of A4 or US Letter, so that it is read. Where it is too full it first shows less of"
        " what changed, of risks, milestones and key figures, and at last of requests, down to two requests, two lines"
        " of changes, one risk, one milestone and three figures. What is reported did not fit even so.",
        "Shorten the part that the hint names, or put less into the headline and the requests.",
    ),
    "project-is-internal": Entry(
        "error",
        "A report for a client is made of a project that the client may see.",
        "What does not say `audience: client` never leaves.",
        "Write `audience: client` in project.yaml, or make the internal edition with `--internal`.",
    ),
    "project-too-large": Entry(
        severity="error",
        summary="a project's pages are made in the time and memory that any project needs",
        meaning="Work on one project is stopped after a minute of processor time or at 2 GiB of memory, as a loop in "
        "a template would go on for ever. A large project takes a second.",
        remedy="If the workspace has templates of its own, look for loops in them. Else look for what is much larger "
        "than in other projects. `--time-limit` of `kapm build` allows more.",
    ),
}
