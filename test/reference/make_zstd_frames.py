"""Small zstd frames written by the zstandard package (libzstd), for the conformance test of the decoders.

usage: make_zstd_frames.py > zstd-frames.json
For each frame: its bytes in base64, and the size and MD5 of its content.
"""
import base64, hashlib, json, sys

import zstandard


def noise(n, seed):
    """Reproducible bytes with moderate compressibility, from a random walk."""
    state, value, out = seed, 128, bytearray()
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2**31
        value = (value + (state >> 16) % 5 - 2) % 256
        out.append(value)
    return bytes(out)


def frame(content, level=3, **options):
    compressed = zstandard.ZstdCompressor(level=level, **options).compress(content)
    return {"base64": base64.b64encode(compressed).decode(), "size": len(content), "md5": hashlib.md5(content).hexdigest()}


def streamed(content, level=3):
    """A frame without content size in its header, as written by the zstd command for input from a pipe."""
    compressor = zstandard.ZstdCompressor(level=level, write_checksum=True).compressobj()
    compressed = compressor.compress(content) + compressor.flush()
    return {"base64": base64.b64encode(compressed).decode(), "size": len(content), "md5": hashlib.md5(content).hexdigest()}


json.dump(
    {
        "three_blocks": streamed(b"".join(noise(3000, 1 + i % 3) for i in range(100))),
        "noise": streamed(noise(4_000, 7)),
        "without_checksum": frame(noise(3_000, 8), write_checksum=False),
        "single_segment": frame(noise(2_000, 9), write_checksum=True),
        "zeros": streamed(bytes(2_500_000)),
        "tiny": frame(b"E", write_checksum=True),
        "empty": streamed(b""),
    },
    sys.stdout,
    indent=1,
)
print()
