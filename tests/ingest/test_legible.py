"""Which parts of a page have to be read from its picture."""

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.disclosure import Box
from ingest.legible import Shown, text_layer_is_useful, unread_parts
from ingest.lines import Sign
from ingest.picture import Picture

PAGE: Box = (0.0, 0.0, 400.0, 300.0)
SENTENCE = "二〇二四年度本部门收入总计三百零七万元，其中财政拨款收入占全部收入的百分之百。"


def signs(text: str, top: float = 40.0) -> list[Sign]:
    """Ten-point signs side by side, from x = 20 on."""
    return [Sign(c, 20.0 + 9 * k, 29.0 + 9 * k, top + 9, 10.0) for k, c in enumerate(text)]


def shown(
    layer: Sequence[Sign], drawn: Sequence[tuple[int, int]], pictures: Sequence[Box] = (), curves: int = 0
) -> Shown:
    """A page with some digits drawn on it at these places (points; the picture has two pixels a point)."""
    image = Image.new("RGB", (800, 600), "white")
    pen = ImageDraw.Draw(image)
    for x, y in drawn:
        pen.text((2 * x, 2 * y), "8", font=ImageFont.load_default(20), fill="black")
    picture: Picture = np.asarray(image, dtype=np.uint8)
    return Shown(layer, pictures, curves, PAGE, lambda: picture)


def row(count: int, top: int) -> list[tuple[int, int]]:
    return [(20 + 9 * k, top) for k in range(count)]


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "2130101 1,234.56 78.9%",
        "PPP项目支出决算表 GDP 增长 5%，其中R&D经费支出增加",
    ],
)
def test_a_sound_text_layer_is_used(text: str) -> None:
    assert text_layer_is_useful(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "d5nop， L&`aOPQR67qI ７１８３UV。 ]^&rkMNOPQR67ST ５１５UV，jddklm、",  # as 淮安 2026 prints
        "(cid:123)(cid:44)(cid:901) 307.82 (cid:12)",
        "\ue001\ue002\ue003\ue004\ue005 2024",
        "龘靐齉爩鱻麤龗灪吁龖厵滟爨癵籱饢驫鲡鹂鸾",
    ],
)
def test_a_worthless_text_layer_is_not(text: str) -> None:
    assert not text_layer_is_useful(text)


def test_a_page_without_text_is_read_whole() -> None:
    assert unread_parts(shown([], row(12, 40))) == (PAGE,)


def test_a_blank_page_is_not_read() -> None:
    assert unread_parts(shown([], [])) == ()


def test_a_sound_page_is_never_drawn() -> None:
    def draw() -> Picture:
        raise AssertionError("drawn in vain")

    assert unread_parts(Shown(signs(SENTENCE), (), 0, PAGE, draw)) == ()


def test_digits_as_text_with_the_words_drawn_are_read_whole() -> None:
    assert unread_parts(shown(signs("307.82"), [*row(6, 40), *row(40, 80), *row(40, 120)], curves=400)) == (PAGE,)


def test_a_page_of_digits_alone_is_left_to_its_text_layer() -> None:
    assert unread_parts(shown(signs("307820"), row(6, 39))) == ()


def test_a_picture_with_print_on_a_page_of_text_is_read_alone() -> None:
    picture = (10.0, 100.0, 390.0, 200.0)
    found = unread_parts(shown(signs(SENTENCE), [*row(len(SENTENCE), 39), *row(30, 120)], [picture]))
    assert found == (picture,)


def test_a_picture_without_print_is_left_alone() -> None:
    picture = (10.0, 100.0, 390.0, 200.0)
    assert unread_parts(shown(signs(SENTENCE), row(len(SENTENCE), 39), [picture])) == ()


def test_a_picture_cut_into_strips_is_one_picture() -> None:
    strips = [(10.0, float(y), 390.0, float(y + 10)) for y in range(100, 200, 10)]
    found = unread_parts(shown(signs(SENTENCE), [*row(len(SENTENCE), 39), *row(30, 120)], strips))
    assert found == ((10.0, 100.0, 390.0, 200.0),)
