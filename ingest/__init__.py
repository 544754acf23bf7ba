"""a file → Reading."""
