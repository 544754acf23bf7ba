"""faces: the command line and the page."""
