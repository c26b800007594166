"""Prints the tables and arrays of HDF5 files as PyTables reads them, as JSON: dimensions, size of an element, CRC-32 of all.

usage: pytables_digests.py FILE...
"""

import json
import sys
import zlib

import numpy as np
import tables


def digests(path):
    with tables.open_file(path) as file:
        return {
            node._v_pathname: {
                "shape": [int(length) for length in node.shape],
                "elementBytes": node.dtype.itemsize,
                "crc32": zlib.crc32(np.asarray(node.read()).tobytes()),
            }
            for node in file.walk_nodes("/", "Leaf")
        }


json.dump({path: digests(path) for path in sys.argv[1:]}, sys.stdout)
