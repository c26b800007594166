"""Whether the timing parameters of two files differ only for images of three pixels.

The fit keeps two of three pixels, and any two lie on a line, so which two ctapipe keeps depends on rounding. For such images
our line must be at most as far from the three pixels.

usage: python check_timing.py CTAPIPE.h5 CHERENKIT.h5   (both with images)
"""

import sys
import warnings

import numpy as np
import tables

warnings.simplefilter("ignore")


reference, candidate = (tables.open_file(path) for path in sys.argv[1:])
n_rows = n_chance = n_wrong = 0
for table in reference.walk_nodes("/dl1/event/telescope/parameters", "Table"):
    theirs, ours = table.read(), candidate.get_node(table._v_pathname).read()
    prefix = "" if "timing_slope" in table.colnames else "camera_frame_"
    columns = [f"{prefix}timing_{name}" for name in ("slope", "intercept", "deviation")]
    differ = np.zeros(len(theirs), dtype=bool)
    for column in columns:
        size = np.maximum(np.abs(theirs[column]), np.nanmedian(np.abs(theirs[column])))
        differ |= (np.abs(theirs[column] - ours[column]) > 1e-3 * size) | (np.isnan(theirs[column]) != np.isnan(ours[column]))
    chance = theirs["morphology_n_pixels"] == 3
    n_rows += len(theirs)
    n_chance += np.count_nonzero(differ & chance)
    n_wrong += np.count_nonzero(differ & ~chance)
    # ours is the line through two pixels that is nearest to all three
    worse = differ & chance & (ours[columns[2]] > theirs[columns[2]] * (1 + 1e-6))
    n_wrong += np.count_nonzero(worse)

print(f"{n_rows} images, {n_chance} of three pixels differ, {n_wrong} differ that must not")
