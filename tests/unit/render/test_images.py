"""Attached images: bounded, told by content, stripped of everything but the picture."""

import struct
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageCms, ImageDraw, PngImagePlugin

from kapm_site.problem import Mark
from kapm_site.render.images import MAX_BYTES, Image, clean_image

MARK = Mark("projects/acme/client.yaml", 4, 9)
REMARK = "internal remark"


def clean(content: bytes) -> Image:
    """Clean an image that has nothing wrong."""
    image, problems = clean_image(content, MARK, "logo.png")
    assert problems == []
    assert image is not None
    return image


def refuse(content: bytes, code: str) -> str:
    """Give the message with which an image is refused."""
    image, [problem] = clean_image(content, MARK, "logo.png")
    assert image is None
    assert (problem.mark, problem.code, problem.severity) == (MARK, code, "error")
    assert problem.hint
    return problem.message


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Pillow.Image:
    """Draw something whose four corners differ."""
    image = Pillow.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(200, 30, 30))
    return image.convert(mode)


def save(image: Pillow.Image, kind: str, **options: object) -> bytes:
    """Encode a picture."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> bytes:
    """Make EXIF data with a secret, a place and an orientation."""
    data = Pillow.Exif()
    data[0x010E] = REMARK
    data[0x0112] = orientation
    data.get_ifd(0x8825)[1] = "N"
    return data.tobytes()


def text() -> PngImagePlugin.PngInfo:
    """Make the text chunks of a PNG."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", REMARK)
    info.add_itxt("XML:com.adobe.xmp", f"<x>{REMARK}</x>", zip=False)
    return info


WITH_METADATA = {
    "png": lambda: save(picture(), "PNG", pnginfo=text(), exif=exif(), dpi=(300, 300)),
    "jpeg": lambda: save(picture(), "JPEG", exif=exif(), comment=REMARK.encode(), xmp=REMARK.encode()),
    "webp": lambda: save(picture(), "WEBP", exif=exif(), xmp=REMARK.encode(), lossless=True),
    "gif": lambda: save(picture("P"), "GIF", comment=REMARK.encode()),
}


@pytest.mark.parametrize("kind", WITH_METADATA)
@pytest.mark.promise("H4")
def test_metadata_is_stripped(kind: str) -> None:
    """Who made an image, where and with what never reaches a page."""
    content = WITH_METADATA[kind]()
    assert REMARK.encode() in content
    image = clean(content)
    assert REMARK.encode() not in image.content
    with Pillow.open(BytesIO(image.content)) as opened:
        assert not opened.getexif()
        assert not {"exif", "xmp", "XML:com.adobe.xmp", "comment", "icc_profile", "Author"} & set(opened.info)
        assert (opened.width, opened.height) == (image.width, image.height) == (40, 20)


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp"), ("GIF", ".png")])
def test_suffix_follows_the_content(kind: str, suffix: str) -> None:
    """The name of a file counts for nothing; GIF is published as PNG."""
    assert clean(save(picture("P" if kind == "GIF" else "RGB"), kind)).suffix == suffix


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_keeps_its_pixels(mode: str) -> None:
    """Stripping a PNG changes no pixel, whatever its mode."""
    before = picture("L").convert("I;16") if mode == "I;16" else picture(mode)
    if mode == "I;16":
        before = before.point(lambda value: value * 256)
    with Pillow.open(BytesIO(clean(save(before, "PNG")).content)) as after:
        expected = picture("L") if mode == "I;16" else before
        assert after.convert("RGBA").tobytes() == expected.convert("RGBA").tobytes()


def test_png_keeps_transparency() -> None:
    """A transparent palette entry stays transparent."""
    palette = picture("P")
    content = save(palette, "PNG", transparency=palette.getpixel((1, 1)))
    with Pillow.open(BytesIO(content)) as before, Pillow.open(BytesIO(clean(content).content)) as after:
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
        assert after.convert("RGBA").getextrema()[3][0] == 0


