"""The bundled fonts: what they cover, how they are named, and that their licences lie beside them."""

import pytest
from fontTools.ttLib import TTFont

from kapm_site.render.folders import fonts_folder
from kapm_site.render.fonts import _COMMON, FACES, Face, _coverage, font_face_rules, font_files, missing_characters


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ""),
        ("Łódź, Größe, Ελλάδα, Москва, Việt Nam: 12 % – “ok” → ✓", ""),
        ("里程碑 基线 挣值 关键路径 缓冲 满意度 变更 风险敞口；（甲）、喆堃淼", ""),
        ("● ▲ ■ € × − ≤ ≥ …", ""),
        ("a\u200bb\u00adc\ufe0f\u2003d\n\te\u3000f", ""),
        ("◌ 😀 한 א", "◌😀한א"),
        ("\u2028", "\u2028"),
    ],
)
def test_missing_characters(text: str, missing: str) -> None:
    """Only what would print as an empty box is named; white space and joiners print as nothing."""
    assert missing_characters(text) == set(missing)


def test_common_characters_are_covered() -> None:
    """The short cut for ordinary text claims no character that the fonts lack."""
    assert {char for char in _COMMON if char not in "\t\n\r" and ord(char) not in _coverage()} == set()


def characters_of(face: Face) -> set[int]:
    """Read which characters a font has."""
    with TTFont(fonts_folder() / face.file) as font:
        return set(font.getBestCmap())


def test_chinese_coverage() -> None:
    """Both Chinese weights have the same characters, and nearly all of GB 2312."""
    weights = [characters_of(face) for face in FACES if "SC" in face.family]
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = {ord(text) for row in rows if (text := row.decode("gb2312", errors="ignore"))}
    assert weights[0] == weights[1]
    assert len(characters - weights[0]) == 33


def test_faces_are_distinct() -> None:
    """No two files share family, weight and style: the engine would mix their glyphs up."""
    assert len({(face.family, face.weight, face.style) for face in FACES}) == len(FACES)
    rule = '@font-face{font-family:"A";font-weight:400;font-style:normal;src:url("x/a.ttf")}'
    assert font_face_rules("x/", [Face("a.ttf", "A", 400)]) == rule


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_names(face: Face) -> None:
    """A changed font bears no reserved name, and says its copyright and licence."""
    with TTFont(fonts_folder() / face.file) as font:
        names = {name: str(font["name"].getDebugName(name) or "") for name in (0, 1, 3, 4, 6, 14, 16)}
        weight = font["OS/2"].usWeightClass
    assert names[16] == face.family
    assert not any(word in names[key] for key in (1, 3, 4, 6, 16) for word in ("Source", "Noto", "Inter"))
    assert names[0]
    assert "OFL" in names[14]
    assert weight == face.weight


def test_licences_lie_beside_the_fonts() -> None:
    """Both licence texts are there, with the copyright and the reserved name."""
    for name, holder in (("OFL-Inter.txt", "Inter Project Authors"), ("OFL-NotoSansSC.txt", "Reserved Font Name")):
        text = (fonts_folder() / name).read_text(encoding="utf-8")
        assert holder in text
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert text.isascii()


def test_fonts_are_small() -> None:
    """All fonts together stay under eight megabytes."""
    assert set(font_files()) == {face.file for face in FACES}
    assert sum(path.stat().st_size for path in fonts_folder().iterdir()) < 8_000_000
