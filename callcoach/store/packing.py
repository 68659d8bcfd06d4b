"""Documents as the store keeps them: JSON in one spelling, compressed with zstd."""

from __future__ import annotations

import hashlib
import json

import zstandard

from callcoach.core.errors import StoreError

LEVEL = 3  # higher levels cost time on every call and gain under 10 %


def pack(document: object) -> tuple[bytes, str]:
    """JSON of any plain value, compressed, and the hexadecimal SHA-256 of it before compression.

    Key order stays. Equal documents have equal hashes, whatever zstd makes of them.
    """
    # Documents are trees: looking for circles would take a tenth of the time.
    text = json.dumps(
        document, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
    )
    data = text.encode("utf-8", "surrogatepass")
    return zstandard.ZstdCompressor(level=LEVEL).compress(data), hashlib.sha256(data).hexdigest()


def unpack(packed: bytes) -> dict:
    """The document that `pack` wrote.

    Raises
    ------
    StoreError
        If the bytes are not such a document.
    """
    try:
        return json.loads(zstandard.ZstdDecompressor().decompress(packed).decode("utf-8", "surrogatepass"))
    except (zstandard.ZstdError, ValueError) as error:
        raise StoreError(
            f"a stored document must be readable; one is damaged ({type(error).__name__}): restore the store "
            "from a backup, or delete the call and score it again"
        ) from None
