"""The bytes of somebody else's transcript, as text and as JSON, whatever they were saved as."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from functools import cached_property

from callcoach.core.errors import BadTranscript, EmptyInput, UnknownFormat

MAX_BYTES = 256 * 1024 * 1024  # some 2,000 hours of words with times; more is not one call
_TEXT_SAMPLE = 1 << 16  # characters looked at to tell text from a recording
_MAX_CONTROL_SHARE = 0.02  # of the sample: text has line ends and tabs, and hardly any other control
_MAX_FOREIGN_SHARE = 0.3  # of the sample, where the bytes are not UTF-8: letters beyond ASCII
_BOMS = (  # longest first: the mark of UTF-32 starts like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_JSON_STARTS = re.compile(r'\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[\[{"\]]|$|-?\d+(?:\.\d+)?\s*[,\]]))')


def decode(data: bytes) -> tuple[str, str | None]:
    """Text of bytes, and a note where the encoding had to be concluded.

    Byte order marks count; then UTF-8; then UTF-16 told by its zero bytes; then Windows-1252,
    which reads anything. Zero characters are left out.
    """
    note = None
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            break
    else:
        encoding = _unmarked_utf16(data)
        if encoding is not None:
            text = data.decode(encoding, "replace")
        else:
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                text = data.decode("cp1252", "replace")
                note = "the file is not UTF-8; it was read as Windows-1252"
    return text.replace("\x00", "").removeprefix("\ufeff"), note


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:4096]
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd >= 0.8 * half and even <= 0.05 * half:
        return "utf-16-le"
    if even >= 0.8 * half and odd <= 0.05 * half:
        return "utf-16-be"
    return None


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are writing and not sound or pictures.

    A head may be cut inside a character.
    """
    if not head:
        return True
    sample = _whole_characters(head[: 4 * _TEXT_SAMPLE])
    text, note = decode(sample)
    wide = sample.startswith(tuple(mark for mark, _ in _BOMS)) or _unmarked_utf16(sample) is not None
    if not wide and (sample.count(0) > _MAX_CONTROL_SHARE * len(sample) or b"\x00" * 4 in sample):
        return False
    text = text[:_TEXT_SAMPLE]
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        return False
    return note is None or sum(c > "\x7f" for c in text) <= _MAX_FOREIGN_SHARE * len(text)


def _whole_characters(head: bytes) -> bytes:
    """The head without a UTF-8 character that its end cuts in two."""
    for back in range(1, min(4, len(head)) + 1):
        byte = head[-back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            return head[:-back] if (byte >= 0xF0) * 4 + (0xE0 <= byte < 0xF0) * 3 + 2 > back else head
    return head


@dataclass(frozen=True)
class Source:
    """One file as it came.

    Parameters
    ----------
    name : str
        File name, for messages; what the file is never depends on it.
    text : str
        Decoded, without byte order mark and zero characters, lines ended by ``\\n``.
    notes : tuple of str
        What had to be concluded in order to read it.
    """

    name: str
    text: str
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: bytes, *, name: str) -> Source:
        """The source of some bytes.

        Raises
        ------
        EmptyInput
            Without anything but space.
        UnknownFormat
            If the bytes are not text.
        BadTranscript
            If there are far too many for one call.
        """
        if len(data) > MAX_BYTES:
            raise BadTranscript(
                f"a transcript must be of one call and under {MAX_BYTES >> 20} MiB; {name} has {len(data) >> 20} MiB:"
                " split it into one file per call"
            )
        if not data.strip(b" \t\r\n\x00"):
            raise EmptyInput(f"a transcript must hold words; {name} is empty")
        if not is_text(data[: 4 * _TEXT_SAMPLE]):
            raise UnknownFormat(
                f"a transcript must be text; {name} holds other bytes: give the recording itself, or export the"
                " transcript as WebVTT, SRT, JSON or text"
            )
        text, note = decode(data)
        if not text.strip():
            raise EmptyInput(f"a transcript must hold words; {name} is empty")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return cls(name, text, (note,) if note else ())

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n"))

    @cached_property
    def document(self) -> object:
        """The JSON value of the file; None where it is not JSON at all.

        Raises
        ------
        BadTranscript
            If the file starts as JSON and does not hold to it.
        """
        if not _JSON_STARTS.match(self.text[:4096]):
            return None
        try:
            start = len(self.text) - len(self.text.lstrip())
            value, _ = _DECODER.raw_decode(self.text, start)
        except json.JSONDecodeError as error:
            raise BadTranscript(
                f"a JSON transcript must be whole JSON; {self.name} breaks off or is damaged at line {error.lineno},"
                f" column {error.colno}: export it again"
            ) from None
        except RecursionError:
            raise BadTranscript(
                f"a JSON transcript must not be nested thousands of levels deep; {self.name} is: export it again"
            ) from None
        except ValueError as error:
            reason = str(error) if isinstance(error, _NotANumber) else "a number with thousands of digits"
            raise BadTranscript(
                f"every number of a JSON transcript must be finite and of ordinary length; {self.name} holds {reason}:"
                " export it again"
            ) from None
        return value

    @property
    def is_json(self) -> bool:
        return isinstance(self.document, (dict, list))


class _NotANumber(ValueError):
    """A number that JSON does not have."""


def _refuse_constant(constant: str) -> object:
    raise _NotANumber(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
