"""The line, one verb a file, in this order:

receive, rasterise, straighten, read, match, complete, inspect, validate.
"""
