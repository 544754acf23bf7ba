"""Rules and signs → grids: the shapes that real tables take."""

from ingest.grids import grids_of
from ingest.lines import Sign
from ingest.page import Grid
from ingest.rulings import Ruling, Rulings, merged, rulings_of
from tests.ingest.test_lines import signs


def rules(xs: list[float], ys: list[float]) -> Rulings:
    level = tuple(Ruling(y, xs[0], xs[-1]) for y in ys)
    return Rulings(level, tuple(Ruling(x, ys[0], ys[-1]) for x in xs))


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def one(placed: list[Sign], rulings: Rulings) -> Grid:
    (grid,), _ = grids_of(placed, rulings, 1)
    return grid


def test_cells_hold_what_stands_between_their_rules() -> None:
    placed = [*signs("项目", 5, 15), *signs("金额", 105, 15), *signs("支出", 5, 35), *signs("1.50", 105, 35)]
    assert rows(one(placed, rules([0, 100, 200], [0, 20, 40]))) == [["项目", "金额"], ["支出", "1.50"]]


def test_a_cell_without_a_rule_inside_spans_columns() -> None:
    level = tuple(Ruling(y, 0, 200) for y in (0, 20, 40))
    upright = (Ruling(0, 0, 40), Ruling(100, 20, 40), Ruling(200, 0, 40))
    grid = one([*signs("收入", 90, 15), *signs("1", 5, 35)], Rulings(level, upright))
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in grid.cells] == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_blank_cell_stands_as_an_empty_text() -> None:
    grid = one(signs("合计", 5, 15), rules([0, 100, 200], [0, 20, 40]))
    assert rows(grid) == [["合计", ""], ["", ""]]


def test_a_number_wider_than_its_column_is_not_torn() -> None:
    placed = [*signs("支出", 5, 15), *signs("123,456,789.00", 45, 15)]
    assert rows(one(placed, rules([0, 50, 100, 150], [0, 20]))) == [["支出", "123,456,789.00", ""]]


def test_rules_drawn_twice_are_one() -> None:
    assert merged([Ruling(10, 0, 50), Ruling(11.5, 0, 50), Ruling(30, 0, 50)]) == (
        Ruling(10.75, 0, 50),
        Ruling(30, 0, 50),
    )


def test_a_frame_of_one_cell_is_no_table() -> None:
    grids, outside = grids_of(signs("目录", 5, 15), rules([0, 200], [0, 300]), 1)
    assert grids == () and len(outside) == 2


def test_a_table_inside_a_page_frame_is_found() -> None:
    frame, table = rules([0, 500], [0, 700]), rules([50, 150, 250], [100, 120, 140])
    both = Rulings(frame.level + table.level, frame.upright + table.upright)
    grids, outside = grids_of([*signs("题目", 60, 50), *signs("项目", 60, 115)], both, 1)
    assert [rows(grid)[0] for grid in grids] == [["项目", ""]] and len(outside) == 2


def test_columns_without_an_outer_border_are_found() -> None:
    """石家庄 2018: rules run past the last upright one on both sides."""
    level = tuple(Ruling(y, 0, 300) for y in (0, 20, 40))
    upright = (Ruling(100, 0, 40), Ruling(200, 0, 40))
    placed = [*signs("名称", 5, 15), *signs("1", 150, 35), *signs("2", 250, 35)]
    assert rows(one(placed, Rulings(level, upright))) == [["名称", "", ""], ["", "1", "2"]]


def unruled(*texts: tuple[str, str, float]) -> list[list[str]]:
    """Rows of a table of two columns of which only the header is ruled."""
    placed = [*signs("项目", 5, 15), *signs("金额", 205, 15)]
    for label, number, base in texts:
        placed += signs(label, 5, base) + signs(number, 205, base)
    level = tuple(Ruling(y, 0, 300) for y in (0, 20, 200))
    upright = tuple(Ruling(x, 0, 200) for x in (0, 200, 300))
    return rows(one(placed, Rulings(level, upright)))[1:]


