// Picture of docs/algorithms/monitoring: what HDF5MonitoringSource sets for one pixel and one telescope in the course of time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArrayEvent } from '@cherenkit/core';
import { AxesDisplay, subplots } from '@cherenkit/display';
import { FileSink } from '@cherenkit/io/node';
import hdf5, { HDF5MonitoringSource, Hdf5Writer, writeTable } from '@cherenkit/plugin-hdf5';
import { buildComponent, smallSubarray } from '@cherenkit/testing';
import { Table } from '@cherenkit/tables';

const TEL_ID = 3;
const START = 1_700_000_000;
const CAMERA = '/dl1/monitoring/telescope/calibration/camera';
/** Begin, end (minutes) and standard deviation of the pixel in each chunk; NaN where it is an outlier. */
const CHUNKS = [
  [0, 5, 1.9],
  [4, 9, 2.1],
  [8, 13, NaN],
  [11, 16, 2.3],
  [20, 25, 2.2],
];
/** Begin (minutes), factor, and whether the coefficients are valid. */
const COEFFICIENTS = [
  [1, 0.97, true],
  [9, 1, true],
  [15, 1.05, false],
  [19, 1.02, true],
];
/** Minutes and azimuth (degrees). */
const POINTINGS = [
  [0, 356],
  [8, 359],
  [16, 1],
  [22, 4],
];

export async function monitoringFigure() {
  const folder = mkdtempSync(join(tmpdir(), 'cherenkit-figure-'));
  try {
    const path = join(folder, 'monitoring.h5');
    await writeFile(path);
    const source = await buildComponent(HDF5MonitoringSource, { traits: { inputFiles: [path] }, plugins: [hdf5] });
    await source.prepare();
    const events = Array.from({ length: 53 }, (_, i) => filled(source, i / 2 - 0.5));
    await source[Symbol.asyncDispose]();
    return { 'algorithms/monitoring.svg': subplots(1, 3, pictures(events)).toSvg() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pictures(events) {
  const points = (value) => events.map((event) => [event.minutes, value(event)]).filter(([, y]) => !Number.isNaN(y));
  const axes = (title, yLabel, yLimits) =>
    new AxesDisplay({ title, xLabel: 'time (min)', yLabel, xLimits: [-1, 27], yLimits });
  const statistics = axes('pixel statistics', 'std of the pedestal (p.e.)', [1.7, 2.5]);
  CHUNKS.forEach(([start, end, std], i) => {
    const line = [
      [start, std],
      [end, std],
    ];
    if (Number.isNaN(std)) statistics.shade({ x: [start, end] });
    else statistics.line(line, { color: 'tab:blue', linewidth: 12, alpha: 0.35, ...(i === 0 && { label: 'chunk' }) });
  });
  const coefficients = axes('calibration coefficients', 'factor', [0.95, 1.08]);
  for (const [isWanted, color, label] of [
    [true, 'tab:blue', 'valid'],
    [false, 'tab:red', 'not valid'],
  ]) {
    const rows = COEFFICIENTS.filter(([, , isValid]) => isValid === isWanted);
    coefficients.scatter(rows, { color, marker: 'o', size: 14, label });
  }
  const pointing = axes('pointing', 'azimuth (deg)', [354, 366]);
  const measured = POINTINGS.map(([minutes, azimuth]) => [minutes, azimuth < 180 ? azimuth + 360 : azimuth]);
  pointing.scatter(measured, { color: 'tab:blue', marker: 'o', size: 14, label: 'measured' });
  const ofEvents = { color: 'tab:orange', size: 4, label: 'event' };
  statistics.scatter(
    points(({ std }) => std),
    ofEvents,
  );
  coefficients.scatter(
    points(({ factor }) => factor),
    ofEvents,
  );
  pointing.scatter(
    points(({ azimuth }) => azimuth),
    ofEvents,
  );
  return [statistics, coefficients, pointing];
}

/** What an event at a time gets. */
function filled(source, minutes) {
  const event = new ArrayEvent();
  event.trigger.time = { seconds: START + Math.round(minutes * 60), quarterNanoseconds: 0 };
  event.trigger.telsWithTrigger = [TEL_ID];
  source.fill(event);
  const { camera, pointing } = event.monitoring.tel.get(TEL_ID);
  return {
    minutes,
    std: camera.pixelStatistics.pedestalImage.std?.[0] ?? NaN,
    factor: camera.coefficients.factor?.[0] ?? NaN,
    azimuth: (pointing.azimuth * 180) / Math.PI,
  };
}

async function writeFile(path) {
  const { nPixels } = smallSubarray().telescope(TEL_ID).camera.geometry;
  const shape = [1, nPixels];
  const cells = (values) => ({ values: values.flatMap((value) => new Array(nPixels).fill(value)), shape });
  const std = CHUNKS.map((chunk) => chunk[2]);
  const tables = {
    [`${CAMERA}/pixel_statistics/sky_pedestal_image/tel_003`]: Table.of({
      time_start: times(CHUNKS.map(([start]) => start)),
      time_end: times(CHUNKS.map(([, end]) => end)),
      mean: cells(std),
      median: cells(std),
      std: cells(std),
      outlier_mask: cells(std.map(Number.isNaN)),
    }),
    [`${CAMERA}/coefficients/tel_003`]: Table.of({
      time: times(COEFFICIENTS.map(([start]) => start)),
      factor: cells(COEFFICIENTS.map(([, factor]) => factor)),
      pedestal_offset: cells(COEFFICIENTS.map(() => 0)),
      is_valid: COEFFICIENTS.map(([, , isValid]) => isValid),
    }),
    '/dl0/monitoring/telescope/pointing/tel_003': Table.of({
      time: times(POINTINGS.map(([minutes]) => minutes)),
      azimuth: { values: POINTINGS.map(([, azimuth]) => (azimuth * Math.PI) / 180), unit: 'rad' },
      altitude: { values: POINTINGS.map(() => 1.2), unit: 'rad' },
    }),
  };
  const sink = new FileSink(path);
  try {
    const file = new Hdf5Writer(sink);
    file.setAttributes('/', { 'CTA PRODUCT DATA MODEL VERSION': 'v7.6.0', 'CTA PRODUCT DATA CATEGORY': 'Other' });
    for (const [at, table] of Object.entries(tables)) writeTable(file, at, table);
    await file.finish();
  } finally {
    await sink[Symbol.asyncDispose]();
  }
}

function times(minutes) {
  return {
    values: Uint32Array.from(minutes.flatMap((each) => [START + each * 60, 0])),
    shape: [2],
    meaning: { kind: 'time', format: 'ctao_high_res' },
  };
}
