"""Pictures of pages: rendered from a PDF, bounded in size, turned upright, with their ink found."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from corpus.disclosure import Box
from corpus.errors import FileError

Picture = NDArray[np.uint8]
"""Height × width × 3, RGB."""
Mask = NDArray[np.uint8]
"""Height × width, 255 where there is ink."""

READING_DPI = 200
"""Body text of 9-10 pt is then 25-28 px high."""
MOST_PIXELS = 12_000_000
"""A3 at 200 dpi is 7.7 million; a bigger picture is scaled down to this, so memory stays bounded."""
MOST_SIDE = 30_000
"""A page may say that it is a hair wide and 2,147,483,648 points high."""
BOMB_PIXELS = 400_000_000
"""A picture with more pixels than any scanner makes is refused instead of unpacked."""
LEAST_SIDE = 8
"""A picture thinner than this holds no text."""
FAINT = 45
"""Grey levels that the faintest print stands out from the paper; a scanner's noise of 12 is 5 after smoothing."""
REDNESS = 50
"""Red above the other two channels from which ink counts as a seal's."""
SEAL_SHARE = 0.08
"""A seal is 40 mm wide and A4 210 mm; no line of print is so high."""
STEEPEST = 4.0
"""Degrees of skew that are looked for."""


def picture_of(path: Path, number: int, dpi: int = READING_DPI) -> Picture:
    """Page `number` (1-based) as it shows on screen; a page too large for `dpi` is drawn coarser."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[number - 1]
            wide, high = page.get_size()
            scale = min(dpi / 72, (MOST_PIXELS / max(wide * high, 1)) ** 0.5, MOST_SIDE / max(wide, high, 1))
            drawn = page.render(scale=scale, rev_byteorder=True).to_numpy()
            return np.ascontiguousarray(drawn[:, :, :3])
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise FileError(Path(path).name, f"第{number}页画不出来（{error}）") from error


def picture_from(image: Image.Image | NDArray[Any], name: str = "图片") -> Picture:
    """Any image as a bounded RGB picture; an empty or absurdly large one is a `FileError`."""
    width, height = image.size if isinstance(image, Image.Image) else (image.shape[1], image.shape[0])
    if min(width, height) < LEAST_SIDE:
        raise FileError(name, f"图片太小（{width}×{height}像素），没有可读的内容")
    if width * height > BOMB_PIXELS:
        raise FileError(name, f"图片太大（{width}×{height}像素），请先缩小再读")
    array = _rgb(image)
    scale = (MOST_PIXELS / (width * height)) ** 0.5
    if scale >= 1:
        return array
    small = cv2.resize(array, (max(int(width * scale), 1), max(int(height * scale), 1)), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _rgb(image: Image.Image | NDArray[Any]) -> Picture:
    if isinstance(image, Image.Image):
        if "A" in image.getbands() or "transparency" in image.info:
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
        return np.asarray(image.convert("RGB"), dtype=np.uint8)
    array = image.astype(np.uint8, copy=False)
    if array.ndim == 2:
        array = np.repeat(array[:, :, None], 3, axis=2)
    return np.ascontiguousarray(array[:, :, :3])


@dataclass(frozen=True)
class Upright:
    """A picture with its lines level, and the way back to where things stood."""

    picture: Picture
    back: NDArray[np.float64]
    """2 × 3 affine matrix: pixels of `picture` → PDF points of the page."""

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """The upright rectangle on the page that holds this rectangle of pixels."""
        corners = np.array([[x0, top, 1], [x1, top, 1], [x1, bottom, 1], [x0, bottom, 1]]) @ self.back.T
        low, high = corners.min(axis=0), corners.max(axis=0)
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def x(self, x: float, y: float) -> float:
        """Page x of a pixel."""
        return float(self.back[0] @ (x, y, 1))


def upright(picture: Picture, page: Box, quarters: int = 0) -> Upright:
    """`picture`, which shows the part `page` of a page, turned by quarters (counter-clockwise), then until level."""
    height, width = picture.shape[:2]
    to_page = np.array(
        [[(page[2] - page[0]) / width, 0, page[0]], [0, (page[3] - page[1]) / height, page[1]], [0, 0, 1]]
    )
    stood = _unquarter(width, height, quarters % 4)
    picture = np.ascontiguousarray(np.rot90(picture, quarters))
    height, width = picture.shape[:2]
    angle = skew(picture)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0) if angle else np.eye(2, 3)
    level = _turned(picture, turn) if angle else picture
    undo = np.linalg.inv(np.vstack([turn, [0, 0, 1]]))
    return Upright(level, (to_page @ stood @ undo)[:2])


def _unquarter(width: int, height: int, quarters: int) -> NDArray[np.float64]:
    """Pixels of a picture turned by quarters → pixels of the picture as it was, `width` × `height`."""
    back = {
        0: [[1, 0, 0], [0, 1, 0]],
        1: [[0, -1, width], [1, 0, 0]],
        2: [[-1, 0, width], [0, -1, height]],
        3: [[0, 1, 0], [-1, 0, height]],
    }
    return np.array([*back[quarters], [0, 0, 1]], dtype=np.float64)


def _turned(picture: Picture, turn: NDArray[Any]) -> Picture:
    height, width = picture.shape[:2]
    paper = [int(value) for value in np.median(picture.reshape(-1, 3)[:: max(height * width // 50_000, 1)], axis=0)]
    level = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(level, dtype=np.uint8)


def skew(picture: Picture) -> float:
    """Degrees to turn the picture (counter-clockwise) so that its rows of ink stand sharpest; 0.0 for a blank one."""
    mask = ink_of(picture)
    shrink = 1000 / max(mask.shape)
    if shrink < 1:
        mask = np.asarray(cv2.resize(mask, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if not mask.any():
        return 0.0
    best = 0.0
    for reach, step in ((STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        around = best
        tries = [around + step * k for k in range(-round(reach / step), round(reach / step) + 1)]
        best = max(tries, key=lambda angle: _sharpness(mask, angle))
    level = _sharpness(mask, 0.0)
    return best if abs(best) >= 0.04 and _sharpness(mask, best) > 1.01 * level else 0.0


def _sharpness(mask: Mask, angle: float) -> float:
    """Rows that are all ink or all paper differ most from their neighbours."""
    height, width = mask.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(mask, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
    return float((np.diff(rows) ** 2).sum())


def ink_of(picture: Picture) -> Mask:
    """Where there is ink: clearly darker than the paper, specks of noise left out."""
    grey = cv2.medianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), 3)
    paper = float(np.percentile(grey, 90)) if grey.size else 255.0
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
    edge = min(max(level, paper - 140), paper - 50)
    return np.asarray((grey < edge) * 255, dtype=np.uint8)


def ink_in(piece: Picture) -> Mask:
    """Ink within one cell, against the cell's own paper: finer than `ink_of`, which loses a dash one pixel thick."""
    if not piece.size:
        return np.zeros(piece.shape[:2], dtype=np.uint8)
    grey = cv2.GaussianBlur(cv2.cvtColor(piece, cv2.COLOR_RGB2GRAY), (3, 3), 0)
    return np.asarray((grey < float(np.median(grey)) - FAINT) * 255, dtype=np.uint8)


def without_seals(picture: Picture) -> Picture:
    """The picture with the red of large seals turned to paper, so that the black print under them can be read.

    Red print stays: only pieces of red as large as a seal are taken, never a red figure or a red line of text.
    """
    tall = picture.astype(np.int16)
    red = tall[:, :, 0] - np.maximum(tall[:, :, 1], tall[:, :, 2]) > REDNESS
    if float(red.mean()) < 0.0005:
        return picture
    joined = cv2.dilate((red * 255).astype(np.uint8), np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = SEAL_SHARE * min(picture.shape[:2])
    large = np.zeros(count, dtype=bool)
    large[1:] = (stats[1:, cv2.CC_STAT_WIDTH] >= least) & (stats[1:, cv2.CC_STAT_HEIGHT] >= least)
    tinted = cv2.dilate((red & large[labels]).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    cleaned = picture.copy()
    cleaned[tinted & (tall[:, :, 0] > 120)] = np.percentile(picture.reshape(-1, 3)[::97], 90, axis=0).astype(np.uint8)
    return cleaned
