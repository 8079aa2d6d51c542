"""The line, one verb a file: receive, rasterise, straighten, read, match, complete, inspect, validate."""
