"""Signs → lines: what real PDFs do to a sentence's numbers and spaces."""

from ingest.lines import Sign, lines_of


def signs(text: str, x: float = 0.0, base: float = 100.0, size: float = 10.0, gap: float = 0.0) -> list[Sign]:
    """Characters side by side; ASCII half an em wide."""
    placed = []
    for letter in text:
        width = size / 2 if letter.isascii() else size
        placed.append(Sign(letter, x, x + width, base, size))
        x += width + gap
    return placed


def texts(*runs: list[Sign]) -> list[str]:
    return [line.text for line in lines_of([sign for run in runs for sign in run])]


def test_digits_printed_lower_than_their_sentence_stay_in_it() -> None:
    """The 2018 石家庄 report sets digits 2 pt, others up to 4.5 of 10 pt, below the Chinese baseline."""
    run = [*signs("支出", 0), *signs("994.7", 20, 104.0), *signs("亿元", 45)]
    assert texts(run) == ["支出994.7亿元"]


def test_lines_at_normal_pitch_stay_apart() -> None:
    assert texts(signs("第一行", 0, 100), signs("第二行", 0, 112)) == ["第一行", "第二行"]


def test_digits_that_claim_a_full_em_are_no_wider_than_their_step() -> None:
    wide = [Sign(digit, 8.0 * k, 8.0 * k + 15, 100, 15) for k, digit in enumerate("1014")]
    (line,) = lines_of(wide)
    assert line.text == "1014"
    assert line.edges[:4] == (0.0, 8.0, 16.0, 24.0)


def test_a_face_drawn_twice_for_bold_is_read_once() -> None:
    assert texts(signs("合计"), signs("合计", 0.4)) == ["合计"]


def test_equal_digits_side_by_side_are_not_taken_for_bold() -> None:
    assert texts(signs("11.00")) == ["11.00"]


def test_a_spaced_out_name_is_one_word() -> None:
    assert texts(signs("公务用车运行", gap=8)) == ["公务用车运行"]


def test_a_year_set_apart_from_its_word_keeps_no_layout_space() -> None:
    assert texts(signs("2024"), signs("年度", 22.5)) == ["2024年度"]


def test_a_gap_between_phrases_is_a_space() -> None:
    assert texts(signs("第一部分"), signs("部门概况", 48)) == ["第一部分 部门概况"]


def test_a_narrow_printed_space_between_phrases_is_kept() -> None:
    run = [*signs("第一部分"), Sign(" ", 40, 44, 100, 10), *signs("部门概况", 44)]
    assert texts(run) == ["第一部分 部门概况"]


def test_two_texts_on_one_level_are_two_lines() -> None:
    assert texts(signs("编制单位：某局"), signs("单位：万元", 300)) == ["编制单位：某局", "单位：万元"]


def test_latin_words_keep_their_space() -> None:
    assert texts(signs("PPP"), signs("project", 18)) == ["PPP project"]


def test_edges_stand_at_every_character() -> None:
    (line,) = lines_of(signs("占12%", 50))
    assert len(line.edges) == len(line.text) + 1
    assert line.edges == (50, 60, 65, 70, 75)
