"""Waveform and cleaning kernels of ctapipe on small seeded cameras, for test/kernels/{waveform,cleaning}.

usage: python make_waveform_reference.py > waveform.json   (made with ctapipe 0.32.0)

Arrays are {dtype, shape, data}: base64 of the little-endian bytes, so that comparisons can be exact.
"""

import json

import numpy as np
from ctapipe.calib.camera.calibrator import CameraCalibrator, shift_waveforms
from ctapipe.calib.camera.gainselection import ThresholdGainSelector
from ctapipe.containers import ArrayEventContainer, CameraCalibrationContainer, R1CameraContainer
from ctapipe.image import ImageExtractor, dilate, tailcuts_clean
from ctapipe.image.extractor import extract_around_peak, integration_correction, neighbor_average_maximum
from ctapipe.image.invalid_pixels import NeighborAverage
from ctapipe.image.reducer import TailCutsDataVolumeReducer
from ctapipe.instrument import CameraGeometry
from ctapipe.io.simteleventsource import apply_gain_selection, apply_simtel_r1_calibration
from small_cameras import N_SAMPLES, PULSE_STEP, RATE, hexagonal, packed, subarray_of

RNG = np.random.default_rng(5)


t = np.arange(0, 30, PULSE_STEP)
PULSE = np.array([np.exp(-0.5 * ((t - 9) / 1.7) ** 2), (t / 2) ** 2 * np.exp(-t / 2)])
# with a flat top the peak depends on the rounding of the histogram
PULSES = [*PULSE, np.where((t > 4) & (t < 13), 1.0, 0.0), np.exp(-t)]

corrections = [
    dict(pulse=which, step=step, rate=rate, width=width, shift=shift,
         correction=float(integration_correction(pulse[np.newaxis], step, 1 / rate, width, shift)[0]))
    for which, pulse in enumerate(PULSES)
    for step, rate in [(0.2, 1.0), (0.2, 1.024), (float(np.float32(0.2)), 0.25)]
    for width, shift in [(7, 3), (4, 1), (1, 0), (40, 20), (3, -60)]
]  # fmt: skip

