"""Aligns the official wording with what was read: letters pay, gaps absorb values.

``letters`` folds both sides to one alphabet and says what each confusion costs,
``chain`` compiles a wording to steps, ``align`` finds the cheapest way through.
"""
