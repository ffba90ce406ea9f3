"""Codes of problems found when reading source files into records."""

from kapm_site.problem.catalogue.entry import Entry

FILES: dict[str, Entry] = {
    "bad-file-name": Entry(
        "error",
        "A file's name says what it is: updates are `updates/YYYY-MM-DD.md`, and every name can be printed.",
        "An update has its date from its name. A name with control characters could not be shown in any message.",
        "Rename the file.",
    ),
    "bad-folder-name": Entry(
        "error",
        "The names of client and project folders are ids of at most 64 characters.",
        "They become addresses of the site. Capitals, names that the site uses itself, device names of Windows, and "
        "two names that differ only by case would break the site on some machine.",
        "Rename the folder: lower-case letters, digits, and single `.`, `_` or `-` between them.",
    ),
    "broken-front-matter": Entry(
        "error",
        "The front matter of an update ends with a line `---`.",
        "Without its end, nobody can tell where the keys stop and the text begins.",
        "Add a line `---` below the last key.",
    ),
    "control-character": Entry(
        "error",
        "Texts hold no control characters.",
        "NUL, escape and bidirectional controls make a reader see something else than what stands there.",
        "Delete the character, or the escape that yields it, such as `\\0` or `\\u202e`.",
    ),
    "empty-file": Entry(
        "warning",
        "A register that has a file has content.",
        "The section is left out, as if the file were not there.",
        "Fill the file, or delete it.",
    ),
    "empty-required-file": Entry(
        "error",
        "Each client.yaml, project.yaml and plan.yaml has content.",
        "Without them there is no client, project or plan to show.",
        "Take the file of another project as a pattern, or scaffold it with `kapm new`.",
    ),
    "file-too-large": Entry(
        "error",
        "A source file has at most 1 MiB.",
        "Larger files are slow to read, impossible to review, and usually not what was meant.",
        "Split it, or move old records to a file outside of the workspace; git keeps them anyway.",
    ),
    "lone-carriage-return": Entry(
        "error",
        "Lines end with LF or CRLF.",
        "With a lone carriage return, editors and git disagree on where a line ends, and so on every position named.",
        "Save the file with LF or CRLF line ends.",
    ),
    "missing-file": Entry(
        "error",
        "Each client folder has a client.yaml, each project folder a project.yaml and a plan.yaml.",
        "A folder without them is no client and no project.",
        "Create the file, or delete the folder.",
    ),
    "no-projects": Entry(
        "error",
        "A workspace has a project.",
        "There is nothing to check or to build.",
        "Create one with `kapm new project`, or run the command in another folder.",
    ),
    "not-utf8": Entry(
        "error",
        "Source files are encoded in UTF-8.",
        "In any other encoding the same bytes are other letters on another machine. The message says what the file "
        "looks like: GBK and UTF-16 are what Windows writes besides.",
        "Save the file as UTF-8. A byte order mark is accepted.",
    ),
    "symbolic-link": Entry(
        "error",
        "Neither `kapm.yaml` nor anything in `projects/` and `attachments/` is a symbolic link.",
        "A link could bring a file of another client, or of the machine, into a client's site.",
        "Put the file itself there.",
    ),
    "too-many-files": Entry(
        "error",
        "A project has at most 5,000 files and folders, and 20 MiB of YAML and Markdown; so have shared attachments.",
        "The rest of it is not looked at. Usually a folder of another tool lies there by mistake.",
        "Move what is not part of the project's reports out of the workspace.",
    ),
    "unknown-file": Entry(
        "warning",
        "Every YAML file of a client or project is one that is read.",
        "A file with a misspelt name is silently left out, with all that stands in it.",
        "Rename it to the name that was meant, or delete it.",
    ),
    "unreadable-file": Entry(
        "error",
        "Every file of the workspace is a regular file that may be read.",
        "What cannot be read cannot be checked.",
        "Give yourself the right to read it, or delete it.",
    ),
}

