"""The key file and what is done with it: keyed hashes, sealing, signatures."""

import base64
import binascii
import hmac
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from planning.errors import PrachakhomError
from storage.files import write_new

_BYTES = 32
_NONCE = 12
_FORMAT = b"\x01"


class KeyRefused(PrachakhomError):
    """The key file may not be used, or does not open what it is asked to open."""


def _subkey(secret: bytes, purpose: str) -> bytes:
    return HKDF(
        algorithm=SHA256(), length=_BYTES, salt=None, info=b"prachakhom/" + purpose.encode()
    ).derive(secret)


class Keys:
    """Subkeys of one secret, one for each purpose. Nothing of them shows in the repr."""

    def __init__(self, secret: bytes) -> None:
        """Keys derived from `secret` (32 bytes; raises `KeyRefused` for another length)."""
        if len(secret) != _BYTES:
            raise KeyRefused("the key file does not hold a key of 32 bytes")
        self._hash = _subkey(secret, "hash")
        self._sign = _subkey(secret, "sign")
        self._seal = AESGCM(_subkey(secret, "seal"))

    @classmethod
    def load_or_create(cls, path: Path) -> "Keys":
        """Keys of the file at `path`, made (0600, random) when absent; two at once get the same.

        Raises `KeyRefused` when group or others may read the file or it holds no key.
        """
        if not path.exists():
            fresh = base64.b64encode(os.urandom(_BYTES)) + b"\n"
            write_new(path, fresh)
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyRefused(f"key file {path.name} may be read by others; make it 0600")
        try:
            return cls(base64.b64decode(path.read_bytes().strip(), validate=True))
        except binascii.Error as error:
            raise KeyRefused(f"key file {path.name} does not hold a key") from error

    def hash(self, text: str) -> str:
        """Keyed hash (HMAC-SHA256, hex) by which a text is found again without being kept."""
        return hmac.digest(self._hash, text.encode(), "sha256").hex()

    def seal(self, text: str) -> bytes:
        """`text` encrypted (AES-256-GCM, a fresh nonce each time)."""
        nonce = os.urandom(_NONCE)
        return _FORMAT + nonce + self._seal.encrypt(nonce, text.encode(), _FORMAT)

    def open(self, data: bytes) -> str:
        """The text that `seal` made `data` of; `KeyRefused` when altered or of another key."""
        head, nonce, body = data[:1], data[1 : 1 + _NONCE], data[1 + _NONCE :]
        if head != _FORMAT or len(nonce) != _NONCE:
            raise KeyRefused("not something this program sealed")
        try:
            return self._seal.decrypt(nonce, body, _FORMAT).decode()
        except InvalidTag:
            raise KeyRefused("sealed data was altered or belongs to another key") from None

    def sign(self, text: str) -> str:
        """Signature (HMAC-SHA256, hex) for links and the like, of a subkey of its own."""
        return hmac.digest(self._sign, text.encode(), "sha256").hex()

    def verify(self, text: str, signature: str) -> bool:
        """Whether `sign(text)` gave `signature`, compared in constant time."""
        return hmac.compare_digest(self.sign(text).encode(), signature.encode())
