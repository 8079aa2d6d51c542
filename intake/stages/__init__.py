"""The line, one verb a file, in this order:

receive, rasterise, straighten, read, match, complete, read_names, inspect, read_again, validate.

What stands beside them is a part of one: ``order`` and ``traced`` of match, ``check`` of read, the
``grade`` files and ``weigh`` of validate.
"""
