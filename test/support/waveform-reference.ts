import type { Neighbors } from '@cherenkit/kernels';
import { readCheckedIn } from './ctapipe-reference.js';
import { unpack, type PackedArray } from './packed-array.js';

interface WaveformCase {
  readonly waveforms: PackedArray;
  readonly peaks: PackedArray;
  readonly windows: { width: number; shift: number; charge: PackedArray; peakTime: PackedArray }[];
  readonly neighborPeaks: { localWeight: number; masked: boolean; peaks: PackedArray }[];
  readonly extractors: {
    name: string;
    traits: Record<string, number | boolean>;
    bothGains: [PackedArray, PackedArray | null];
    gainSelected: [PackedArray, PackedArray | null];
  }[];
  readonly timeShift: PackedArray;
  readonly shifted: PackedArray;
  readonly remaining: PackedArray;
}

export interface CameraReference {
  readonly offsets: PackedArray;
  readonly indices: PackedArray;
  readonly broken: PackedArray;
  readonly selected: PackedArray;
  readonly pulse: PackedArray;
  readonly pulseSampleWidth: number;
  readonly cases: WaveformCase[];
  readonly adc: PackedArray;
  readonly sums: PackedArray;
  readonly summed: PackedArray;
  readonly pedestal: PackedArray;
  readonly calibrated: {
    factor: PackedArray;
    shift: number;
    all: PackedArray;
    selected: PackedArray;
    channel: PackedArray;
  }[];
  readonly image: PackedArray;
  readonly peakTime: PackedArray;
  readonly averaged: { invalid: PackedArray; image: PackedArray; peakTime: PackedArray }[];
  readonly offset: PackedArray;
  readonly gain: PackedArray;
  /** Of the waveforms of the first case. */
  readonly calibrations: {
    traits: Record<string, string | boolean | null>;
    gainSelected: boolean;
    nSamples: number;
    pixelStatus: PackedArray;
    image: PackedArray;
    peakTime: PackedArray;
  }[];
  readonly tailcuts: {
    picture: number | PackedArray;
    boundary: number | PackedArray;
    keepIsolatedPixels: boolean;
    minPictureNeighbors: number;
    mask: PackedArray;
  }[];
  /** Of the waveforms of the first case, with selected gain channel. */
  readonly reductions: {
    traits: { n_end_dilates: number; do_boundary_dilation: boolean };
    thresholds: { picture: number; boundary: number };
    kept: PackedArray;
  }[];
  readonly mask: PackedArray;
  readonly dilated: PackedArray;
}

interface WaveformReference {
  readonly samplingRate: number;
  readonly nSamples: number;
  readonly pulses: PackedArray[];
  readonly corrections: {
    pulse: number;
    step: number;
    rate: number;
    width: number;
    shift: number;
    correction: number;
  }[];
  readonly cameras: Record<string, CameraReference>;
}

/** Results of ctapipe for small cameras with seeded random waveforms, written by make_waveform_reference.py. */
export const REFERENCE = readCheckedIn('waveform.json') as WaveformReference;

export function neighborsOf(camera: Pick<CameraReference, 'offsets' | 'indices'>): Neighbors {
  return { offsets: unpack('i4', camera.offsets), indices: unpack('i4', camera.indices) };
}
