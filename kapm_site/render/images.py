"""Images that users attach: told by their content, bounded, and stripped of all that is not picture."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from kapm_site.problem import Mark, Problem

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000

_MAGIC = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF87a": ".gif",
    b"GIF89a": ".gif",
}
_SUPPORTED = "PNG, JPEG, WebP, GIF or SVG"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture fit to be published.

    Attributes:
        content: The file, without any metadata.
        suffix: Of the format it is in now, with its dot.
        width: In pixels; of an SVG, in its own units, rounded.
        height: The same.
    """

    content: bytes
    suffix: str
    width: int
    height: int


def clean_image(content: bytes, mark: Mark, name: str) -> tuple[Image | None, list[Problem]]:
    """Check one attached image and strip it: no EXIF, XMP, comment, thumbnail, profile or further frame.

    A picture is turned upright and converted to sRGB first, so it looks as before. JPEG keeps its own
    quantisation. GIF becomes PNG. An animation keeps its first frame. SVG is rebuilt from a list of
    elements and attributes, and refused where that would change the picture.

    Args:
        content: The file as it lies in the workspace.
        mark: Where the workspace names it.
        name: Its path as named there, for messages.
    """
    if len(content) > MAX_BYTES:
        size = len(content) / 1024 / 1024
        return None, [_too_large(mark, f"image '{name}' has {size:.1f} MiB, more than 5")]
    suffix = _suffix(content)
    if suffix == ".svg":
        from kapm_site.render.svg import clean_svg

        return clean_svg(content, mark, name)
    if not suffix:
        message = f"'{name}' is not an image of a known kind, expected {_SUPPORTED}"
        return None, [Problem(mark, "image-type", message, hint="export it as PNG")]
    return _clean_raster(content, suffix, mark, name)


def _suffix(content: bytes) -> str:
    """Tell the format by the first bytes; a file's name proves nothing."""
    for magic, suffix in _MAGIC.items():
        if content.startswith(magic):
            return suffix
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ".webp"
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return ".svg" if head.startswith(b"<") and b"<svg" in head else ""


def _clean_raster(content: bytes, suffix: str, mark: Mark, name: str) -> tuple[Image | None, list[Problem]]:
    from PIL import Image as Pillow

    try:
        with _strictly():
            picture = Pillow.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP", "GIF"))
            if picture.width * picture.height > MAX_PIXELS:
                raise Pillow.DecompressionBombError(f"{picture.width} × {picture.height}")  # noqa: TRY301
            return _encode(picture, suffix), []
    except Pillow.DecompressionBombError:
        message = f"image '{name}' has more than {MAX_PIXELS // 1_000_000} megapixels"
        return None, [_too_large(mark, message)]
    except Exception as error:  # noqa: BLE001 - decoders raise whatever a broken file makes them raise
        reason = " ".join(str(error).split()) or type(error).__name__
        message = f"image '{name}' cannot be read: {reason.replace(repr(content), '')}"
        return None, [Problem(mark, "image-broken", message, hint="open it in an image editor and export it anew")]


def _too_large(mark: Mark, message: str) -> Problem:
    return Problem(mark, "image-too-large", message, hint="scale it down, 2,000 pixels are wide enough")


@contextmanager
def _strictly() -> Iterator[None]:
    """Have Pillow refuse truncated files, which WeasyPrint allows for the whole process once it is loaded."""
    from PIL import Image as Pillow
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # our own limit is lower
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _encode(picture: "Picture", suffix: str) -> Image:
    from PIL import ImageOps
    from PIL.JpegImagePlugin import JpegImageFile, get_sampling

    options: dict[str, object] = {"format": "PNG"}
    if isinstance(picture, JpegImageFile):
        options = {"format": "JPEG", "qtables": picture.quantization, "subsampling": get_sampling(picture)}
    elif suffix == ".webp":
        options = {"format": "WEBP", "quality": 90, "method": 4}
    picture.load()
    clean = _plain(_to_srgb(ImageOps.exif_transpose(picture)), opaque=suffix == ".jpg")
    file = BytesIO()
    clean.save(file, **options)  # type: ignore[arg-type]  # each format has options of its own
    return Image(file.getvalue(), ".png" if suffix == ".gif" else suffix, clean.width, clean.height)


def _to_srgb(picture: "Picture") -> "Picture":
    """Apply an embedded colour profile, as it will not be kept."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return picture
    return picture if changed is None else changed


def _plain(picture: "Picture", *, opaque: bool) -> "Picture":
    """Bring a picture into a mode that browsers and PDF share, and drop everything but its pixels."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256, "L")
    elif picture.mode not in ("1", "L", "LA", "P", "RGB", "RGBA") or (opaque and picture.mode not in ("L", "RGB")):
        picture = picture.convert("RGB" if opaque else "RGBA")
    clean = picture.copy()
    clean.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    return clean
