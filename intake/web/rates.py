"""How often one caller may call: so many times a minute, counted in Redis."""

from __future__ import annotations

import time
from functools import cache

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

_log = structlog.get_logger(__name__)
_WINDOW_SECONDS = 60
_PAUSE_SECONDS = 5.0


class Counter:
    """Counts calls a minute; lets everybody through while Redis does not answer."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_connect_timeout=1, socket_timeout=1, retry=Retry(NoBackoff(), 0)
        )
        self._silent_until = 0.0

    def seconds_to_wait(self, caller: str, limit: int) -> int:
        """Count one call; return 0 if it may go on, else after how many seconds it may."""
        now = time.time()
        if time.monotonic() < self._silent_until:
            return 0
        window, passed = divmod(int(now), _WINDOW_SECONDS)
        key = f"{settings.REDIS_PREFIX}rate:{caller}:{window}"
        try:
            with self._redis.pipeline() as pipe:
                pipe.incr(key)
                pipe.expire(key, _WINDOW_SECONDS * 2)
                count = int(pipe.execute()[0])
        except redis.RedisError as error:
            self._silent_until = time.monotonic() + _PAUSE_SECONDS
            _log.warning("rates not counted", error=str(error))
            return 0
        return _WINDOW_SECONDS - passed if count > limit else 0


@cache
def counter() -> Counter:
    """Return this process's counter."""
    return Counter(settings.REDIS_URL)
