"""What ink on a page means apart from letters: marks, strokes, seals, blanks."""
