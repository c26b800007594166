"""Writes HDF5 files with features that ctapipe does not use, by h5py and PyTables, and prints the values as JSON.

usage: foreign_hdf5.py FOLDER
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np
import tables

folder = Path(sys.argv[1])
SCALARS = [("f8", -1.5), ("f4", 0.25), ("i8", -(2**40)), ("u8", 2**63), ("i4", -7), ("u2", 65000), ("i1", -3)]


def rows(order: str, count: int = 5) -> np.ndarray:
    """Rows of numbers with one byte order, or alternating orders ("mixed"), an array and a text."""
    orders = {"little": "<<", "big": ">>", "mixed": "><"}[order]
    dtype = [(f"c{i}", orders[i % 2] + code) for i, (code, _) in enumerate(SCALARS)]
    dtype += [("pair", orders[0] + "i2", (2,)), ("long", orders[0] + "f4", (3, 4)), ("text", "S5"), ("flag", "?")]
    table = np.zeros(count, dtype)
    for i, (_, value) in enumerate(SCALARS):
        table[f"c{i}"] = [value] * count
        table[f"c{i}"][-1] = 1
    table["pair"] = np.arange(2 * count).reshape(count, 2) - 300
    table["long"] = np.arange(12 * count).reshape(count, 3, 4) / 8
    table["text"] = [b"ab", b"", b"12345", "ö".encode(), b"ab"][:count]
    table["flag"] = np.arange(count) % 2 == 0
    return table


def as_json(table: np.ndarray) -> dict:
    """Columns of a table as lists; 64-bit integers and texts as strings."""
    columns = {}
    for name in table.dtype.names:
        values = table[name].ravel()
        if values.dtype.kind == "S":
            columns[name] = [value.decode() for value in values]
        elif values.dtype.kind in "iu" and values.dtype.itemsize == 8:
            columns[name] = [str(value) for value in values]
        else:
            columns[name] = values.astype(float).tolist()
    return columns


expected = {}
for version in ("earliest", "latest"):
    with h5py.File(folder / f"{version}.h5", "w", libver=version) as file:
        for order in ("little", "big", "mixed"):
            expected[f"/{order}"] = as_json(rows(order))
            file.create_dataset(order, data=rows(order))
            file.create_dataset(f"chunked/{order}", data=rows(order), chunks=(2,), maxshape=(None,), compression=4)
            expected[f"/chunked/{order}"] = expected[f"/{order}"]
        compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        compact.set_layout(h5py.h5d.COMPACT)
        space = h5py.h5s.create_simple((5,))
        dataset = h5py.h5d.create(file.id, b"compact", h5py.h5t.py_create(rows("little").dtype), space, compact)
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, rows("little"))
        expected["/compact"] = expected["/little"]

        nested = np.zeros(3, [("id", "i4"), ("outer", [("x", ">f8"), ("inner", [("y", "<i2", (2,))])])])
        nested["outer"]["x"] = [1.5, 2, 3]
        nested["outer"]["inner"]["y"] = [[1, 2], [3, 4], [5, 6]]
        file["nested"] = nested

        file["soft"] = h5py.SoftLink("/chunked")
        file["broken"] = h5py.SoftLink("/nowhere")
        file["outside"] = h5py.ExternalLink("other.h5", "/little")
        file["outside_group"] = h5py.ExternalLink("other.h5", "/")
        file["hard"] = file["/chunked/big"]

        file["array"] = np.arange(24, dtype=">i4").reshape(2, 3, 4)
        file["texts"] = np.array([b"a", b"bcd"])
        file["scalar"] = 2.5
        file["empty"] = h5py.Empty("f8")
        file.create_dataset("no_rows", data=rows("little")[:0], maxshape=(None,), chunks=(4,))

        colour = h5py.enum_dtype({"RED": 3, "BLUE": -4}, basetype="i2")
        file["enumeration"] = np.array([(3,), (-4,)], [("colour", colour)])
        big_colour = h5py.enum_dtype({"RED": 3, "BLUE": 1000}, basetype=">i2")
        file["big_enumeration"] = np.array([(3,), (1000,)], [("colour", big_colour), ])
        file["lists"] = np.array([(np.array([1, 2], "i4"),)], [("list", h5py.vlen_dtype("i4"))])
        file["complex"] = np.array([(1 + 2j,)], [("z", "c16")])
        file.create_dataset("lzf", data=rows("little"), chunks=(2,), compression="lzf")

        attributes = file["little"].attrs
        attributes["variable"] = "größer"
        attributes["variables"] = ["a", "", "ccc"]
        attributes["fixed"] = np.bytes_("bytes")
        attributes["number"] = -2.5
        attributes["negative"] = np.int64(-(2**60))
        attributes["big"] = np.array([1, 2], ">i4")
        attributes["flag"] = True
        attributes["nothing"] = h5py.Empty("S1")
        attributes["reference"] = file["big"].ref
        attributes["none"] = np.zeros(0, "f4")

with h5py.File(folder / "other.h5", "w") as file:
    file["little"] = rows("little")

with h5py.File(folder / "virtual.h5", "w") as file:
    layout = h5py.VirtualLayout(shape=(5,), dtype=rows("little").dtype)
    layout[:] = h5py.VirtualSource(folder / "other.h5", "little", shape=(5,))
    file.create_virtual_dataset("view", layout)

for name, options in {
    "blosc_lz4": dict(complib="blosc:lz4", complevel=5, bitshuffle=True),
    "blosc_blosclz": dict(complib="blosc:blosclz", complevel=9),
    "blosc_zlib": dict(complib="blosc:zlib", complevel=9, fletcher32=True),
    "zlib": dict(complib="zlib", complevel=9, fletcher32=True),
    "plain": dict(complevel=0),
    "bzip2": dict(complib="bzip2", complevel=5),
    "blosc2": dict(complib="blosc2:zstd", complevel=5),
}.items():
    with tables.open_file(str(folder / f"{name}.h5"), "w", filters=tables.Filters(**options)) as file:
        many = np.tile(rows("little"), 2000)
        table = file.create_table("/", "table", many, chunkshape=(1000,))
        expected[f"/{name}"] = as_json(many)

print(json.dumps(expected))
