"""requests-cache over our `Store`: how long an answer is kept, by what it says, and none that is not an answer.

Its own SQLite backend waits for ever where another process holds the file or the file can't be written.
https://requests-cache.readthedocs.io/en/stable/user_guide/advanced_backends.html#custom-backends
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from requests_cache.backends.base import BaseCache, BaseStorage
from requests_cache.models.response import CachedResponse

from cite2bib.http.wire import ASKED, EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import Response

    from cite2bib.http.cache import Store


class Answers(BaseStorage[str, CachedResponse]):
    """Responses in the file, as JSON: a file that somebody hands over can't run code."""

    def __init__(self, store: Store) -> None:
        super().__init__(serializer="json")
        self._store = store

    def __getitem__(self, key: str) -> CachedResponse:
        text = self._store.get(key)
        answer = self.deserialize(key, text) if text else None  # type: ignore[arg-type]
        if answer is None:
            raise KeyError(key)
        return answer  # type: ignore[no-any-return]

    def __setitem__(self, key: str, answer: CachedResponse) -> None:
        expires = answer.expires.timestamp() if answer.expires else time.time()
        host = urlsplit(answer.request.url).netloc.lower()
        self._store.put(key, host, expires, self.serialize(answer))

    def __delitem__(self, key: str) -> None:
        if not self._store.delete(key):
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.keys())

    def __len__(self) -> int:
        return len(self._store.keys())

    def clear(self) -> None:
        """Forget everything."""
        self._store.clear()

    def close(self) -> None:
        """Close the file."""
        self._store.close()


class Cache(BaseCache):
    """The cache of a session."""

    def __init__(self, store: Store, keep_empty_s: float) -> None:
        super().__init__(cache_name=str(store.path))
        self.responses = Answers(store)
        self._keep_empty_s = keep_empty_s

    def save_response(
        self, response: Response, cache_key: str | None = None, expires: datetime | None = None
    ) -> None:
        """Keep a response as long as its request says, an empty one or a "not here" only briefly."""
        keep_s = ASKED.get().keep_s
        if response.status_code == 404 or EMPTY in response.headers:
            keep_s = min(keep_s, self._keep_empty_s)
        expires = datetime.now(UTC) + timedelta(seconds=keep_s)
        super().save_response(response, cache_key, expires)
