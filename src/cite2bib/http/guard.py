"""A transport that connects to the public network alone: an address in a document may be anybody's.

The address is judged once the connection stands and before anything is sent, so that no second look-up of the name
can lead elsewhere.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    import socket


class NotPublicError(OSError):
    """A name led into a private network."""


# Networks of IPv6 whose last four bytes are an address of IPv4, to which a router sends what comes: RFC 6052, RFC 4291 2.5.5.1
_CARRYING = tuple(IPv6Network(text) for text in ("64:ff9b::/96", "::/96"))


def judged(connected: socket.socket) -> socket.socket:
    """A connection, if its other end is on the public network."""
    address = connected.getpeername()[0].partition("%")[0]
    if not is_public(address):
        connected.close()
        raise NotPublicError(f"{address} is not public")
    return connected


def is_public(text: str) -> bool:
    """Whether an address is of the public network, and every one that it carries inside.

    >>> is_public("93.184.215.14"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::10.0.0.1")
    (True, False, False)
    """
    address = ip_address(text)
    inner = _carried(address) if isinstance(address, IPv6Address) else ()
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    return all(one.is_global and not one.is_multicast for one in (inner or (address,)))


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The addresses of IPv4 that one of IPv6 leads to."""
    last = [IPv4Address(address.packed[12:])] if any(address in network for network in _CARRYING) else []
    return tuple(filter(None, (*last, address.ipv4_mapped, address.sixtofour, *(address.teredo or ()))))


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
