"""Build the vendored fonts from the two npm packages they come from; README.md says which.

    python make.py INTER_PACKAGE NOTO_PACKAGE

Run where a release of a font is taken over, never in a build.
"""

# ruff: noqa: INP001 - a script beside what it makes

import sys
from pathlib import Path
from shutil import copyfile

from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
INTER = {"Regular": 400, "Italic": 400, "SemiBold": 600, "Bold": 700}
NOTO = {"Regular": 400, "Bold": 700}
WEB = ("Regular", "SemiBold")


def main(inter: Path, noto: Path) -> None:
    """Write the TrueType files for print and the WOFF2 files for the web beside this script."""
    for style, weight in INTER.items():
        font = _open(inter / f"web/Inter-{style}.woff2")
        _save(font, "Kapm Sans", style, weight, HERE / f"KapmSans-{style}.ttf")
    for style in WEB:
        copyfile(inter / f"web/Inter-{style}.woff2", HERE / f"Inter-{style}.woff2")
    for style, weight in NOTO.items():
        font = _open(noto / f"files/noto-sans-sc-chinese-simplified-{weight}-normal.woff2")
        _complete(font, sorted((noto / "files").glob(f"noto-sans-sc-[0-9]*-{weight}-normal.woff2")))
        _save(font, "Kapm Sans SC", style, weight, HERE / f"KapmSansSC-{style}.ttf")


def _open(path: Path) -> TTFont:
    font = TTFont(path, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = None
    return font


def _complete(font: TTFont, slices: list[Path]) -> None:
    """Add what the package's file for simplified Chinese lacks of GB 2312, from its smaller files."""
    wanted = _gb2312() - set(font.getBestCmap())
    for path in slices:
        piece = TTFont(path)
        cmap = piece.getBestCmap()
        for code in sorted(wanted & set(cmap)):
            _copy_glyph(piece, cmap[code], font, code)
            wanted.remove(code)
    font["maxp"].recalc(font)


def _gb2312() -> set[int]:
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    texts = (bytes((row, cell)).decode("gb2312", errors="ignore") for row in rows for cell in cells)
    return {ord(text) for text in texts if text}


def _copy_glyph(piece: TTFont, name: str, font: TTFont, code: int) -> None:
    glyph = piece["glyf"][name]
    if glyph.isComposite():
        raise ValueError(f"U+{code:04X} is made of other glyphs")
    new = f"uni{code:04X}"
    font["glyf"][new] = glyph  # also extends the glyph order
    for table in ("hmtx", "vmtx"):
        font[table][new] = piece[table][name]
    for cmap in font["cmap"].tables:
        if cmap.isUnicode() and cmap.format in (4, 12):
            cmap.cmap[code] = new


def _save(font: TTFont, family: str, style: str, weight: int, path: Path) -> None:
    """Name the font so that no system font is taken for it, and no reserved name is carried on."""
    names = font["name"]
    postscript = f"{family.replace(' ', '')}-{style}"
    for name in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        names.removeNames(nameID=name)
    texts = {1: f"{family} {style}", 2: "Regular", 3: postscript, 4: f"{family} {style}"}
    for name, text in {**texts, 6: postscript, 16: family, 17: style}.items():
        names.setName(text, name, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    for table in ("STAT", "DSIG"):
        if table in font:
            del font[table]
    font.save(path, reorderTables=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
