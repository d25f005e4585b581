"""How what the server says leaves it: at once."""

import socket

from streamlit.web.server.starlette import starlette_server


def at_once() -> None:
    """No part of a page waits for the browser's word that it has the part before, which a browser sends 40 milliseconds later. Before the server is made.

    asyncio asks that of the system itself, but only of a listening socket that says it speaks TCP; Streamlit's says nothing (as uvicorn's, issue 3149 there). Linux hands it on to each connection.
    """
    bind = starlette_server._bind_socket

    def bound(*where) -> socket.socket:
        listening = bind(*where)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    starlette_server._bind_socket = bound