YAML: dict[str, Entry] = {
    "complex-key": Entry(
        "error",
        "Keys are plain words.",
        "YAML allows lists and mappings as keys; here they come from a text that begins with `{` or `[`.",
        "Put the text into quotes.",
    ),
    "duplicate-key": Entry(
        "error",
        "A key stands once in its mapping.",
        "YAML would take the last one and drop the others without a word.",
        "Keep one of them; in a list of records, check that each begins with `-`.",
    ),
    "nesting-too-deep": Entry(
        "error",
        "Lists and mappings are nested at most 20 levels deep.",
        "No file of the vocabulary needs more, and deep nesting is a way to break programs.",
        "Compare the indentation with a file that works.",
    ),
    "several-documents": Entry(
        "error",
        "A file holds one document.",
        "What follows a line `---` would not be read.",
        "Delete the line, or move what follows into its own file.",
    ),
    "yaml-alias": Entry(
        "error",
        "Values are written out, not referred to by an alias.",
        "An alias shows its reader nothing, and a few of them can grow into gigabytes.",
        "Write the value out. A text that begins with `*` needs quotes.",
    ),
    "yaml-anchor": Entry(
        "error",
        "Values bear no anchor.",
        "Anchors serve aliases, which are not allowed.",
        "Delete the anchor. A text that begins with `&` needs quotes.",
    ),
    "yaml-directive": Entry(
        "error",
        "A file has no `%` directive.",
        "Directives change how the rest of the file is read.",
        "Delete the line.",
    ),
    "yaml-merge": Entry(
        "error",
        "Mappings are written out, not merged with `<<`.",
        "A reader would have to look elsewhere for what stands here, and merges can grow into gigabytes.",
        "Write the values out.",
    ),
    "yaml-syntax": Entry(
        "error",
        "A file is valid YAML.",
        "Nothing of the file can be read; the message names the place where reading stopped, which is often a line "
        "below the mistake.",
        "Compare the indentation with the lines above. A text with `: ` or ` #` in it needs quotes.",
    ),
    "yaml-tag": Entry(
        "error",
        "Values bear no tag.",
        "The field decides how a value is read; a tag such as `!!int` would say so a second time.",
        "Delete the tag. A text that begins with `!` needs quotes.",
    ),
}

