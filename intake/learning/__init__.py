"""What people's corrections say about the reading: confusions, new reference entries, thresholds.

Nothing is changed by itself: a proposal shows what it would change, a person
adopts it, and it can be taken back. ``proposals`` looks for them, ``overlay``
lays what was adopted over the product's reference, ``effects`` measures.
"""
