"""A transport that connects to the public network alone: an address in a document may be anybody's.

The address is judged once the connection stands and before anything is sent, so that no second look-up of the name
can lead elsewhere.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    import socket


class NotPublicError(OSError):
    """A name led into a private network."""


def judged(connected: socket.socket) -> socket.socket:
    """A connection, if its other end is on the public network."""
    address = ip_address(connected.getpeername()[0].partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    if not mapped.is_global or mapped.is_multicast:
        connected.close()
        raise NotPublicError(f"{mapped} is not public")
    return connected


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return judged(super()._new_conn())


class _PublicTlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return judged(super()._new_conn())


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTlsPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTlsConnection


class PublicAdapter(HTTPAdapter):
    """Connects to public addresses alone; a proxy that a user configured is his own affair."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """The pools of requests, with our connections."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTlsPool}
