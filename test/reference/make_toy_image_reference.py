"""Toy images of ctapipe, and its islands in images of nine, for test/kernels/toy.

usage: python make_toy_image_reference.py > toy-images.json   (made with ctapipe 0.32.0)

The camera is artificial, with 1855 hexagonal pixels in modules of seven. The images of nine islands are created as in a
tutorial of ctapipe, the first one with its seed. Arrays are {dtype, shape, data}: base64 of the little-endian bytes.
"""

import base64
import json
import sys

import astropy.units as u
import numpy as np
from ctapipe.image import number_of_islands, tailcuts_clean, toymodel
from ctapipe.instrument import CameraGeometry

PITCH = 0.05
THRESHOLDS = [(10, 5, 2, False), (10, 5, 0, True), (7, 5, 1, False), (30, 15, 2, False)]
SEEDS = [42, 1, 2, 3]
ELLIPSE = {"x": 0.21, "y": -0.13, "length": 0.12, "width": 0.045, "psi": 0.7}
SKEWNESS = [0.6, -0.3, 0.0]
RING = {"x": 0.1, "y": -0.2, "radius": 0.55, "sigma": 0.03}
MUONS = [(0.0, 0.0), (0.6, 0.8), (1.4, 0.3)]


def packed(array):
    array = np.ascontiguousarray(array)
    if array.dtype == bool:
        array = array.astype(np.uint8)
    return {
        "dtype": array.dtype.newbyteorder("<").str[1:],
        "shape": list(array.shape),
        "data": base64.b64encode(array.tobytes()).decode(),
    }


def camera():
    flower = [(0, 0), (1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]
    x, y = [], []
    for a in range(-9, 10):
        for b in range(max(-9, -9 - a), min(9, 9 - a) + 1):
            if sum(abs(step) == 9 for step in (a, b, a + b)) == 2:
                continue
            for i, j in flower:
                q, r = 2 * a - b + i, a + 3 * b + j
                x.append((q + r / 2) * PITCH)
                y.append(r * np.sqrt(3) / 2 * PITCH)
    area = np.full(len(x), PITCH**2 * np.sqrt(3) / 2)
    return CameraGeometry("Toy", np.arange(len(x)), x * u.m, y * u.m, area * u.m**2, "hexagon")


def nine_islands(geometry, seed):
    np.random.seed(seed)
    toymodel.TOYMODEL_RNG = np.random.default_rng(seed)
    image = np.zeros(geometry.n_pixels)
    for _ in range(9):
        model = toymodel.Gaussian(
            x=np.random.uniform(-0.8, 0.8) * u.m,
            y=np.random.uniform(-0.8, 0.8) * u.m,
            width=np.random.uniform(0.05, 0.075) * u.m,
            length=np.random.uniform(0.1, 0.15) * u.m,
            psi=np.random.uniform(0, 2 * np.pi) * u.rad,
        )
        image += model.generate_image(geometry, intensity=np.random.uniform(1000, 3000), nsb_level_pe=5)[0]
    # images are in single precision in the pipeline
    return image.astype(np.float32)


def found(geometry, image):
    for picture, boundary, neighbors, isolated in THRESHOLDS:
        mask = tailcuts_clean(geometry, image, picture, boundary, isolated, neighbors)
        number, labels = number_of_islands(geometry, mask)
        yield {
            "picture": picture,
            "boundary": boundary,
            "minPictureNeighbors": neighbors,
            "keepIsolatedPixels": isolated,
            "mask": packed(mask),
            "nIslands": int(number),
            "labels": packed(labels.astype(np.int16)),
        }


def metres(parameters):
    return {key: value * (u.rad if key == "psi" else u.m) for key, value in parameters.items()}


def waveforms():
    x = np.arange(0, 30, 0.25)
    pulses = np.array([np.exp(-((x - 9) ** 2) / 6), np.exp(-((x - 11) ** 2) / 9) + 0.2 * np.exp(-((x - 17) ** 2) / 4)])
    charge = np.array([1.0, 20.0, 300.0, 5.0, 2.0])
    time = np.array([12.3, 0.4, 39.2, 47.0, 20.05])
    model = toymodel.WaveformModel(pulses, 0.25 * u.ns, 1 * u.ns)
    result = model.get_waveform(charge.copy(), time, 40)
    return {
        "pulses": packed(pulses),
        "pulseSampleWidth": 0.25,
        "sampleWidth": 1,
        "nSamples": 40,
        "charge": charge.tolist(),
        "time": time.tolist(),
        "waveforms": packed(result),
    }


def main():
    geometry = camera()
    some = slice(None, None, 7)
    x, y = geometry.pix_x, geometry.pix_y
    ellipse = metres(ELLIPSE)
    images = [nine_islands(geometry, seed) for seed in SEEDS]
    reference = {
        "pixX": packed(x.to_value("m")),
        "pixY": packed(y.to_value("m")),
        "nineIslands": [{"image": packed(image), "found": list(found(geometry, image))} for image in images],
        "every": some.step,
        "ellipse": ELLIPSE,
        "gaussian": packed(toymodel.Gaussian(**ellipse).pdf(x, y)[some].value),
        "skewed": [
            {
                "skewness": skewness,
                "density": packed(toymodel.SkewedGaussian(**ellipse, skewness=skewness).pdf(x, y)[some].value),
            }
            for skewness in SKEWNESS
        ],
        "ring": RING,
        "rings": [
            {
                "rho": rho,
                "phi0": phi0,
                "density": packed(
                    toymodel.RingGaussian(**metres(RING), rho=rho, phi0=phi0 * u.rad).pdf(x, y)[some].value
                ),
            }
            for rho, phi0 in MUONS
        ],
        "gradient": 20,
        "intercept": 12,
        "time": packed(
            toymodel.obtain_time_image(
                x, y, ellipse["x"], ellipse["y"], ellipse["psi"], 20 * u.ns / u.m, 12 * u.ns
            )[some]
        ),
        "waveform": waveforms(),
    }
    json.dump(reference, sys.stdout, indent=1)
    print()


main()