cameras = {}
for geometry in [hexagonal(3), CameraGeometry.make_rectangular(5, 6)]:
    n = geometry.n_pixels
    sparse = geometry.neighbor_matrix_sparse
    subarray = subarray_of(geometry, PULSE)
    noise = RNG.normal(0, 0.4, (2, n, N_SAMPLES)).astype(np.float32)
    pulses = RNG.gamma(0.5, 8, n)[:, None] * np.exp(-0.5 * ((np.arange(N_SAMPLES) - RNG.normal(8, 5, n)[:, None]) / 1.8) ** 2)
    continuous = noise + pulses.astype(np.float32)
    stepped = RNG.integers(-2, 3, (2, n, N_SAMPLES)).astype(np.float32)
    broken = RNG.random((2, n)) < 0.12
    selected = (RNG.random(n) < 0.3).astype(np.int8)
    pixel = np.arange(n)

    cases = []
    for waveforms in (continuous, stepped):
        peaks = RNG.integers(-4, N_SAMPLES + 4, (2, n))
        windows = []
        for width, shift in [(7, 3), (1, 0), (0, 0), (5, -2), (60, 30)]:
            charge, time = extract_around_peak(waveforms, peaks, width, shift, RATE)
            windows.append(dict(width=width, shift=shift, charge=packed(charge), peakTime=packed(time)))
        neighbor_peaks = [
            dict(localWeight=w, masked=masked, peaks=packed(
                neighbor_average_maximum(waveforms, sparse.indices, sparse.indptr, w, broken & masked)))
            for w in (0, 1, 3) for masked in (False, True)
        ]  # fmt: skip
        extractors = []
        for name, traits in [
            ("NeighborPeakWindowSum", {}),
            ("LocalPeakWindowSum", {}),
            ("FixedWindowSum", dict(peak_index=9, window_shift=2)),
            ("FullWaveformSum", {}),
            ("GlobalPeakWindowSum", {}),
            ("GlobalPeakWindowSum", dict(pixel_fraction=0.2)),
            ("GlobalPeakWindowSum", dict(pixel_fraction=0.97, apply_integration_correction=False)),
            ("SlidingWindowMaxSum", {}),
            ("SlidingWindowMaxSum", dict(window_width=4, apply_integration_correction=False)),
            ("SlidingWindowMaxSum", dict(window_width=N_SAMPLES)),
            ("BaselineSubtractedNeighborPeakWindowSum", {}),
            ("BaselineSubtractedNeighborPeakWindowSum", dict(baseline_start=-6, baseline_end=-1, local_weight=1)),
            ("VarianceExtractor", {}),
            ("FlashCamExtractor", {}),
            ("FlashCamExtractor", dict(upsampling=1, leading_edge_timing=False, neighbour_sum_clipping=0.0)),
            ("FlashCamExtractor", dict(upsampling=3, effective_time_profile_std=0.0, local_weight=2)),
            ("FlashCamExtractor", dict(upsampling=2, window_width=5, window_shift=1, leading_edge_rel_descend_limit=0.3)),
        ]:
            extractor = ImageExtractor.from_name(name, subarray=subarray, **traits)
            both = extractor(waveforms, 1, None, broken)
            # FlashCamExtractor always uses the broken pixels of the first channel, so it is given those of the selected ones.
            masks = broken[np.newaxis, selected, pixel] if name == "FlashCamExtractor" else broken
            one = extractor(waveforms[np.newaxis, selected, pixel], 1, selected, masks)
            extractors.append(dict(name=name, traits=traits,
                bothGains=[packed(both.image), both.peak_time is not None and packed(both.peak_time) or None],
                gainSelected=[packed(one.image), one.peak_time is not None and packed(one.peak_time) or None]))  # fmt: skip
        shifts = RNG.normal(0, 2.5, (2, n)).astype(np.float32)
        shifted, remaining = shift_waveforms(waveforms, shifts * np.float64(RATE))
        cases.append(dict(
            waveforms=packed(waveforms), peaks=packed(peaks), windows=windows,
            neighborPeaks=neighbor_peaks, extractors=extractors,
            timeShift=packed(shifts), shifted=packed(shifted), remaining=packed(remaining / np.float64(RATE)),
        ))  # fmt: skip

    adc = RNG.integers(0, 500, (2, n, N_SAMPLES)).astype(np.uint16)
    adc[0, ::7, 3] = 4000
    adc[0, ::5, 8] = 4001
    pedestal = RNG.normal(300, 20, (2, n)).astype(np.float32)
    factor = RNG.normal([[0.01], [0.2]], 0.001, (2, n)).astype(np.float32)
    calibrated = []
    for scale, shift in [(1.0, 0.0), (0.93, 0.07)]:
        r1 = apply_simtel_r1_calibration(adc, pedestal, factor, scale, shift)
        r1_selected, channel = apply_gain_selection(adc, r1, ThresholdGainSelector())
        calibrated.append(dict(factor=packed(factor * scale), shift=shift, all=packed(r1), selected=packed(r1_selected), channel=packed(channel)))

    sums = RNG.integers(0, 2_000_000, (2, n, 1)).astype(np.uint32)
    summed = apply_simtel_r1_calibration(sums, pedestal, factor, 0.93, 0.07).astype(np.float32)

    def calibrate(traits, gain_selected, n_samples=N_SAMPLES):
        event = ArrayEventContainer()
        waveforms = continuous[..., :n_samples]
        channel = selected if gain_selected else None
        event.r1.tel[1] = R1CameraContainer(
            waveform=waveforms[np.newaxis, selected, pixel] if gain_selected else waveforms,
            selected_gain_channel=channel,
            pixel_status=np.where(pixel % 3 == 0, 4, 8 + 16).astype(np.uint8),
        )
        event.monitoring.tel[1].camera.coefficients = CameraCalibrationContainer(
            pedestal_offset=offset.copy(), factor=gain.copy(), time_shift=shifts.copy(), outlier_mask=outliers.copy()
        )
        CameraCalibrator(subarray, **traits)(event)
        dl1 = event.dl1.tel[1]
        return dict(
            traits=traits, gainSelected=gain_selected, nSamples=n_samples,
            pixelStatus=packed(event.dl0.tel[1].pixel_status), image=packed(dl1.image.reshape(-1)), peakTime=packed(dl1.peak_time),
        )  # fmt: skip

    offset = RNG.normal(0, 0.1, (2, n)).astype(np.float32)
    gain = RNG.normal(1, 0.05, (2, n)).astype(np.float32)
    outliers = np.array([broken[0], broken[0]])
    calibrations = [
        calibrate(traits, gain_selected)
        for gain_selected in (True, False)
        for traits in (
            {},
            dict(apply_waveform_time_shift=True),
            dict(apply_waveform_time_shift=True, apply_peak_time_shift=False, invalid_pixel_handler_type=None),
            dict(apply_peak_time_shift=False, image_extractor_type="LocalPeakWindowSum"),
        )
    ] + [calibrate({}, True, n_samples=1)]

    image = RNG.gamma(0.4, 9, n).astype(np.float32)
    image[::11] = np.float32(7.3)  # on the threshold
    peak_time = RNG.normal(20, 3, n).astype(np.float32)
    isolated = np.zeros(n, bool)
    isolated[:3] = True
    isolated[sparse[:3].indices] = True  # including pixels with invalid neighbours only
    averaged = []
    for invalid in (broken[0], isolated):
        got = NeighborAverage(subarray)(1, image.copy(), peak_time.copy(), invalid[np.newaxis])
        averaged.append(dict(invalid=packed(invalid), image=packed(got[0]), peakTime=packed(got[1])))

    per_pixel = RNG.uniform(4, 10, n)
    tailcuts = [
        dict(picture=packed(p) if np.ndim(p) else p, boundary=packed(b) if np.ndim(b) else b, keepIsolatedPixels=keep,
             minPictureNeighbors=neighbors, mask=packed(tailcuts_clean(geometry, image, p, b, keep, neighbors)))
        for p, b in [(10.0, 5.0), (7.3, 3.1), (3.0, 6.0), (per_pixel, per_pixel / 2), (per_pixel, 7.3)]
        for keep in (False, True) for neighbors in (0, 1, 2, 3)
    ]  # fmt: skip
    reductions = []
    for traits in (dict(n_end_dilates=1, do_boundary_dilation=True), dict(n_end_dilates=0, do_boundary_dilation=True),
                   dict(n_end_dilates=3, do_boundary_dilation=False)):  # fmt: skip
        for picture, boundary in [(25.0, 10.0), (40.0, 2.0), (10.0, 30.0)]:
            # the default extractor fails in ctapipe's reducer if a pixel uses the low gain
            reducer = TailCutsDataVolumeReducer(subarray=subarray, image_extractor_type="LocalPeakWindowSum", **traits)
            reducer.cleaner.picture_threshold_pe = picture
            reducer.cleaner.boundary_threshold_pe = boundary
            kept = reducer(continuous[np.newaxis, selected, pixel], tel_id=1, selected_gain_channel=selected)
            reductions.append(dict(traits=traits, thresholds=dict(picture=picture, boundary=boundary), kept=packed(kept)))
    mask = image > 12
    cameras[geometry.name] = dict(
        offsets=packed(sparse.indptr.astype(np.int32)), indices=packed(sparse.indices.astype(np.int32)),
        broken=packed(broken), selected=packed(selected), pulse=packed(PULSE), pulseSampleWidth=PULSE_STEP, cases=cases,
        offset=packed(offset), gain=packed(gain), calibrations=calibrations,
        adc=packed(adc), sums=packed(sums), summed=packed(summed), pedestal=packed(pedestal), calibrated=calibrated,
        image=packed(image), peakTime=packed(peak_time), averaged=averaged, tailcuts=tailcuts, reductions=reductions,
        mask=packed(mask), dilated=packed(dilate(geometry, mask)),
    )  # fmt: skip

print(json.dumps(dict(samplingRate=RATE, nSamples=N_SAMPLES, pulses=[packed(p) for p in PULSES], corrections=corrections, cameras=cameras)))
