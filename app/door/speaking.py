"""What a browser may ask of a page over its websocket: to run, to stop, to say that it is there, to upload and to fetch a file. Streamlit itself answers to more."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

ASKED = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
"""Left out above all: emptying the caches, which are everybody's, and with them closing the records under whoever is saving; and what is for the developer at the machine."""
FETCHED = "deferred_file"


def may_be_asked(message: bytes) -> bool:
    """Whether the message is one that a page of ours sends. What cannot be read is for Streamlit to close the connection over."""
    asked = BackMsg()
    try:
        asked.ParseFromString(message)
    except DecodeError:
        return True
    kind = asked.WhichOneof("type")
    return kind in ASKED or kind == "backend_operation_request" and asked.backend_operation_request.WhichOneof("payload") == FETCHED


class Spoken:
    """Lets through what a page of ours sends; the rest is not heard."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)

        async def heard():
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or message.get("bytes") is not None and may_be_asked(message["bytes"]):
                    return message
        return await self.app(scope, heard, send)
