"""Teaches a small network which strokes on paper are a signature's (``intake/engines/ink/pen.py``).

Scenes are drawn: print, rules, captions, seals, handwriting, marks, over them a signature or none.
"""
