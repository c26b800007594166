import { ByteOutput, MemorySink, openFile } from '@cherenkit/io';
import {
  SimtelFile,
  SimtelFileWriter,
  type SimtelEvent,
  type SimtelHeader,
  type TelescopeSettings,
} from '@cherenkit/plugin-simtel/eventio';
import { waveformsOf, type AdcSamples, type Waveforms } from '@cherenkit/core';

interface Crop {
  /** Indices of the pixels to keep. */
  readonly pixels: readonly number[];
  readonly nPixels: number;
  /** Range of samples to keep. */
  readonly samples: readonly [first: number, end: number];
}

/**
 * Copies a sim_telarray file with the pixels and samples around the brightest pulse of each camera alone: the same objects
 * in a fraction of the bytes, so that many damaged copies can be processed.
 */
export async function cropCameras(from: string, nPixels: number, nSamples: number): Promise<Uint8Array> {
  await using file = await SimtelFile.open(await openFile(from));
  const events: SimtelEvent[] = [];
  for await (const event of file.events()) events.push(event);
  const crops = new Map<number, Crop>();
  for (const [telId, settings] of file.header.telescopes) {
    crops.set(telId, cropAround(brightestPulse(events, telId), settings, nPixels, nSamples));
  }
  const sink = new MemorySink();
  await using output = await ByteOutput.open(sink, 'cropped.simtel');
  const writer = new SimtelFileWriter(output);
  await writer.writeHeader(cropHeader(file.header, crops));
  for (const event of events) await writer.writeEvent(cropEvent(event, crops));
  await writer.writeHistograms(file.histograms ?? []);
  await output.publish();
  return sink.bytes ?? new Uint8Array(0);
}

interface Pulse {
  readonly pixel: number;
  readonly sample: number;
}

function brightestPulse(events: readonly SimtelEvent[], telId: number): Pulse {
  let brightest = { pixel: 0, sample: 0, value: -1 };
  for (const { type, recorded } of events) {
    const waveforms = recorded.telescopes.get(telId)?.waveforms;
    if (waveforms === undefined || type !== 'data') continue;
    const { nSamples } = waveforms;
    waveforms.channel(waveforms.nChannels - 1).forEach((value, i) => {
      if (value > brightest.value) brightest = { pixel: Math.floor(i / nSamples), sample: i % nSamples, value };
    });
  }
  return brightest;
}

function cropAround(
  pulse: Pulse,
  { cameraSettings, pixelSettings }: TelescopeSettings,
  n: number,
  width: number,
): Crop {
  const { pixelX, pixelY } = cameraSettings;
  const distance = (pixel: number): number =>
    Math.hypot(pixelX[pixel] - pixelX[pulse.pixel], pixelY[pixel] - pixelY[pulse.pixel]);
  const pixels = [...pixelX.keys()].sort((a, b) => distance(a) - distance(b)).slice(0, n);
  const { sumBins = width } = pixelSettings;
  const first = Math.min(Math.max(0, pulse.sample - Math.floor(width / 2)), Math.max(0, sumBins - width));
  return { pixels: pixels.sort((a, b) => a - b), nPixels: pixelX.length, samples: [first, first + width] };
}

interface Values {
  readonly length: number;
  readonly [pixel: number]: number;
}

/** The kept pixels of an array with one or several rows of pixels. */
function keep<T extends Float32Array | Int32Array>(values: T, { pixels, nPixels }: Crop): T {
  const rows = Math.floor(values.length / nPixels);
  const kept: Values = Array.from({ length: rows }, (_, row) => pixels.map((p) => values[row * nPixels + p])).flat();
  return (values instanceof Float32Array ? Float32Array.from(kept) : Int32Array.from(kept)) as T;
}

function cropHeader(header: SimtelHeader, crops: ReadonlyMap<number, Crop>): SimtelHeader {
  const telescopes = new Map<number, TelescopeSettings>();
  for (const [telId, settings] of header.telescopes) {
    const crop = crops.get(telId);
    if (crop === undefined) continue;
    const { cameraSettings: camera, cameraOrganization, pixelSettings } = settings;
    const nPixels = crop.pixels.length;
    telescopes.set(telId, {
      cameraSettings: {
        ...camera,
        nPixels,
        pixelX: keep(camera.pixelX, crop),
        pixelY: keep(camera.pixelY, crop),
        pixelZ: keep(camera.pixelZ, crop),
        pixelShape: keep(camera.pixelShape, crop),
        pixelArea: keep(camera.pixelArea, crop),
        pixelSize: keep(camera.pixelSize, crop),
      },
      cameraOrganization: {
        ...cameraOrganization,
        nPixels,
        drawer: keep(Int32Array.from(cameraOrganization.drawer), crop),
      },
      pixelSettings: { ...pixelSettings, nPixels, sumBins: crop.samples[1] - crop.samples[0] },
      disabledPixels: { triggerDisabled: Int32Array.of(1), hvDisabled: Int32Array.of(2) },
    });
  }
  return { ...header, telescopes };
}

function cropEvent(event: SimtelEvent, crops: ReadonlyMap<number, Crop>): SimtelEvent {
  const telescopes = new Map(event.recorded.telescopes);
  for (const [telId, telescope] of telescopes) {
    const crop = crops.get(telId);
    if (crop === undefined) continue;
    const { pedestal, calibration } = telescope.camera;
    telescopes.set(telId, {
      waveforms: telescope.waveforms && cropWaveforms(telescope.waveforms, crop),
      triggerPixels: telescope.triggerPixels && Int32Array.of(3, 4),
      camera: {
        pedestal: pedestal && {
          ...pedestal,
          pedestal: keep(pedestal.pedestal, crop),
          noise: keep(pedestal.noise, crop),
        },
        calibration: calibration && {
          ...calibration,
          nPixels: crop.pixels.length,
          calib: keep(calibration.calib, crop),
          tmCalib: calibration.tmCalib && keep(calibration.tmCalib, crop),
          flatFielding: calibration.flatFielding && keep(calibration.flatFielding, crop),
        },
      },
    });
  }
  const photoelectrons: SimtelEvent['photoelectrons'] = new Map(
    [...event.photoelectrons].map(([index, read]) => {
      const stored = read();
      const crop = crops.get(index + 1);
      if (crop === undefined) return [index, read];
      const cropped = { ...stored, nPixels: crop.pixels.length, photoelectrons: keep(stored.photoelectrons, crop) };
      return [index, () => cropped];
    }),
  );
  return { ...event, recorded: { ...event.recorded, telescopes }, photoelectrons };
}

function cropWaveforms(
  waveforms: Waveforms<AdcSamples>,
  { pixels, nPixels, samples: [first, end] }: Crop,
): Waveforms<AdcSamples> {
  const { nChannels } = waveforms;
  const kept: number[] = [];
  for (let channel = 0; channel < nChannels; channel++) {
    const samples = waveforms.channel(channel);
    const length = samples.length / nPixels;
    for (const pixel of pixels) kept.push(...samples.subarray(pixel * length + first, pixel * length + end));
  }
  return waveformsOf(Uint16Array.from(kept), nChannels, pixels.length, end - first);
}