def test_jpeg_keeps_its_quality() -> None:
    """A JPEG is written with the tables it came with, so nobody sees that it was."""
    content = save(picture(size=(160, 80)), "JPEG", quality=62)
    with Pillow.open(BytesIO(content)) as before, Pillow.open(BytesIO(clean(content).content)) as after:
        assert after.quantization == before.quantization
        pairs = zip(before.convert("L").tobytes(), after.convert("L").tobytes(), strict=True)
        assert sum(abs(one - other) for one, other in pairs) < before.width * before.height / 2


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 20)), (3, (40, 20)), (6, (20, 40)), (8, (20, 40))])
def test_pictures_are_turned_upright(orientation: int, size: tuple[int, int]) -> None:
    """A phone's photo stands upright without the EXIF note that said so."""
    image = clean(save(picture(), "JPEG", exif=exif(orientation), quality=95))
    assert (image.width, image.height) == size


def test_colours_of_a_profile_are_applied() -> None:
    """A picture with a profile of its own looks the same once the profile is gone."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = clean(save(picture(), "PNG", icc_profile=lab))
    with Pillow.open(BytesIO(image.content)) as after:
        assert after.convert("RGB").getpixel((1, 1)) == (200, 30, 30)
    assert clean(save(picture(), "PNG", icc_profile=b"no profile")).width == 40


def test_cmyk_becomes_rgb() -> None:
    """A print shop's JPEG shows in every browser."""
    with Pillow.open(BytesIO(clean(save(picture("CMYK"), "JPEG")).content)) as after:
        assert after.mode == "RGB"


