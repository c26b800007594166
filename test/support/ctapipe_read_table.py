#!/usr/bin/env python3
"""Prints the results of ctapipe's read_table for all tables of some files as JSON.

usage: ctapipe_read_table.py FILE...
"""
import json, sys, warnings, zlib
import numpy as np
import tables
from astropy.table import Table
from astropy.time import Time
from ctapipe.io import read_table

warnings.simplefilter("ignore")

def column(name, values):
    if isinstance(values, Time):
        return {"name": name, "mjd": np.atleast_1d(values.tai.mjd).tolist()}
    array = np.asarray(values)
    described = {
        "name": name, "unit": None if values.unit is None else values.unit.to_string("vounit"),
        "description": values.description or None, "shape": list(array.shape[1:]),
    }
    if array.dtype.kind in "SU":
        return {**described, "type": "string", "texts": [v.decode() if isinstance(v, bytes) else str(v) for v in array]}
    return {**described, "type": array.dtype.name, "crc32": zlib.crc32(np.ascontiguousarray(array).tobytes())}

def read(path):
    with tables.open_file(path) as file:
        result = {}
        for name in [node._v_pathname for node in file.walk_nodes("/", "Table")]:
            table = read_table(file, name)
            result[name] = {"nRows": len(table), "columns": [column(c, table[c]) for c in table.colnames],
                            "meta": {key: str(value) for key, value in table.meta.items()}}
        return result

json.dump({path: read(path) for path in sys.argv[1:]}, sys.stdout)
