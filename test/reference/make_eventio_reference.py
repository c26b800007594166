"""Sums over the fields of all sim_telarray objects of the real files, computed with eventio (the public Python package).

usage: make_eventio_reference.py DATA_DIRECTORY > eventio.json

Per file and type of object: the number of objects, and for each field the sum over all objects of
sum(value[i] * (1 + i % 97)) over the flattened values, in double precision; the value of a string is its length.
The weights make the sums depend on the order.
"""
import json, logging, re, sys, warnings
from pathlib import Path

import numpy as np
import eventio.iact  # noqa: F401  registers its objects
import eventio.simtel as simtel
from eventio import EventIOFile
from eventio.iact import objects as iact
from eventio.histograms import Histograms

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

PARSED = (
    simtel.HistoryCommandLine, simtel.HistoryConfig, simtel.HistoryMeta, simtel.RunHeader, simtel.MCRunHeader,
    simtel.CameraSettings, simtel.CameraOrganization, simtel.PixelSettings, simtel.DisabledPixels,
    simtel.TriggerInformation, simtel.TrackingPosition, simtel.TelescopeEventHeader, simtel.ADCSums, simtel.ADCSamples,
    simtel.MCShower, simtel.MCEvent, simtel.CameraMonitoring, simtel.LaserCalibration,
    simtel.objects.MCPhotoelectronSum, simtel.PixelList, iact.PhotoElectrons, iact.AtmosphericProfile, Histograms,
)
# eventio returns these two unparsed
UNNAMED = {"HistoryCommandLine": ("timestamp", "text"), "HistoryConfig": ("timestamp", "text")}


def camel(name):
    return re.sub(r"_([a-z])", lambda m: m.group(1).upper(), name.lower())


def weighted(value):
    if value is None:
        return 0.0
    if isinstance(value, (bytes, str)):
        return float(len(value.split(b"\0")[0] if isinstance(value, bytes) else value))
    array = np.asarray(value, dtype=np.float64).ravel()
    return float(np.nansum(array * (1 + np.arange(array.size) % 97)))


def fields(name, parsed):
    if name in UNNAMED:
        return dict(zip(UNNAMED[name], parsed))
    if name == "HistoryMeta":
        return {"keys": sum(map(len, parsed)), "values": sum(map(len, parsed.values()))}
    if name in ("ADCSums", "ADCSamples"):
        return {"samples": parsed}
    if name == "Histograms":
        return {
            "id": [h["id"] for h in parsed], "entries": [h["entries"] for h in parsed],
            "lower": [h["lower_x"] for h in parsed], "upper": [h["upper_x"] for h in parsed],
            "data": np.concatenate([np.ravel(h["data"]) for h in parsed]),
        }
    return {k: v for k, v in parsed.items() if not isinstance(v, (dict, list))}


def add(o, into):
    name = type(o).__name__
    if isinstance(o, PARSED):
        entry = into.setdefault(name, {"count": 0, "versions": [], "fields": {}})
        entry["count"] += 1
        if o.header.version not in entry["versions"]:
            entry["versions"] = sorted([*entry["versions"], o.header.version])
        for key, value in fields(name, o.parse()).items():
            key = camel(key)
            entry["fields"][key] = entry["fields"].get(key, 0.0) + weighted(value)
    elif o.header.only_subobjects:
        for sub in o:
            add(sub, into)


reference = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    if path.suffix in (".dat", ".eventio"):
        continue  # CORSIKA photons
    into = reference[path.name] = {}
    for o in EventIOFile(path, zcat=False):
        add(o, into)
rows = [f' "{file}": {{\n' + ",\n".join(f'  "{k}": {json.dumps(v, sort_keys=True)}' for k, v in sorted(objects.items())) + "\n }"
        for file, objects in reference.items()]
print("{\n" + ",\n".join(rows) + "\n}")
