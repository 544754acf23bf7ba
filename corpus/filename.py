"""A file's name as it is found → the name as it is shown: one line of visible signs, whatever the file is called.

On Linux a name may hold line breaks, the codes that colour a terminal, marks that turn the direction of writing, and
bytes that are no text at all.
"""

from unicodedata import category

LONGEST = 255
"""No file system takes more bytes; in signs it is more than any name needs."""


def shown_name(name: str) -> str:
    """The name without what is not seen; blanks of every width stay."""
    seen = "".join(sign for sign in name if sign.isprintable() or category(sign) == "Zs")[:LONGEST]
    return seen if seen.strip() else "无名文件"
