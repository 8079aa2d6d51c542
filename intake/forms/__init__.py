"""Reads the official forms under ``templates/`` and names file and line of any mistake.

A form is a folder: ``form.toml`` (fields, checks) and one wording a language
(``ky.txt``, ``ru.txt``). docs/templates.md describes both for an official.
"""

from intake.forms.load import load_form, load_forms
from intake.forms.remarks import remarks

__all__ = ["load_form", "load_forms", "remarks"]
