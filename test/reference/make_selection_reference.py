"""The events and telescopes accepted by ctapipe's EventTypeFilter and SoftwareTrigger, for test/core/selection.

usage: python make_selection_reference.py > selection.json   (made with ctapipe 0.32.0)
"""

import json

import astropy.units as u
import numpy as np
from astropy.coordinates import EarthLocation
from ctapipe.containers import ArrayEventContainer, EventType, R1CameraContainer, TelescopeTriggerContainer
from ctapipe.instrument import (
    CameraDescription,
    CameraGeometry,
    CameraReadout,
    OpticsDescription,
    SoftwareTrigger,
    SubarrayDescription,
    TelescopeDescription,
)
from ctapipe.utils import EventTypeFilter
from traitlets.config import Config

RNG = np.random.default_rng(8)
TYPES = {
    1: "LST_LST_LSTCam", 2: "LST_LST_LSTCam", 3: "LST_LST_LSTCam", 5: "MST_MST_NectarCam", 6: "MST_MST_FlashCam",
    7: "MST_MST_FlashCam", 12: "SST_ASTRI_CHEC", 13: "SST_ASTRI_CHEC",
}  # fmt: skip


def telescope(name):
    size, optics, camera = name.split("_")
    geometry = CameraGeometry.make_rectangular(2, 2)
    readout = CameraReadout(camera, 1 * u.GHz, np.ones((1, 3)), 1 * u.ns, 1, 4, 40)
    shape = OpticsDescription(optics, size, 1, 10 * u.m, 10 * u.m, 100 * u.m**2, 100, "PARABOLIC")
    return TelescopeDescription(optics, shape, CameraDescription(camera, geometry, readout))


subarray = SubarrayDescription(
    "test", {t: np.zeros(3) * u.m for t in TYPES}, {t: telescope(name) for t, name in TYPES.items()},
    EarthLocation.from_geodetic(0 * u.deg, 0 * u.deg),
)  # fmt: skip

SUBARRAY = [EventType.SUBARRAY, EventType.SUBARRAY, EventType.SUBARRAY]
events = []
for event_id in range(60):
    tels = RNG.permutation(list(TYPES))[: RNG.integers(0, len(TYPES) + 1)]
    types = RNG.choice([*SUBARRAY, EventType.MUON, EventType.RANDOM_MONO], len(tels))
    event_type = RNG.choice([*SUBARRAY, EventType.FLATFIELD, EventType.SKY_PEDESTAL])
    events.append(dict(eventType=event_type.name, tels=[[int(t), kind.name] for t, kind in zip(tels, types)]))


def event_of(description):
    event = ArrayEventContainer()
    event.trigger.event_type = EventType[description["eventType"]]
    event.trigger.tels_with_trigger = np.array([t for t, _ in description["tels"]], dtype=np.uint16)
    for tel_id, kind in description["tels"]:
        event.trigger.tel[tel_id] = TelescopeTriggerContainer(event_type=EventType[kind])
        event.r1.tel[tel_id] = R1CameraContainer()
    return event


filters = []
for allowed in [None, ["SUBARRAY"], [32, 0], ["EventType.SKY_PEDESTAL", "FLATFIELD"], []]:
    keep = EventTypeFilter(config=Config({"EventTypeFilter": {"allowed_types": allowed}}))
    filters.append(dict(traits=dict(allowed_types=allowed), kept=[bool(keep(event_of(event))) for event in events]))

triggers = []
for traits in [
    {},
    dict(min_telescopes=2),
    dict(min_telescopes=0),
    dict(min_telescopes=2, min_telescopes_of_type=[["type", "*", 0], ["type", "LST*", 2]]),
    dict(min_telescopes_of_type=2),
    dict(min_telescopes=3, min_telescopes_of_type=[["type", "*", 2], ["type", "*_NectarCam", 1], ["type", "SST_*", 0]]),
    dict(min_telescopes_of_type=[["type", "*", 0], ["type", "MST_*", 2]], allowed_telescope_event_types=["SUBARRAY"]),
    dict(allowed_telescope_event_types=["MUON", 18]),
    dict(min_telescopes=0, allowed_telescope_event_types=[]),
]:
    trigger = SoftwareTrigger(subarray, config=Config({"SoftwareTrigger": traits}))
    results = []
    for description in events:
        event = event_of(description)
        kept = bool(trigger(event))
        levels = [list(event.trigger.tel), list(event.r1.tel)]
        results.append([int(t) for t in event.trigger.tels_with_trigger] if kept else None)
        assert not kept or all(sorted(level) == sorted(results[-1]) for level in levels)
    triggers.append(dict(traits=traits, telsWithTrigger=results))

print(json.dumps(dict(types=TYPES, events=events, filters=filters, triggers=triggers), separators=(",", ":")))
