"""What ``complete`` does to a placement: a look at the page's text a module, by what it is about.

``page`` tells what stands where and is no field's; all others stand on it.
"""
