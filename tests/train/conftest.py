"""What needs the extra ``train`` is collected only where it is installed."""

from __future__ import annotations

from importlib.util import find_spec

_NEEDED = {
    "test_drawing.py": ("fontTools",),
    "test_measure.py": ("fontTools",),
    "test_learning.py": ("fontTools", "torch", "onnx", "onnxruntime"),
    "test_pens.py": ("fontTools",),
    "test_pens_learning.py": ("fontTools", "torch", "onnx", "onnxruntime"),
}
collect_ignore = [
    name for name, modules in _NEEDED.items() if not all(find_spec(module) for module in modules)
]
