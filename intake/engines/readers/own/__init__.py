"""A line recogniser of our own for Kyrgyz and Russian; needs onnxruntime."""
