"""What ``complete`` does to a placement, one look at the page's text a module."""
