"""Prints the events of a DL2 file as ctapipe's EventPreprocessor selects them for instrument responses: unit and values of each column."""

import json
import sys

import numpy as np
from ctapipe.io import EventPreprocessor, TableLoader

with TableLoader(sys.argv[1]) as loader:
    events = loader.read_subarray_events(dl2=True, simulated=True, observation_info=True)
table = EventPreprocessor(feature_set="dl2_irf")(events)
columns = {
    name: {"unit": None if table[name].unit is None else str(table[name].unit), "values": np.asarray(table[name]).tolist()}
    for name in table.colnames
}
json.dump(columns, sys.stdout)
