"""Forms typed anew as a list or table: a label and its value in every row."""
