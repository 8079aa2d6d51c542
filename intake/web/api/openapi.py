"""What the API says about itself: NinjaAPI's schema, with our media types put right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI

_PROBLEM = "application/problem+json"
_EXPORTS = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/jsonl",
)


class Api(NinjaAPI):
    """NinjaAPI knows one media type of answers; errors and exports have their own."""

    def get_openapi_schema(self, **given: Any) -> Any:
        """Return the OpenAPI description."""
        schema = super().get_openapi_schema(**given)
        for path, answers in _answers(schema):
            for status, answer in answers.items():
                if int(status) >= 400:
                    answer["content"] = {_PROBLEM: answer["content"].popitem()[1]}
                elif "export" in path:
                    text = {"schema": {"type": "string", "format": "binary"}}
                    answer["content"] = dict.fromkeys(_EXPORTS, text)
        return schema


def _answers(schema: Any) -> Iterator[tuple[str, dict[Any, Any]]]:
    for path, calls in schema["paths"].items():
        for call in calls.values():
            yield path, call["responses"]
