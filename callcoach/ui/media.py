"""The route that plays recordings: by call, checked, in ranges, never a copy in memory.

``GET /recording/CALL/SHA256`` answers with the bytes of that recording of that call, if the viewer
may read the call and the store knows the recording. A path never comes from the request. With
``/opus`` behind it, a copy answers that every browser can play (`proxies`); of a meeting in one file per
person it holds everybody.
"""

from __future__ import annotations

import stat
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from callcoach.core import Media
from callcoach.core.errors import CallcoachError
from callcoach.ui.proxies import UNPLAYABLE, mixed_proxy_of, proxy_of

LOOPBACK_NAMES = frozenset(["localhost", "127.0.0.1", "[::1]"])
# What browsers want to hear; anything else goes out as plain bytes and the player says so if it cannot.
TYPES = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mka": "audio/x-matroska",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".wave": "audio/wav",
    ".webm": "video/webm",
}
_HEADERS = {
    "cache-control": "private, no-cache",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def address_of(call_id: str, media: Media) -> str:
    """Where the page plays this recording from."""
    return f"/recording/{call_id}/{media.sha256}"


def proxy_address_of(call_id: str, media: Media) -> str:
    """Where a copy of it plays from that every browser can play."""
    return f"{address_of(call_id, media)}/opus"


def needs_proxy(media: Media) -> bool:
    """Whether no browser is known to play a recording of this kind, or it is one person's of a meeting."""
    path = local_path(media)
    return media.channel is not None or (path is not None and path.suffix.lower() in UNPLAYABLE)


def local_path(media: Media) -> Path | None:
    """The recording's place on this machine; None for one that lies elsewhere (``s3://…``)."""
    parts = urlsplit(media.uri)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path)) if parts.netloc in ("", "localhost") else None
    return None if len(parts.scheme) > 1 and "://" in media.uri else Path(media.uri)


def is_there(media: Media) -> bool:
    """Whether the recording can be read where it was when it was scored."""
    path = local_path(media)
    try:
        return path is not None and stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


async def play(request: Request, *, copy: bool = False) -> Response:
    """Bytes of one recording; 404 for whatever this viewer cannot have, without saying why."""
    if not _is_from_this_page(request):
        return PlainTextResponse("This address answers the coaching page only.", status_code=403)
    found = await run_in_threadpool(_find, request.path_params["call_id"], request.path_params["sha256"])
    if found is None:
        return PlainTextResponse("There is no such recording here.", status_code=404)
    path, status, voices = found
    if copy:
        try:
            if voices:
                path = await run_in_threadpool(mixed_proxy_of, voices)
            else:
                path = await run_in_threadpool(proxy_of, path, request.path_params["sha256"])
            status = path.stat()
        except (CallcoachError, OSError):
            return PlainTextResponse("This recording cannot be made playable.", status_code=404)
    media_type = TYPES.get(path.suffix.lower(), "application/octet-stream")
    return FileResponse(path, media_type=media_type, stat_result=status, headers=_HEADERS)


async def play_copy(request: Request) -> Response:
    """The same recording as a copy that every browser can play."""
    return await play(request, copy=True)


def _find(call_id: str, sha256: str):
    """The file of a recording that the store knows, its state, and the voices of its meeting; else None."""
    from callcoach.ui.state import store, viewer

    try:
        known = store().media_of(viewer(), call_id)
    except CallcoachError:
        return None
    for media in known:
        if media.sha256 == sha256 and is_there(media):
            path = local_path(media)
            voices = [one for one in known if one.channel is not None and is_there(one)]
            try:
                return path, path.stat(), voices if media.channel is not None else []
            except OSError:
                return None
    return None


def _is_from_this_page(request: Request) -> bool:
    """Whether the request names this machine and no other site made the browser send it."""
    host = request.headers.get("host", "")
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return name in LOOPBACK_NAMES and request.headers.get("sec-fetch-site", "none") in ("none", "same-origin")


ROUTES = [
    Route("/recording/{call_id}/{sha256}", play, methods=["GET", "HEAD"]),
    Route("/recording/{call_id}/{sha256}/opus", play_copy, methods=["GET", "HEAD"]),
]