VALUES: dict[str, Entry] = {
    "bad-choice": Entry(
        "error",
        "A field with a list of words holds one of them.",
        "The words decide how a record is counted and where it is shown.",
        "Take one of the words that the message lists.",
    ),
    "bad-color": Entry(
        "error",
        "A colour is `#rrggbb`.",
        "Without quotes YAML takes it for a comment; names and short forms are not read.",
        'Write it with six digits and in quotes: `color: "#0f5a8a"`.',
    ),
    "bad-currency": Entry(
        "error",
        "A currency is a code of ISO 4217.",
        "Signs such as $ stand for several currencies.",
        "Write three capital letters, such as EUR, CNY or USD.",
    ),
    "bad-date": Entry(
        "error",
        "A date is `YYYY-MM-DD`, a day of the calendar between 1900 and 2200.",
        "Other orders of day and month read differently in different countries. Where a plan is finer, a time of day "
        "may follow: `2026-11-20T14:30`. KPI values may name a month: `2026-11`.",
        "Write year, month and day, such as `2026-11-20`.",
    ),
    "bad-duration": Entry(
        "error",
        "A duration is a number and a unit.",
        "Units are `m`, `h`, `d`, `w` and `mo` of working time; with an `e` before the unit, elapsed time. A lag may "
        "be negative, or a percentage of the predecessor's duration.",
        "Write `90m`, `16h`, `5d`, `1.5d`, `2w`, `1mo`, `3ed`; lags also `-1d` or `50%`.",
    ),
    "bad-email": Entry(
        "error",
        "An e-mail field holds one address.",
        "Reports are sent to exactly this address; a second one in the same field would get them too.",
        "Write one address, such as `name@company.example`, without a name before it.",
    ),
    "bad-flag": Entry(
        "error",
        "A switch is `true` or `false`.",
        "Anything else could be meant either way.",
        "Write `true` or `false`; `yes`, `no`, `on` and `off` are read too.",
    ),
    "bad-hours": Entry(
        "error",
        "Working hours are ranges `HH:MM-HH:MM` that end after they begin.",
        "The schedule counts the minutes between the two.",
        'Write `"09:00-13:00"`; the end of the day is `24:00`.',
    ),
    "bad-id": Entry(
        "error",
        "An id has lower-case letters and digits, with single `.`, `_` or `-` between them.",
        "Ids become addresses of the site and names in other files.",
        "Take the form that the hint proposes; what it is called goes into `name`.",
    ),
    "bad-language": Entry(
        "error",
        "A language is a tag of BCP 47.",
        "The tag chooses texts, dates and numbers, and tells screen readers how to speak.",
        "Write `en`, `zh-CN` or `de`.",
    ),
    "bad-number": Entry(
        "error",
        "A number is written with digits and a decimal point, up to 1e15.",
        "Separators of thousands, commas, units and signs of currency read differently in different countries.",
        "Write `1234.5`; units and currency have fields of their own.",
    ),
    "bad-timezone": Entry(
        "error",
        "A time zone is a name of the IANA list.",
        "It decides when a day begins; offsets such as +08:00 do not know summer time.",
        "Write, for example, `Europe/Berlin` or `Asia/Shanghai`.",
    ),
    "bad-url": Entry(
        "error",
        "A link begins with `https://`, `http://` or `mailto:`.",
        "Other schemes are of no use to the reader of a page, or dangerous.",
        "Write the address in full.",
    ),
    "missing-key": Entry(
        "error",
        "A record has all keys that its kind requires.",
        "Without them it cannot be shown or computed.",
        "Add the key; the hint says what it holds.",
    ),
    "not-text": Entry(
        "error",
        "A text field holds a text.",
        "A list or a mapping stands where a text was expected, often because of a `-`, `[` or `{` at its beginning.",
        "Write the text, in quotes if it begins with one of these.",
    ),
    "out-of-range": Entry(
        "error",
        "A number lies within the range of its field.",
        "Progress goes from 0 to 100, ratings from 1 to 5, planned costs are not negative.",
        "Write a number within the range that the message names.",
    ),
    "text-too-long": Entry(
        "error",
        "A text field, and the body of an update, has at most 20 KB.",
        "Longer texts belong into a document of their own; here they would swamp the report.",
        "Shorten it, and link to the document.",
    ),
    "too-many-problems": Entry(
        "error",
        "A file has at most 200 values that cannot be read, and 2,000 problems of all kinds.",
        "More of them usually have one cause, such as a wrong indentation or a file of another kind. Errors are told "
        "before warnings.",
        "Mend the first ones and check again.",
    ),
    "too-many-values": Entry(
        "error",
        "A file has at most 70,000 values, and a list or mapping 5,000.",
        "Nobody writes or reads so much by hand; each value costs time in every check and build. A value is a key, "
        "what stands behind it, or a list or mapping as a whole.",
        "Split the project, or move old records to a file outside of the workspace; git keeps them anyway.",
    ),
    "unknown-key": Entry(
        "error",
        "Every key is one of the vocabulary.",
        "A misspelt key would silently be left out, with what stands behind it.",
        "Take the key that the hint proposes; remarks go into comments, which begin with `#`.",
    ),
    "wrong-shape": Entry(
        "error",
        "Lists stand where lists are expected, mappings where mappings are.",
        "Nothing can be read from a value of another shape.",
        "A list has a `-` before each item or stands in `[ ]`; a mapping has lines `key: value` or stands in `{ }`.",
    ),
}

ENTRIES: dict[str, Entry] = {**FILES, **YAML, **VALUES}
