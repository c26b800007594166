#!/usr/bin/env python3
"""Floats in ctapipe's fixed-point representation.

usage: make_fixed_point_reference.py OUTPUT.json   (with a Python that has ctapipe)

Values at the limits of 32 bits are omitted: ctapipe compares in float32, which cannot distinguish them from the limits.
"""
import base64, json, sys
import numpy as np
from ctapipe.io.tableio import FixedPointColumnTransform

rng = np.random.default_rng(32)
values = np.concatenate([
    [0, -0.0, np.nan, np.inf, -np.inf, 0.05, 0.15, 0.25, -0.05, -0.15, 0.5, 1.5, 2.5, -0.5, -1.5, 1e30, -1e30],
    rng.normal(0, 5, 20), rng.normal(0, 300, 20), rng.normal(0, 1e5, 10), np.arange(-12, 12) / 4,
]).astype(np.float32)
cases = []
with np.errstate(all="ignore"):
    for dtype in ("int8", "uint8", "int16", "uint16", "int32", "uint32"):
        for scale, offset in ((10.0, 0), (100.0, 50), (1000.0, 200), (0.3, -3)):
            transform = FixedPointColumnTransform(scale, offset, np.float32, np.dtype(dtype))
            attributes = {key: str(value) for key, value in transform.get_meta(3).items()}
            stored = transform(values).astype(np.int64)
            restored = base64.b64encode(transform.inverse(transform(values)).astype(np.float32).tobytes()).decode()
            cases.append({"type": dtype, "scale": scale, "offset": offset, "stored": stored.tolist(), "attributes": attributes,
                          "restored": restored})
reference = {"values": base64.b64encode(values.tobytes()).decode(), "cases": cases}
with open(sys.argv[1], "w") as output:
    json.dump(reference, output)
    output.write("\n")
