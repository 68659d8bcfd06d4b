"""Tells a locked file, and a file that is no recording, from a damaged recording by its bytes.

A decoder says "invalid data" to all three, and a person needs to know which: a damaged file is
exported again, a protected one is unlocked where it came from, a text was never a recording.
"""

from __future__ import annotations

from typing import BinaryIO

HEAD_BYTES = 65536
_MAX_BOX_DEPTH_BYTES = 64 << 20  # a longer index of an MP4 is not searched

# Sample entries of protected tracks: Common Encryption, FairPlay, Audible.
_PROTECTED_ENTRIES = (b"enca", b"encv", b"drms", b"drmi", b"aavd")
_CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_ASF_ENCRYPTION = (
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"),
)
_EBML, _MATROSKA_ENCRYPTION = bytes.fromhex("1a45dfa3"), bytes.fromhex("5035")
_LOCKED_STARTS = (
    b"Salted__",  # OpenSSL
    b"age-encryption.org/",
    b"-----BEGIN PGP MESSAGE",
    b"7z\xbc\xaf\x27\x1c\x00\x04\x06\xf1\x07\x01",  # 7-Zip with AES
)
_MEDIA_STARTS = (
    b"RIFF",
    b"RIFX",
    b"RF64",
    b"BW64",
    b"fLaC",
    b"OggS",
    b"ID3",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\xff\xf2",
    b"\xff\xf1",
    b"\xff\xf9",
    b"FORM",
    b".snd",
    b"#!AMR",
    b"caff",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    _EBML,
    b"riff\x2e\x91\xcf\x11",
    b"MAC ",
    b"wvpk",
    b"FLV\x01",
)


def looks_like_media(head: bytes) -> bool:
    """Whether the first bytes are those of a sound or video container that we know."""
    return head.startswith(_MEDIA_STARTS) or head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free")


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes read as text: UTF-8 or UTF-16 without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(head) > 2 and head[2:64].count(0) >= len(head[2:64]) // 3
    if not head or b"\x00" in head:
        return False
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # not just a character cut at the end
            return False
        text = head[: error.start].decode("utf-8")
    return sum(c < " " and c not in "\t\n\r\f" for c in text) <= len(text) // 1000


def is_protected(stream: BinaryIO) -> bool:
    """Whether the file says of itself that its sound is encrypted: DRM or a password.

    Read are the sample entries of an MP4, the header objects of a WMA, and the starts of files
    that encryption programs write. Encrypted pictures beside open sound do not count.
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(_LOCKED_STARTS):
        return True
    if head.startswith(b"PK\x03\x04"):
        return bool(head[6:7]) and bool(head[6] & 1)  # a ZIP entry behind a password
    if head.startswith(b"\x30\x26\xb2\x75"):
        return any(mark in head for mark in _ASF_ENCRYPTION)
    if head[4:8] in (b"ftyp", b"moov", b"free", b"wide", b"mdat"):
        entries = _sample_entries(stream)
        locked = [(kind, entry) for kind, entry in entries if entry in _PROTECTED_ENTRIES]
        sound = [entry for kind, entry in entries if kind == b"soun"]
        return bool(locked) and (not sound or any(entry in _PROTECTED_ENTRIES for entry in sound))
    return False


def may_be_protected(stream: BinaryIO) -> bool:
    """Whether a file of which nothing decodes holds marks of encryption (WebM, MP4 with ``pssh``)."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(_EBML):
        return _MATROSKA_ENCRYPTION in head
    return head[4:8] == b"ftyp" and b"pssh" in head


def _sample_entries(stream: BinaryIO) -> list[tuple[bytes, bytes]]:
    """``(handler, sample entry)`` of the tracks of an MP4, such as ``(b"soun", b"mp4a")``."""
    moov = b""
    stream.seek(0, 2)
    end = stream.tell()
    at = 0
    while at + 8 <= end:
        stream.seek(at)
        header = stream.read(16)
        size, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if size == 1 and len(header) == 16:
            size = int.from_bytes(header[8:16], "big")
        if kind == b"moov":
            stream.seek(at)
            moov = stream.read(min(size or end - at, _MAX_BOX_DEPTH_BYTES))
            break
        if size < 8:
            break
        at += size
    found: list[tuple[bytes, bytes]] = []
    _walk(moov, 0, len(moov), found, [b""])
    return found


def _walk(data: bytes, at: int, end: int, found: list[tuple[bytes, bytes]], handler: list[bytes]) -> None:
    while at + 8 <= end:
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        header = 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if size < header:
            return
        stop = min(at + size, end)
        if kind in _CONTAINERS:
            _walk(data, at + header, stop, found, handler)
        elif kind == b"hdlr":
            handler[0] = data[at + header + 8 : at + header + 12]
        elif kind == b"stsd":
            found.append((handler[0], data[at + header + 12 : at + header + 16]))
        at += size
