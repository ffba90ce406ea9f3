"""Texts of images: their metadata, which is to be stripped before publishing."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kapm_site.publish.audit.decode.parts import foreign_parts
from kapm_site.publish.audit.decode.plain import binary_texts
from kapm_site.publish.audit.decode.text import Text, UnreadableError

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

# What Pillow tells of any image's format; `exif` is read tag by tag.
_TECHNICAL = (
    "adobe", "adobe_transform", "background", "bbox", "chromaticity", "default_image", "dpi", "duration", "exif",
    "extension", "gamma", "icc_profile", "interlace", "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop",
    "progression", "progressive", "sizes", "srgb", "timestamp", "transparency", "version",
)  # fmt: skip
# The tags of the camera, of the place, and of the format's compatibility.
_EXIF_FOLDERS = (0x8769, 0x8825, 0xA005)


def image_texts(content: bytes) -> list[Text]:
    """Read what an image says besides its pixels: comments, text chunks, EXIF, XMP, and any readable bytes.

    Raises:
        UnreadableError: It isn't an image that Pillow reads.
    """
    with _opened(content) as image:
        found = [Text(text, where="image metadata") for text in _said(image)]
        profile = image.info.get("icc_profile") or b""
    return [*found, *binary_texts(content), *binary_texts(profile)]


def image_metadata(content: bytes) -> list[str]:
    """List the metadata of an image, and parts of its file that are no picture; none when it was stripped.

    Raises:
        UnreadableError: It isn't an image that Pillow reads.
    """
    with _opened(content) as image:
        return [*_said(image), *foreign_parts(content)]


@contextmanager
def _opened(content: bytes) -> "Iterator[PillowImage]":
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            # Text chunks may stand behind the pixels.
            image.load()
            yield image
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(f"it is not a readable image ({error})") from None


def _said(image: "PillowImage") -> list[str]:
    return [*_info(image), *_exif(image)]


def _info(image: "PillowImage") -> Iterator[str]:
    texts = dict(image.info) | dict(getattr(image, "text", {}))
    for key, value in texts.items():
        name = str(key)
        if name.lower() not in _TECHNICAL:
            yield f"{name}: {_readable(value)}"


def _exif(image: "PillowImage") -> Iterator[str]:
    exif = image.getexif()
    for tags in (exif, *(exif.get_ifd(folder) for folder in _EXIF_FOLDERS)):
        yield from (f"{tag}: {_readable(value)}" for tag, value in tags.items())


def _readable(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    # Windows writes its tags as UTF-16.
    wide = value.decode("utf-16-le", errors="replace") if b"\0" in value else ""
    return f"{value.decode('utf-8', errors='replace')} {wide}".replace("\0", "")
