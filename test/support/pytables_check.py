#!/usr/bin/env python3
"""Prints the contents of a file as read by PyTables as JSON, optionally after appending to it.

usage: pytables_check.py describe FILE          tables with types, attributes, filters and the bytes of each column
       pytables_check.py append FILE TABLE N    repeats the first N rows of a table, adds a group with a table, then describes
"""
import base64, json, sys, warnings
import tables
warnings.simplefilter("ignore")

def attribute(value):
    return f"{type(value).__name__} {value}"

def describe(path):
    with tables.open_file(path) as file:
        file.root._v_attrs  # PyTables loads attributes on access
        return {
            "root": {name: attribute(file.root._v_attrs[name]) for name in file.root._v_attrs._f_list("all")},
            "tables": {node._v_pathname: table(node) for node in file.walk_nodes("/", "Table")},
            "others": [str(node) for node in file.walk_nodes("/", "Leaf") if not isinstance(node, tables.Table)],
        }

def table(node):
    rows = node.read()
    return {
        "nRows": int(node.nrows), "rowBytes": int(node.rowsize), "chunkRows": int(node.chunkshape[0]), "title": node.title,
        "filters": {"complib": node.filters.complib, "complevel": int(node.filters.complevel),
                    "shuffle": bool(node.filters.shuffle), "fletcher32": bool(node.filters.fletcher32)},
        "columns": [{"name": name, "type": rows.dtype[name].base.str, "shape": list(rows.dtype[name].shape),
                     "data": base64.b64encode(rows[name].tobytes()).decode()} for name in node.colnames],
        "attributes": {name: attribute(node._v_attrs[name]) for name in node._v_attrs._f_list("user")},
    }

def append(path, name, count):
    with tables.open_file(path, "a") as file:
        node = file.get_node(name)
        node.append(node[:count])
        group = file.create_group("/", "added")
        file.create_table(group, "copy", obj=node[:count])

command, path, *rest = sys.argv[1:]
if command == "append":
    append(path, rest[0], int(rest[1]))
json.dump(describe(path), sys.stdout)
