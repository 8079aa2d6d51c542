"""How words lie on a page: rows, columns, reading order, and what is no word at all."""
