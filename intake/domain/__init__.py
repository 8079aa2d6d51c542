"""The words of this product as frozen values: standard library only."""
