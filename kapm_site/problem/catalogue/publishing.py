"""Codes of problems found when writing, auditing and publishing a site."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "audit-failed": Entry(
        severity="error",
        summary="the audit of a built site ran to its end",
        meaning="An audit that broke off has proved nothing, so what it was to prove is taken as false.",
        remedy="Report it as a fault of kapm_site, with the message; the previous site is still in place.",
    ),
    "bad-output-path": Entry(
        severity="error",
        summary="every file of a site has a path of its own inside the site's folder",
        meaning="Two paths that differ only by case are one file on some disks, and a path that leaves its "
        "folder could overwrite anything.",
        remedy="Rename one of the clients or projects whose folders collide; otherwise report it.",
    ),
    "broken-link": Entry(
        severity="warning",
        summary="a client's page links only to files that are there",
        meaning="The reader would find a page that says 'not found'.",
        remedy="Build the site anew with everything the page links to, such as its PDFs.",
    ),
    "build-running": Entry(
        severity="error",
        summary="one build at a time writes to a folder",
        meaning="Two builds at once would mix their files; the second waits ten seconds and then gives up.",
        remedy="Wait for the process that the message names, or end it.",
    ),
    "cannot-write": Entry(
        severity="error",
        summary="the site can be written beside its folder and swapped in",
        meaning="The operating system refused a step; the previous site is still whole.",
        remedy="Mend the cause that the message names, or name another folder with -o.",
    ),
    "changed-file": Entry(
        severity="error",
        summary="every file of a site is what the build wrote",
        meaning="A file whose size or checksum differs from the manifest was changed by hand or damaged, and "
        "nobody has checked what it says now.",
        remedy="Build the whole site anew; make changes in the YAML or the templates.",
    ),
    "disk-full": Entry(
        severity="error",
        summary="there is room for the new site beside the old one",
        meaning="The new site is written whole before the old one goes, so both must fit for a moment.",
        remedy="Free some space, or name a folder on another disk with -o.",
    ),
    "image-metadata": Entry(
        severity="error",
        summary="a published image says nothing but its pixels",
        meaning="Cameras and editors write names, places and paths into an image, which a client could read.",
        remedy="Save the image without metadata; if the build should have removed it, report it.",
    ),
    "leak": Entry(
        severity="error",
        summary="a client's folder holds nothing internal and nothing of another client",
        meaning="A text or number of the workspace that this client may not read stands in a file for it.",
        remedy="If the client may read it, say so with `audience: client` at the line named. If not, look "
        "at your own templates; otherwise report it. Nothing was published.",
    ),
    "machine-path": Entry(
        severity="error",
        summary="a published file names no folder of the machine that built it",
        meaning="Such a path tells user names and the inside of the building machine.",
        remedy="Remove the path from the template or text that holds it.",
    ),
    "misplaced-file": Entry(
        severity="error",
        summary="a client's folder holds files for that client only",
        meaning="By the manifest, the file is internal or for another client than the one whose folder it is in.",
        remedy="Build the site anew; if it comes back, report it.",
    ),
    "missing-output": Entry(
        severity="error",
        summary="every file that the manifest lists is there",
        meaning="The folder is no longer the site that was built and audited.",
        remedy="Build the site anew.",
    ),
    "not-our-folder": Entry(
        severity="error",
        summary="a build replaces only a folder that an earlier build wrote",
        meaning="Publishing replaces the whole folder; a folder that bears no manifest of ours may hold your "
        "own files.",
        remedy="Name an empty or a new folder with -o, or empty the folder yourself.",
    ),
    "outside-link": Entry(
        severity="error",
        summary="a client's page links to nothing outside of the client's own folder",
        meaning="The folder is published alone; a link out of it names what lies beside it, such as another "
        "client, and leads nowhere.",
        remedy="Remove the link from the template or text that holds it.",
    ),
    "part-unusable": Entry(
        severity="error",
        summary="parts of a build are whole, of the same sources, and all there",
        meaning="`kapm build --merge` puts together what `kapm build --shard` has made. A part that was changed or cut "
        "short, that is of other files, another status date, other options or another version, that is missing or "
        "there twice, would give another site than a build in one; nothing is published.",
        remedy="Make the part again, from the same commit and with the same kapm, and name all parts, or a folder that "
        "holds them, with `--merge`.",
    ),
    "read-only-target": Entry(
        severity="error",
        summary="the folder beside which the site is written may be written to",
        meaning="The user who runs the build has no right to write there, or the disk is read-only; the "
        "previous site is still whole.",
        remedy="Name a folder you may write to with -o, or grant the right.",
    ),
    "source-name": Entry(
        severity="error",
        summary="a client's folder names no source file",
        meaning="The names of YAML files and attachments tell what else exists.",
        remedy="Remove the name from the template that holds it; if a build made it up, report it.",
    ),
    "unaudited-file": Entry(
        severity="error",
        summary="the audit can read every file that a client gets",
        meaning="What nobody has read may say anything, so it is not published.",
        remedy="Publish the file in a format the audit reads: HTML, CSS, JS, JSON, CSV, ICS, XML, SVG, text, PDF, "
        "PNG, JPEG, WebP, GIF, TTF, WOFF2.",
    ),
    "unknown-client": Entry(
        severity="error",
        summary="every client's folder belongs to a client of the workspace",
        meaning="Without the client's data nobody can tell what it may read, so nothing is allowed.",
        remedy="Build the site anew from the workspace it belongs to, or remove the folder.",
    ),
    "unlisted-file": Entry(
        severity="error",
        summary="a site holds only files that the build wrote",
        meaning="A file outside of the manifest was put there by hand or left behind, and would be published.",
        remedy="Remove it, or build the site anew.",
    ),
    "passphrase-missing": Entry(
        severity="warning",
        summary="a protected site is built only where a passphrase is at hand",
        meaning="The client's files are to be encrypted, and the environment holds no passphrase for that. Nothing of "
        "the site is published: as it is, anybody could read it.",
        remedy="Make a passphrase with `kapm passphrase CLIENT`, keep it as a secret of the CI in the variable that "
        "the message names, and give it to the client. With `--strict` the build stops instead.",
    ),
    "passphrase-weak": Entry(
        severity="error",
        summary="a passphrase cannot be guessed",
        meaning="Who has the files can try as many passphrases as he likes, and nobody notices. What a person makes up "
        "is found in hours.",
        remedy="Let `kapm passphrase CLIENT` make one: 20 letters and digits, 99 bits.",
    ),
    "protect-missing": Entry(
        severity="error",
        summary="what encrypts a protected site is installed",
        meaning="A client's site is to be encrypted, and the library for that is an extra that this machine lacks.",
        remedy='Run `python -m pip install "kapm-site[protect]"`.',
    ),
    "not-sealed": Entry(
        severity="error",
        summary="a protected site holds nothing that can be read without the passphrase",
        meaning="A file lies open in a client's folder whose files are to be encrypted.",
        remedy="Build the site anew. If that does not help, report it as a fault of kapm_site.",
    ),
}