def test_rows_that_no_rule_parts_are_parted_by_their_numbers() -> None:
    assert unruled(("税收", "10", 40), ("非税", "20", 60), ("合计", "30", 80)) == [
        ["税收", "10"],
        ["非税", "20"],
        ["合计", "30"],
    ]


def test_a_row_whose_number_is_blank_keeps_its_own_row() -> None:
    assert unruled(("税收", "10", 40), ("非税", "", 60), ("其他", "5", 80), ("合计", "15", 100))[1] == ["非税", ""]


def test_a_label_over_two_lines_stays_with_its_number() -> None:
    """石家庄 2018, 表3 row 8: the number stands at the middle of a label of two lines."""
    found = unruled(("税收", "10", 40), ("彩票发行机构", "", 62), ("", "7", 69), ("业务费用", "", 76), ("合计", "17", 98))
    assert found == [["税收", "10"], ["彩票发行机构\n业务费用", "7"], ["合计", "17"]]


def test_a_number_broken_over_two_lines_makes_no_second_row() -> None:
    placed = [*signs("项目", 5, 15), *signs("123456", 205, 30), *signs("789", 205, 42), *signs("支出", 5, 36)]
    level, upright = (Ruling(0, 0, 300), Ruling(20, 0, 300), Ruling(50, 0, 300)), tuple(
        Ruling(x, 0, 50) for x in (0, 200, 300)
    )
    assert rows(one(placed, Rulings(level, upright)))[1] == ["支出", "123456\n789"]


def test_a_broken_number_beside_one_at_the_middle_of_its_cell_makes_no_rows() -> None:
    """普陀区生态环境局 2025 as a browser prints it: 4,733.1|4 in a narrow cell, its label on two lines, 0.00 between them."""
    placed = [*signs("项目", 5, 15), *signs("4,733.1", 205, 30), *signs("4", 205, 42), *signs("公共预算", 5, 30), *signs("拨款", 5, 42), *signs("0.00", 270, 36)]
    level = (Ruling(0, 0, 360), Ruling(20, 0, 360), Ruling(50, 0, 360))
    upright = tuple(Ruling(x, 0, 50) for x in (0, 200, 244, 360))
    assert rows(one(placed, Rulings(level, upright)))[1] == ["公共预算\n拨款", "4,733.14", "0.00"]


def test_two_numbers_in_a_cell_with_room_beside_them_stay_two() -> None:
    for upper, lower, width in (("3.1", "4", 244), ("4,733.14", "4", 256), ("4,733", "14", 244)):
        placed = [*signs("项目", 5, 15), *signs(upper, 205, 30), *signs(lower, 205, 42), *signs("支出", 5, 36)]
        level = (Ruling(0, 0, 360), Ruling(20, 0, 360), Ruling(50, 0, 360))
        upright = tuple(Ruling(x, 0, 50) for x in (0, 200, width, 360))
        assert f"{upper}\n{lower}" in rows(one(placed, Rulings(level, upright)))[1]


def test_numbers_in_cells_merged_by_a_missing_rule_are_parted() -> None:
    level = tuple(Ruling(y, 0, 300) for y in (0, 20, 40, 60))
    upright = (Ruling(0, 0, 60), Ruling(100, 0, 60), Ruling(200, 0, 40), Ruling(300, 0, 60))
    placed = [*signs("合计", 5, 55), *signs("1,000", 110, 55), *signs("2,000", 210, 55)]
    assert rows(one(placed, Rulings(level, upright)))[2] == ["合计", "1,000", "2,000"]


def test_white_boxes_and_white_strokes_bound_nothing() -> None:
    shape = {"x0": 0, "x1": 100, "top": 0, "bottom": 50, "stroke": False, "fill": True, "non_stroking_color": (1, 1, 1)}
    assert rulings_of([shape], 0, 0) == Rulings((), ())
    assert len(rulings_of([{**shape, "non_stroking_color": (0.8,)}], 0, 0).level) == 2
