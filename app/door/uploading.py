"""How much may be uploaded: each file has its bound, and so have all files of one page and of all pages together, since Streamlit holds them in memory."""

from streamlit import runtime

from app.door.layers import refuse

PATH = "/_stcore/upload_file/"
OF_A_PAGE, OF_ALL = 130 * 1024 * 1024, 1024 * 1024 * 1024
"""Bytes: two of the largest files on a page, one put in the place of the other; and what a small server can spare."""


def held() -> dict[str, int]:
    """Bytes that lie here by page, as Streamlit names its pages' connections."""
    storage = runtime.get_instance().uploaded_file_mgr.file_storage
    return {page: sum(len(file.data) for file in list(files.values())) for page, files in list(storage.items())}


def complaint(page: str, more: int, lying: dict[str, int]) -> str:
    """Why so many bytes more are not taken; nothing when they are."""
    if lying.get(page, 0) + more > OF_A_PAGE:
        return "Too much lies on this page already. Take a file away first."
    return "Too many files lie on this server at the moment. Try again in a while." if sum(lying.values()) + more > OF_ALL else ""


class Bounded:
    """Refuses an upload for which there is no room. One that does not say its length is refused too: browsers say it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(PATH):
            return await self.app(scope, receive, send)
        length = dict(scope["headers"]).get(b"content-length", b"")
        if not length.isdigit():
            return await refuse("Say how long the file is.", 411, scope, receive, send)
        said = complaint(scope["path"].removeprefix(PATH).partition("/")[0], int(length), held())
        return await refuse(said, 413, scope, receive, send) if said else await self.app(scope, receive, send)
