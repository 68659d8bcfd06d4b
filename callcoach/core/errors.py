"""The exception tree. Every message says what must hold, what was found and what to do.

::

    CallcoachError                  catch it to handle anything that callcoach refuses
    ├── InputError                  one input cannot become a call; the rest of a batch goes on
    │   ├── EmptyInput              no bytes, or no samples
    │   ├── UnreadableInput         damaged, cut off, or not allowed to be read
    │   ├── NoAudio                 a picture or a video without sound
    │   ├── EncryptedInput          protected by DRM or a password
    │   ├── UnknownFormat           neither a recording nor a transcript that we know
    │   ├── BadTranscript           a known format with contents that cannot be right
    │   ├── BadMetadata             a sidecar or table row that cannot be understood
    │   ├── ModelMissing            no recognition model can be had
    │   ├── Unreachable             a URL or mount that does not answer
    │   └── OutOfSpace              the disk is full
    ├── BadSettings                 a settings file, flag or rubric that cannot be used
    │   └── BadRubric               a rubric that breaks a rule of rubrics.md
    ├── StoreError                  the store cannot be opened, upgraded or written
    │   ├── NotFound                no such call, person or edit for this viewer
    │   └── StoreUnreachable        the server is away or the file locked: later it may answer
    ├── MissingExtra                an optional dependency is not installed
    ├── DamagedModel                a trained model that came with callcoach is not what was saved
    └── BadEdit                     an edit that cannot be made on this transcript

No message ever contains words of a call: they are customer data.
"""

from __future__ import annotations


class CallcoachError(Exception):
    """Base of everything that callcoach raises on purpose.

    Parameters
    ----------
    message : str
        What must hold, what was found, what to do: one or two sentences, no transcript text.
    """

    kind = "internal"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(CallcoachError):
    """One input cannot become a call. ``kind`` is the error kind of the JSON contract."""


class EmptyInput(InputError, ValueError):
    kind = "empty"


class UnreadableInput(InputError, OSError):
    kind = "unreadable"


class NoAudio(InputError, ValueError):
    kind = "no_audio"


class EncryptedInput(InputError, ValueError):
    kind = "encrypted"


class UnknownFormat(InputError, ValueError):
    kind = "unknown_format"


class BadTranscript(InputError, ValueError):
    kind = "bad_transcript"


class BadMetadata(InputError, ValueError):
    kind = "bad_metadata"


class ModelMissing(InputError, LookupError):
    kind = "model_missing"


class Unreachable(InputError, ConnectionError):
    kind = "unreachable"


class OutOfSpace(InputError, OSError):
    kind = "out_of_space"


class BadSettings(CallcoachError, ValueError):
    """A settings file, environment variable, flag or rubric that cannot be used."""


class BadRubric(BadSettings):
    """A rubric that breaks a rule; the message names the key and the nearest known one."""


class StoreError(CallcoachError, RuntimeError):
    """The store cannot be opened, upgraded, read or written."""


class NotFound(StoreError, LookupError):
    """No such call, person or edit exists for this viewer."""


class StoreUnreachable(StoreError, ConnectionError):
    """The store does not answer now, or stayed locked; the same may succeed later."""


class MissingExtra(CallcoachError, ImportError):
    """An optional dependency is not installed; the message holds the exact pip line."""


class DamagedModel(CallcoachError, ValueError):
    """The files of a trained model are missing, changed, or of another version."""


class BadEdit(CallcoachError, ValueError):
    """An edit that cannot be made on this transcript."""


INPUT_KINDS: tuple[str, ...] = (
    *(
        cls.kind
        for cls in (
            EmptyInput,
            UnreadableInput,
            NoAudio,
            EncryptedInput,
            UnknownFormat,
            BadTranscript,
            BadMetadata,
            ModelMissing,
            Unreachable,
            OutOfSpace,
        )
    ),
    CallcoachError.kind,
)
