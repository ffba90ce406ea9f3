"""Adds, replaces, removes and lists the texts of the reports, in all languages at once.

    python tools/message.py add label.owner "Owner" "负责人" "Verantwortlich"
    python tools/message.py plural finding.gaps "{n} gap" "{n} gaps" "{n} 处缺口" "{n} Lücke" "{n} Lücken"
    python tools/message.py batch texts.json
    python tools/message.py remove label.owner
    python tools/message.py list label.

The file of `batch` maps ids to three texts in the order English, Chinese, German; a text with plural forms is
a list: {"finding.gaps": [["{n} gap", "{n} gaps"], ["{n} 处缺口"], ["{n} Lücke", "{n} Lücken"]]}.

Every change keeps the catalogues sorted, compiles them, and happens under a lock: several people and scripts
may call this at the same time. Nothing is written unless all texts of the call are sound.
"""

# a script, no package

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kapm_site.language.compile import (
    TextCatalogue,
    compile_catalogues,
    lock_catalogues,
    read_catalogue,
    write_catalogue,
)
from kapm_site.language.messages import DOMAIN, LOCALES, PLACEHOLDER

LANGUAGES = ("en", "zh_CN", "de")
FORMS = {"en": 2, "zh_CN": 1, "de": 2}
ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")

Text = str | Sequence[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; exit code 1 with the reasons on standard error where it cannot be done."""
    asked = _parser().parse_args(arguments)
    try:
        with lock_catalogues(asked.locales):
            catalogues = {name: read_catalogue(_file(asked.locales, name)) for name in LANGUAGES}
            if asked.command == "list":
                _list(catalogues, asked.prefix)
                return 0
            faults = _change(catalogues, asked)
            if not faults:
                for name, catalogue in catalogues.items():
                    write_catalogue(_file(asked.locales, name), catalogue)
                compile_catalogues(asked.locales)
    except (OSError, ValueError) as error:
        faults = [str(error)]
    sys.stderr.writelines(f"message.py: {fault}\n" for fault in faults)
    return 1 if faults else 0


def _change(catalogues: Mapping[str, TextCatalogue], asked: argparse.Namespace) -> list[str]:
    if asked.command == "remove":
        return [fault for message_id in asked.ids for fault in _remove(catalogues, message_id)]
    texts = _asked_texts(asked)
    faults = [fault for message_id, three in texts.items() for fault in _faults(message_id, three)]
    for message_id, three in texts.items():
        faults += [] if faults else _put(catalogues, message_id, three, replace=asked.replace)
    return faults


def _asked_texts(asked: argparse.Namespace) -> dict[str, Sequence[Text]]:
    if asked.command == "add":
        return {asked.id: [asked.english, asked.chinese, asked.german]}
    if asked.command == "plural":
        english, german = [asked.english_one, asked.english_many], [asked.german_one, asked.german_many]
        return {asked.id: [english, [asked.chinese], german]}
    loaded = json.loads(Path(asked.file).read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(f"{asked.file} must hold a map of ids to texts")  # noqa: TRY004 # a fault of the file
    return loaded


def _faults(message_id: str, texts: Sequence[Text]) -> list[str]:
    if not ID.fullmatch(message_id):
        return [f"{message_id}: an id is dotted lower case, such as label.owner"]
    if isinstance(texts, str) or len(texts) != len(LANGUAGES):
        return [f"{message_id}: expected one text for each of {', '.join(LANGUAGES)}"]
    if len({isinstance(text, str) for text in texts}) > 1:
        return [f"{message_id}: either all languages have plural forms or none"]
    faults = []
    for name, text in zip(LANGUAGES, texts, strict=True):
        forms = [text] if isinstance(text, str) else text
        if not isinstance(text, str) and len(forms) != FORMS[name]:
            faults.append(f"{message_id}: {name} has {FORMS[name]} plural forms, {len(forms)} given")
        faults += [f"{message_id}: {name} is empty" for form in forms if not form.strip()]
    if len({frozenset(PLACEHOLDER.findall(_last_form(text))) for text in texts}) > 1:
        faults.append(f"{message_id}: the languages differ in their placeholders")
    return faults


def _last_form(text: Text) -> str:
    return text if isinstance(text, str) else text[-1]


def _put(
    catalogues: Mapping[str, TextCatalogue], message_id: str, texts: Sequence[Text], *, replace: bool
) -> list[str]:
    if message_id in catalogues["en"] and not replace:
        return [f"{message_id} exists: {catalogues['en'][message_id].string!r}; --replace to change it"]
    for name, text in zip(LANGUAGES, texts, strict=True):
        catalogue = catalogues[name]
        if message_id in catalogue:
            catalogue.delete(message_id)
        if isinstance(text, str):
            catalogue.add(message_id, text)
        else:
            catalogue.add((message_id, message_id), tuple(text))
    return []


def _remove(catalogues: Mapping[str, TextCatalogue], message_id: str) -> list[str]:
    if message_id not in catalogues["en"]:
        return [f"no message {message_id}"]
    for catalogue in catalogues.values():
        catalogue.delete(message_id)
    return []


def _list(catalogues: Mapping[str, TextCatalogue], prefix: str) -> None:
    ids = sorted(message.id if isinstance(message.id, str) else message.id[0] for message in catalogues["en"])
    for message_id in ids:
        if message_id and message_id.startswith(prefix):
            texts = (catalogues[name][message_id].string for name in LANGUAGES)
            shown = (text if isinstance(text, str) else " / ".join(text or ()) for text in texts)
            sys.stdout.write("\t".join((message_id, *shown)) + "\n")


def _file(locales: Path, name: str) -> Path:
    return locales / name / "LC_MESSAGES" / f"{DOMAIN}.po"


def _parser() -> argparse.ArgumentParser:
    summary, _, examples = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--locales", type=Path, default=LOCALES, help="folder of the catalogues")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="a text without plural forms")
    _add_arguments(add, "id", "english", "chinese", "german")
    plural = commands.add_parser("plural", help="a text that counts {n}")
    _add_arguments(plural, "id", "english_one", "english_many", "chinese", "german_one", "german_many")
    batch = commands.add_parser("batch", help="many texts from a JSON file")
    _add_arguments(batch, "file")
    for writing in (add, plural, batch):
        writing.add_argument("--replace", action="store_true", help="change texts that exist")
    commands.add_parser("remove", help="drop texts").add_argument("ids", nargs="+", metavar="id")
    commands.add_parser("list", help="print texts, tab-separated").add_argument("prefix", nargs="?", default="")
    return parser


def _add_arguments(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(name)


if __name__ == "__main__":
    sys.exit(main())
