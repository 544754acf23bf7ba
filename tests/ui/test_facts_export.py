"""A report's facts as a spreadsheet."""

from ui.facts_export import _safe


def test_a_blank_cell_is_exported_blank() -> None:
    assert _safe("") == ""


def test_a_formula_in_a_document_is_exported_as_text() -> None:
    assert _safe("=1+1") == "'=1+1" and _safe("-3.5") == "-3.5" and _safe(2024) == 2024
