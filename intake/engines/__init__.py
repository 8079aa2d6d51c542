"""The only code that touches OCR engines, poppler, OpenCV and other processes."""
