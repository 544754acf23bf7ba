"""The program's version, as it stands on every reading and every export."""

PROGRAM = "0.4.0"
