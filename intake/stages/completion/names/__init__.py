"""Names and addresses: without what is another's, and whole."""