def test_an_animation_keeps_its_first_frame() -> None:
    """Nothing moves on a status page."""
    frames = [picture(), picture().rotate(180)]
    for kind in ("GIF", "WEBP", "PNG"):
        image = clean(save(frames[0], kind, save_all=True, append_images=frames[1:]))
        with Pillow.open(BytesIO(image.content)) as after:
            assert getattr(after, "n_frames", 1) == 1
            assert after.convert("RGB").getpixel((2, 2))[0] > 150


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"MZ", b"<html><img></html>", b"BM" + bytes(60), b"II*\0"])
@pytest.mark.promise("H4")
def test_other_kinds_are_refused(content: bytes) -> None:
    """What is no image of a known kind is named so."""
    assert "expected PNG, JPEG, WebP, GIF or SVG" in refuse(content, "image-type")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_truncated_files_are_refused(kind: str) -> None:
    """Half a file is broken, also in a process where WeasyPrint told Pillow to be lenient."""
    pytest.importorskip("weasyprint.images", exc_type=OSError)
    content = save(picture("P" if kind == "GIF" else "RGB", (400, 200)), kind)
    refuse(content[: len(content) // 2], "image-broken")


@pytest.mark.parametrize("magic", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP"])
def test_garbage_behind_the_first_bytes_is_broken(magic: bytes) -> None:
    """A right beginning does not make an image."""
    refuse(magic + bytes(range(256)) * 4, "image-broken")


def png_header(width: int, height: int) -> bytes:
    """Write the beginning of a PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(5001, 5000), (10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
@pytest.mark.promise("H4")
def test_bombs_are_refused_by_their_header(size: tuple[int, int]) -> None:
    """A picture that would fill the memory is refused before a pixel is decoded."""
    assert "25 megapixels" in refuse(png_header(*size), "image-too-large")


def as_gif(width: int, height: int) -> bytes:
    """Write the beginning of a GIF of one pixel whose first frame claims another size."""
    return b"GIF89a\1\0\1\0\0\0\0," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\2\x44\1\0;"


def as_jpeg(width: int, height: int) -> bytes:
    """Rewrite the frame header of a small JPEG."""
    content = save(picture(size=(8, 8)), "JPEG")
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def as_webp(width: int, height: int) -> bytes:
    """Rewrite the header of a small lossless WebP."""
    content = save(picture(size=(8, 8)), "WEBP", lossless=True)
    place = content.index(b"VP8L") + 9
    bits = struct.unpack("<I", content[place : place + 4])[0] & ~0xFFFFFFF
    return content[:place] + struct.pack("<I", bits | (width - 1) | (height - 1) << 14) + content[place + 4 :]


@pytest.mark.parametrize("make", [as_gif, as_jpeg, as_webp])
@pytest.mark.promise("H4")
def test_so_are_bombs_of_other_kinds(make: Callable[[int, int], bytes]) -> None:
    """Whatever the format, the size is known before there are pixels."""
    begun = time.process_time()
    assert "25 megapixels" in refuse(make(16_000, 16_000), "image-too-large")
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("name", [b"zTXt", b"iTXt", b"iCCP"])
@pytest.mark.promise("H4")
def test_a_bomb_beside_the_pixels_is_never_unpacked_whole(name: bytes) -> None:
    """A text or a profile of 100 MB packed into 100 KB costs neither memory nor time."""
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(bytes(1_000_000)) for _ in range(100)) + pack.flush()
    head = {b"zTXt": b"x\0\0", b"iTXt": b"x\0\1\0\0\0", b"iCCP": b"x\0\0"}[name] + packed
    chunk = struct.pack(">I", len(head)) + name + head + struct.pack(">I", zlib.crc32(name + head))
    plain = save(picture(), "PNG")
    content = plain[:33] + chunk + plain[33:]
    tracemalloc.start()
    begun = time.process_time()
    image, problems = clean_image(content, MARK, "logo.png")
    assert (image is None) == bool(problems)
    assert image is None or len(image.content) < 2_000
    assert time.process_time() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize(
    "second",
    [
        b"<script>window.__pwned=1</script>",
        b"<!doctype html><svg onload=alert(1)>",
        b"%PDF-1.7 1 0 obj << /OpenAction << /JS (app.alert(1)) >> >>",
        b"PK\3\4 a second file",
        b"*/=1;alert(1)//",
        b"<?php system($_GET[0]); ?>",
    ],
    ids=["html", "svg", "pdf", "zip", "js", "php"],
)
@pytest.mark.promise("H4")
def test_a_picture_that_is_something_else_as_well_is_a_picture_only(kind: str, second: bytes) -> None:
    """What hides behind the pixels, in a comment or in a profile is not published."""
    drawn = picture("P" if kind == "GIF" else "RGB")
    options = {"PNG": {"pnginfo": hidden(second)}, "WEBP": {"xmp": second}}.get(kind, {"comment": second})
    image = clean(save(drawn, kind, **options) + second)
    assert second[:8] not in image.content
    assert image.content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF"))


def hidden(text: bytes) -> PngImagePlugin.PngInfo:
    """Make a chunk of its own for a text."""
    info = PngImagePlugin.PngInfo()
    info.add(b"prVt", text)
    info.add_text("Comment", text.decode("latin-1"))
    return info


@pytest.mark.parametrize(
    "content", [b"GIF89a/*<svg/onload=alert(1)>*/=1;", b"\xff\xd8\xff\xe0<script>alert(1)</script>"]
)
@pytest.mark.promise("H4")
def test_a_script_that_begins_as_a_picture_is_none(content: bytes) -> None:
    """The first bytes choose the decoder, which must agree."""
    refuse(content, "image-broken")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-7"])
@pytest.mark.promise("H4")
def test_an_svg_in_another_encoding_hides_nothing(encoding: str) -> None:
    """It is read as what it declares, or not at all."""
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>'
    text = f'<?xml version="1.0" encoding="{encoding}"?>{drawn}'
    image, problems = clean_image(text.encode(encoding), MARK, "logo.svg")
    assert image is None
    assert problems


def test_large_files_are_refused() -> None:
    """Five MiB are the limit, whatever is in them."""
    assert "has 6.0 MiB" in refuse(b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES + 2**20), "image-too-large")


def test_the_same_bytes_everywhere() -> None:
    """Cleaning is the same in another process with another hash seed."""
    program = (
        "import sys, hashlib; from kapm_site.problem import Mark; from kapm_site.render.images import clean_image\n"
        "image, _ = clean_image(sys.stdin.buffer.read(), Mark('x'), 'x')\n"
        "print(hashlib.sha256(image.content).hexdigest())"
    )
    content = WITH_METADATA["jpeg"]()
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=content,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1
