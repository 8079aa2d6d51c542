"""Measures the product against what a user would do otherwise, on the same scans."""

from intake.bench.race import Result, bench
from intake.bench.table import print_bench

__all__ = ["Result", "bench", "print_bench"]
