"""Words and ruled tables from a picture: the one gate to rapidocr and img2table, offline, one engine a process."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.errors import MingzhangError
from ingest.lattice import Lattice, lattice_of
from ingest.picture import Picture

if TYPE_CHECKING:
    from rapidocr import RapidOCR

THREADS = 2
LONGEST_SIDE = 1600
"""Pixels that detection sees at most; strips keep all theirs. 1472 to 2400 read alike, 1920 takes 730 MB."""
NARROWEST = 96
"""Pixels that a strip is filled up to. The usual 320 is mostly filling for `0.00`: 25 s for the shipped report's nine
pictures, 15 s with 96, and the same 1,145 cells right."""
UPRIGHT_RATIO = 1.5
"""A crop that much taller than wide is a vertical line of print and is laid on its side before it is read."""

Quad = NDArray[np.float32]
"""Four corners, clockwise from the top left, in pixels."""


@dataclass(frozen=True)
class Reading:
    """What the recogniser made of one strip of picture."""

    text: str
    sure: tuple[float, ...]
    """One confidence 0..1 a character of `text`."""
    places: tuple[float, ...]
    """One a character: its centre, as a share of the strip's width."""

    @property
    def mean(self) -> float:
        """Confidence in the strip as a whole; right for prose."""
        return sum(self.sure) / len(self.sure) if self.sure else 0.0

    @property
    def least(self) -> float:
        """Confidence in the worst character; right for numbers, where one wrong digit spoils all."""
        return min(self.sure, default=0.0)


@dataclass(frozen=True)
class Word:
    """A run of print found on the picture."""

    reading: Reading
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def edges(self) -> tuple[float, ...]:
        """len(text) + 1 x-positions in pixels, halfway between the characters' centres."""
        centres = [self.x0 + place * (self.x1 - self.x0) for place in self.reading.places]
        return (self.x0, *((a + b) / 2 for a, b in pairwise(centres)), self.x1)


@dataclass(frozen=True)
class _Block:
    """Text that must not be taken for a rule, under the names that img2table reads."""

    x1: int
    y1: int
    x2: int
    y2: int


@cache
def _engine() -> "RapidOCR":
    from rapidocr import RapidOCR

    models = files("rapidocr") / "models"
    cv2.setNumThreads(THREADS)
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.max_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # Given by path, a model is never looked for on the network.
            "Det.model_path": _model(models, "_det_"),
            "Rec.model_path": _model(models, "_rec_"),
            "Rec.rec_batch_num": 4,
            "Rec.rec_img_shape": [3, 48, NARROWEST],
        }
    )


def _model(models: Any, part: str) -> str:
    found = sorted(str(entry) for entry in models.iterdir() if part in entry.name and entry.name.endswith(".onnx"))
    if not found:
        raise MingzhangError("文字识别模型不在安装包里，请重新安装 rapidocr")
    return found[0]


class OcrFailed(MingzhangError):
    """The engine gave up on a picture; what it was to be read from is known to the caller."""


