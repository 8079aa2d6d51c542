"""What few observations prove: exact bounds of a share of errors, and how many more are needed."""

from __future__ import annotations

import math

LEVEL = 0.95
_STEPS = 60


def upper_bound(errors: int, trials: int, level: float = LEVEL) -> float:
    """Return the exact one-sided upper bound (Clopper-Pearson) of an error rate; 1 for no trial."""
    if trials == 0 or errors >= trials:
        return 1.0
    low, high = errors / trials, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _chance_of_at_most(errors, trials, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def trials_needed(errors: int, target: float, level: float = LEVEL) -> int:
    """Return the fewest trials with so many errors that prove a rate of at most ``target``."""
    low, high = errors, max(2 * errors, 16)
    while upper_bound(errors, high, level) > target:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if upper_bound(errors, middle, level) > target:
            low = middle
        else:
            high = middle
    return high


def _chance_of_at_most(errors: int, trials: int, rate: float) -> float:
    """Return how likely at most so many errors are at this rate; sums from the likeliest down."""
    total, log_odds = 0.0, math.log(rate) - math.log1p(-rate)
    term = trials * math.log1p(-rate)
    for count in range(errors + 1):
        total += math.exp(term)
        term += math.log(trials - count) - math.log(count + 1) + log_odds if count < trials else 0
    return total
