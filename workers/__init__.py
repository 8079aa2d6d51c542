"""The hands of the service: they claim rows, read scans, and have the registry write records."""