@contextmanager
def engine_errors() -> Iterator[None]:
    """What the engine and the picture library raise → `OcrFailed`."""
    from rapidocr.ch_ppocr_det.utils import ResizeImgError as UnfitForDetection
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError
    from rapidocr.utils.load_image import LoadImageError
    from rapidocr.utils.process_img import ResizeImgError

    rapid = (LoadImageError, ONNXRuntimeError, ResizeImgError, UnfitForDetection)
    try:
        yield
    except (cv2.error, *rapid, ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
        raise OcrFailed(f"图片识读出错（{type(error).__name__}）") from error


def read_words(picture: Picture) -> tuple[Word, ...]:
    """Every run of print on the picture, in no particular order."""
    quads = _find(picture)
    crops = [_crop(picture, quad) for quad in quads]
    return tuple(_word(reading, quad) for reading, quad in zip(read_strips(crops), quads, strict=True) if reading.text)


def _word(reading: Reading, quad: Quad) -> Word:
    (x0, top), (x1, bottom) = quad.min(axis=0), quad.max(axis=0)
    return Word(reading, float(x0), float(top), float(x1), float(bottom))


def _find(picture: Picture) -> list[Quad]:
    found = _engine()(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [np.asarray(box, dtype=np.float32) for box in boxes]


def _crop(picture: Picture, quad: Quad) -> Picture:
    width = max(int(np.linalg.norm(quad[0] - quad[1])), int(np.linalg.norm(quad[3] - quad[2])), 1)
    height = max(int(np.linalg.norm(quad[0] - quad[3])), int(np.linalg.norm(quad[1] - quad[2])), 1)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(quad, flat)
    strip = cv2.warpPerspective(
        picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    return np.asarray(np.rot90(strip) if height >= UPRIGHT_RATIO * width else strip, dtype=np.uint8)


def read_strips(strips: Sequence[Picture]) -> tuple[Reading, ...]:
    """One line of print a strip; '' where nothing is made out."""
    if not strips:
        return ()
    engine = _engine()
    engine.return_word_box = True  # the only way to have each character's own confidence
    found = engine.recognize_txt([np.ascontiguousarray(strip[:, :, ::-1]) for strip in strips])
    return tuple(_reading(text, info) for text, info in zip(found.txts or (), found.word_results, strict=True))


def _reading(text: str, info: Any) -> Reading:
    """rapidocr leaves blanks out of its places, and keeps them in its confidences."""
    if not text.strip() or not info.line_txt_len:
        return Reading("", (), ())
    steps = [step for word in info.word_cols for step in word]
    known = iter((step + 0.5) / info.line_txt_len for step in steps)
    places: list[float] = []
    for character in text:
        last = places[-1] if places else 0.0
        places.append(last if character.isspace() else min(max(next(known, last), last), 1.0))
    return Reading(text, tuple(float(value) for value in info.confs), tuple(places))


def find_lattices(picture: Picture, words: Sequence[Word]) -> tuple[Lattice, ...]:
    """Every ruled table, the topmost first; blank rows and columns kept.

    img2table's own last step drops rows and columns without content; a blank column is a column here, because
    continued pages are joined by their columns, so the cells are taken one step before that.
    """
    from img2table.tables.bordered.cells import get_cells
    from img2table.tables.bordered.tables.creation.cell_clustering import cluster_cells_in_tables
    from img2table.tables.bordered.tables.misc.semi_bordered import add_semi_bordered_cells
    from img2table.tables.bordered.tables.normalization import normalize_table_cells

    wide, across, down = _rules(picture, words)
    clusters = cluster_cells_in_tables(cells=get_cells(across, down))
    level = [normalize_table_cells(cluster_cells=cluster, char_length=wide) for cluster in clusters]
    whole = [add_semi_bordered_cells(cluster=cells, lines=across + down, char_length=wide) for cells in level if cells]
    lattices = [lattice_of([(c.x1, c.y1, c.x2, c.y2) for c in cells]) for cells in whole]
    return tuple(sorted((one for one in lattices if len(one.cells) > 1), key=lambda one: one.ys[0]))


def _rules(picture: Picture, words: Sequence[Word]) -> tuple[float, list[Any], list[Any]]:
    """Width of a character, and the ruled lines across and down.

    img2table measures a page by the distance of its text lines; a page that holds nothing but the last row of a
    table (a 合计 alone, seen in the 2024 budget of a 街道办事处) has none, so there the words' own height is taken.
    """
    from img2table.tables.bordered.lines import detect_lines
    from img2table.tables.extractor import TableExtractor

    seen = TableExtractor(img=picture)
    if seen.characteristics is not None:
        return seen.characteristics.char_length, seen.horizontal_lines, seen.vertical_lines
    if not words:
        return 1.0, [], []
    high = float(np.median([word.bottom - word.top for word in words]))
    text = [_Block(int(word.x0), int(word.top), int(word.x1), int(word.bottom)) for word in words]
    return high / 2, *detect_lines(img=picture, contours=text, char_length=high / 2, min_line_length=int(high))
