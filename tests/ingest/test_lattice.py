"""Cells of a ruled table from rectangles and ink."""

import numpy as np

from ingest.lattice import lattice_of, split_by_rules
from ingest.picture import Mask


def test_a_merged_cell_stands_once_with_its_spans() -> None:
    lattice = lattice_of([(0, 0, 200, 40), (0, 40, 100, 80), (100, 40, 200, 80)])
    assert lattice.cells == ((0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1))


def test_what_no_rectangle_covers_is_a_blank_cell() -> None:
    lattice = lattice_of([(0, 0, 100, 40), (100, 0, 200, 40), (0, 40, 100, 80)])
    assert (1, 1, 1, 1) in lattice.cells


def test_a_short_rule_parts_a_cell_taken_for_merged() -> None:
    lattice = lattice_of([(0, 0, 200, 40), (0, 40, 100, 80), (100, 40, 200, 80)])
    ink: Mask = np.zeros((90, 210), dtype=np.uint8)
    ink[0:40, 99:102] = 255
    assert split_by_rules(lattice, ink).cells == ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1))


def test_print_across_a_merged_cell_does_not_part_it() -> None:
    lattice = lattice_of([(0, 0, 200, 40), (0, 40, 100, 80), (100, 40, 200, 80)])
    ink: Mask = np.zeros((90, 210), dtype=np.uint8)
    ink[10:30, 90:110] = 255
    assert split_by_rules(lattice, ink).cells == lattice.cells
