"""An image file (PNG, JPEG, TIFF…) → its pages as pictures, upright and of bearable size, measured in points."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps

from corpus.errors import FileError

LONG_SIDE = 842.0
"""Points: what a scanner or a telephone says of its resolution is often wrong, so every picture is taken for A4."""
MOST_PIXELS = 80_000_000
"""A3 at 600 dpi is 70 million; a larger one is refused before it is unpacked. Below Pillow's own limit, which warns."""
LEAST_SIDE = 8
"""A picture thinner than this holds no text."""
SIGNS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
"""Pillow knows fifty more, some of which start other programs."""
MALFORMED = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, RuntimeError, struct.error)
"""What Pillow raises on files that break their format."""
TOO_LARGE = f"图片超过 {MOST_PIXELS // 1_000_000} 百万像素，不像一页扫描件，请缩小后再上传"


def is_photo(head: bytes) -> bool:
    """Whether a file that begins so is an image."""
    return head.startswith(SIGNS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def photo_count(path: Path) -> int:
    """How many pages the file has: a TIFF may have many, the frames of a moving picture are none."""
    with _opened(path) as image:
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def photo(path: Path, number: int) -> Image.Image:
    """Page `number` (1-based) in colour, the way up that its file says."""
    with _opened(path) as image:
        image.seek(number - 1)
        _check_size(image, path.name, number)
        upright = ImageOps.exif_transpose(image)
        if "A" in upright.getbands() or "transparency" in upright.info:
            upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
        return upright.convert("RGB")


def points(image: Image.Image) -> tuple[float, float]:
    """Width and height of a picture's page."""
    scale = LONG_SIDE / max(image.size)
    return image.width * scale, image.height * scale


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Every way in which the file can be bad is a `FileError` of one Chinese line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks on odd EXIF data, and on sizes that are checked here
            with Image.open(path, formats=FORMATS) as image:
                yield image
    except Image.DecompressionBombError as error:
        raise FileError(path.name, TOO_LARGE) from error
    except MALFORMED as error:
        raise FileError(path.name, "图片不完整或已损坏，请重新保存后再上传") from error


def _check_size(image: Image.Image, name: str, number: int) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise FileError(name, TOO_LARGE)
    if min(image.size) < LEAST_SIDE:
        raise FileError(name, f"第{number}页的图片太小（{image.width}×{image.height}像素），没有可读的内容")
