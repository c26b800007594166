import { readFileSync } from 'node:fs';
import {
  ArrayEvent,
  CameraCalibrationContainer,
  FunctionLogger,
  LOGGER,
  PROVENANCE,
  provide,
  R1CameraContainer,
  TelescopeMonitoringContainer,
  waveformsOf,
  type LogLevel,
  type ProvenanceFile,
  type SubarrayDescription,
} from '@cherenkit/core';
import hdf5Plugin, { HDF5MonitoringSource } from '@cherenkit/plugin-hdf5';
import { Table } from '@cherenkit/tables';
import { buildComponent, smallSubarray, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { EventSource } from 'cherenkit';
import { errorOf } from '../../support/error-of.js';
import {
  coefficients,
  coefficientsPath,
  pointingPath,
  pointings,
  secondsAfterStart,
  statistics,
  statisticsPath,
  writeMonitoringFile,
} from '../../support/monitoring-file.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const { nPixels } = smallSubarray().telescope(1).camera.geometry;
const SIZE = [2, nPixels];

interface OpenOptions {
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly subarray?: SubarrayDescription;
  readonly log?: (level: LogLevel, message: string) => void;
  readonly inputs?: ProvenanceFile[];
}

async function openSource(
  inputFiles: readonly string[],
  { traits = {}, subarray = smallSubarray(), log = () => undefined, inputs = [] }: OpenOptions = {},
): Promise<HDF5MonitoringSource & AsyncDisposable> {
  const source = await buildComponent(HDF5MonitoringSource, {
    subarray,
    traits: { inputFiles, ...traits },
    plugins: [hdf5Plugin],
    services: [
      provide(LOGGER, new FunctionLogger(log)),
      provide(PROVENANCE, { inputs, outputs: [], addInput: (file) => inputs.push(file), addOutput: () => undefined }),
    ],
  });
  await source.prepare();
  return source;
}

/** An event of telescope 1, with waveforms of both gains. */
function eventAt(seconds: number, telIds: readonly number[] = [1]): ArrayEvent {
  const event = new ArrayEvent();
  event.trigger.time = secondsAfterStart(seconds);
  event.trigger.telsWithTrigger = telIds;
  for (const telId of telIds) {
    const waveform = waveformsOf(new Float32Array(2 * nPixels), 2, nPixels, 1);
    event.r1.tel.set(telId, new R1CameraContainer({ waveform }));
  }
  return event;
}

/** What a source fills at a time: the first value of each array, and the rejections. */
function filledAt(source: HDF5MonitoringSource, seconds: number, pixel = 0): Record<string, unknown> {
  const event = eventAt(seconds);
  source.fill(event);
  const { camera, pointing } = event.monitoring.tel.get(1) ?? new TelescopeMonitoringContainer();
  const { flatfieldImage, pedestalImage } = camera.pixelStatistics;
  return {
    factor: camera.coefficients.factor?.[pixel],
    flatfield: flatfieldImage.mean?.[pixel],
    pedestal: pedestalImage.mean?.[pixel],
    azimuth: Number.isNaN(pointing.azimuth) ? undefined : Math.round((pointing.azimuth * 180) / Math.PI),
    rejections: event.rejections.map(({ level, telId, reason }) => `${level} ${telId}: ${reason}`),
  };
}

interface FilledReference {
  readonly filled: {
    readonly event_id: number;
    readonly tel_id: number;
    readonly azimuth: number;
    readonly altitude: number;
    readonly coefficients: Readonly<Record<string, (number | boolean)[][]>>;
    readonly statistics: Readonly<Record<string, Readonly<Record<string, (number | null)[][]>>>>;
  }[];
}

/** Chunks that are used at a time, as in `ChunkInterpolator._interpolate_chunk` of ctapipe 0.32: the one that counts first. */
function chunkAt(
  rows: readonly (readonly [start: number, end: number, index: number])[],
  time: number,
  tolerance: number,
): number[] {
  const sorted = [...rows].sort(([a], [b]) => a - b);
  let preceding = sorted.filter(([start]) => start <= time).length - 1;
  if (preceding < 0) {
    if ((sorted[0]?.[0] ?? 0) - tolerance > time) return [];
    preceding = 0;
  }
  return sorted
    .slice(0, preceding + 1)
    .reverse()
    .filter(([start, end]) => start - tolerance <= time && time <= end + tolerance)
    .map(([, , index]) => index);
}

describe('HDF5MonitoringSource', () => {
  it('fills the events of a simulation as ctapipe does, at the instants of the events', async function () {
    this.timeout(60_000);
    skipWithoutTestData.call(this);
    const folder = inTestData('reference', 'monitoring');
    const text = readFileSync(`${folder}/south_lsts_v036.filled.json`, 'utf8').replaceAll('NaN', 'null');
    const { filled } = JSON.parse(text) as FilledReference;
    await using events = await EventSource.open(inTestData('data', 'south_lsts_v036.simtel.zst'), {
      allowedTels: [1, 2],
    });
    const { subarray } = events;
    await using source = await openSource([`${folder}/south_lsts_v036.monitoring.h5`], { subarray });
    let count = 0;
    for await (const event of events) {
      source.fill(event);
      for (const expected of filled.filter((each) => each.event_id === event.index.eventId)) {
        const monitoring = event.monitoring.tel.get(expected.tel_id);
        // Only telescopes of the event are filled.
        if (!event.trigger.telsWithTrigger.includes(expected.tel_id)) continue;
        count++;
        const { camera, pointing } = monitoring ?? new TelescopeMonitoringContainer();
        // ctapipe interpolates in days, with a resolution of 0.6 us.
        expect(pointing.azimuth).to.be.closeTo(expected.azimuth, 2e-8);
        expect(pointing.altitude).to.be.closeTo(expected.altitude, 2e-8);
        const picked = (values: ArrayLike<number> = []): (number | null)[][] =>
          [0, 1].map((channel) =>
            Array.from({ length: 20 }, (_, i) => {
              const value = values[(channel * values.length) / 2 + 3 * i] ?? NaN;
              return Number.isNaN(value) ? null : value;
            }),
          );
        const { pedestalOffset, factor, timeShift, outlierMask } = camera.coefficients;
        const found = { pedestal_offset: pedestalOffset, factor, time_shift: timeShift, outlier_mask: outlierMask };
        for (const [name, values] of Object.entries(found)) {
          const numbers = expected.coefficients[name]?.map((channel) =>
            channel.map((value) => Math.fround(Number(value))),
          );
          expect(picked(values), name).to.deep.equal(numbers);
        }
        const { pedestalImage, flatfieldImage, flatfieldPeakTime } = camera.pixelStatistics;
        const fields = {
          pedestal_image: pedestalImage,
          flatfield_image: flatfieldImage,
          flatfield_peak_time: flatfieldPeakTime,
        };
        for (const [name, values] of Object.entries(fields)) {
          for (const each of ['mean', 'median', 'std'] as const) {
            expect(picked(values[each]), `${name} ${each}`).to.deep.equal(expected.statistics[name]?.[each]);
          }
        }
      }
    }
    expect(count).to.equal(7);
  });

  it('uses the latest coefficients, and interpolates pointings through north', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('monitoring.h5');
    await writeMonitoringFile(path, {
      [coefficientsPath(1)]: coefficients([20, 0, 10], SIZE, [3, 1, 2]),
      [pointingPath(1)]: pointings([0, 10, 20], [358, 2, 6]),
    });
    const inputs: ProvenanceFile[] = [];
    const log: string[] = [];
    await using source = await openSource([path], {
      inputs,
      log: (level, message) => log.push(`${level}: ${message}`),
    });
    expect(source.monitoringTypes).to.deep.equal(['CAMERA_COEFFICIENTS', 'TELESCOPE_POINTINGS']);
    const rejections: string[] = [];
    const none = { flatfield: undefined, pedestal: undefined, rejections };
    expect(filledAt(source, 0)).to.deep.equal({ factor: 1, azimuth: 358, ...none });
    expect(filledAt(source, 9.999)).to.deep.equal({ factor: 1, azimuth: 362, ...none });
    expect(filledAt(source, 10)).to.deep.equal({ factor: 2, azimuth: 362, ...none });
    expect(filledAt(source, 1e6)).to.deep.equal({ factor: 3, azimuth: undefined, ...none });
    const content = 'pointing of 1 telescope, coefficients of 1 telescope';
    expect(inputs).to.deep.equal([{ url: path, role: 'Monitoring', content }]);
    const range = 'from 2023-11-14T22:12:43.000Z to 2023-11-14T22:13:03.000Z';
    expect(log[0]).to.equal(`info: ${path}: ${content}, ${range}.`);
  });

  it('leaves what it does not have as it is', async () => {
    using folder = new TemporaryFolder();
    const [images, factors] = [folder.join('statistics.h5'), folder.join('coefficients.h5')];
    await writeMonitoringFile(images, { [statisticsPath('flatfield_image', 1)]: statistics([[0, 10, 7]], SIZE) });
    const { time_shift: _, ...columns } = Object.fromEntries(coefficients([0], SIZE, [2]).columns);
    await writeMonitoringFile(factors, { [coefficientsPath(1)]: new Table(Object.values(columns)) });
    const event = eventAt(5);
    const timeShift = new Float32Array(2 * nPixels).fill(4);
    const before = new TelescopeMonitoringContainer();
    before.camera.coefficients = new CameraCalibrationContainer({ timeShift });
    before.pointing.azimuth = 1;
    event.monitoring.tel.set(1, before);
    await using first = await openSource([images]);
    first.fill(event);
    await using second = await openSource([factors]);
    second.fill(event);
    const { camera, pointing } = event.monitoring.tel.get(1) ?? new TelescopeMonitoringContainer();
    expect(camera.pixelStatistics.flatfieldImage.mean?.[0]).to.equal(7);
    expect(camera.coefficients.factor?.[0]).to.equal(2);
    expect(camera.coefficients.timeShift).to.equal(timeShift);
    expect(pointing.azimuth).to.equal(1);
  });

  it('joins the rows of several files, of which the last one has precedence', async () => {
    using folder = new TemporaryFolder();
    const [first, second] = [folder.join('first.h5'), folder.join('second.h5')];
    const [flatfield, pedestal] = ['flatfield_image', 'sky_pedestal_image'].map((name) => statisticsPath(name, 1));
    await writeMonitoringFile(first, {
      [coefficientsPath(1)]: coefficients([0, 10], SIZE, [1, 2]),
      [flatfield ?? '']: statistics([[0, 10, 5]], SIZE),
      [pedestal ?? '']: statistics([[0, 20, 1]], SIZE),
    });
    await writeMonitoringFile(second, {
      [coefficientsPath(1)]: coefficients([10, 20], SIZE, [3, 4]),
      [flatfield ?? '']: statistics([[0, 20, 6]], SIZE, [[0, 3]]),
    });
    await using source = await openSource([first, second]);
    const rest = { pedestal: 1, azimuth: undefined, rejections: [] };
    expect(filledAt(source, 5)).to.deep.equal({ factor: 1, flatfield: 6, ...rest });
    expect(filledAt(source, 15)).to.deep.equal({ factor: 3, flatfield: 6, ...rest });
    // An outlier has the value of the other file, as long as its chunk lasts.
    expect(filledAt(source, 5, 3)).to.deep.equal({ factor: 1, flatfield: 5, ...rest });
    expect(filledAt(source, 15, 3)).to.deep.equal({ factor: 3, flatfield: NaN, ...rest });
  });

  it('fills outliers from earlier chunks as ctapipe does, for chunks in any order', async function () {
    this.timeout(60_000);
    using folder = new TemporaryFolder();
    const path = folder.join('monitoring.h5');
    const chunk = fc.record({
      start: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 0, max: 8 }),
      isOutlier: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        // Chunks that begin at the same time are in ctapipe in no certain order.
        fc.uniqueArray(chunk, { minLength: 1, maxLength: 8, selector: ({ start }) => start }),
        fc.integer({ min: 0, max: 2 }),
        async (chunks, tolerance) => {
          const rows = chunks.map(({ start, length }, i) => [start, start + length, i] as const);
          const outliers = chunks.flatMap(({ isOutlier }, i) => (isOutlier ? [[i, 0] as const] : []));
          await writeMonitoringFile(path, {
            [statisticsPath('sky_pedestal_image', 1)]: statistics(rows, SIZE, outliers),
          });
          await using source = await openSource([path], { traits: { timestampTolerance: tolerance } });
          for (let time = -3; time < 32; time++) {
            const expected = chunkAt(rows, time, tolerance);
            const ofPixel = expected.find((i) => chunks[i]?.isOutlier === false) ?? NaN;
            expect(filledAt(source, time, 1)['pedestal'], `at ${time}`).to.equal(expected[0]);
            expect(filledAt(source, time)['pedestal'], `of the outlier at ${time}`).to.deep.equal(
              expected.length > 0 ? ofPixel : undefined,
            );
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('rejects images before the first coefficients, warns once, and accepts times within the tolerance', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('monitoring.h5');
    await writeMonitoringFile(path, {
      [coefficientsPath(1)]: coefficients([10, 20], SIZE, [1, 2], [true, false]),
      [statisticsPath('sky_pedestal_image', 1)]: statistics([[10, 20, 7]], SIZE),
    });
    const log: string[] = [];
    await using source = await openSource([path], {
      log: (level, message) => level === 'warning' && log.push(message),
      traits: { timestampTolerance: 2, coefficientsLifetime: 30 },
    });
    const reason = 'no valid calibration coefficients at this time';
    const rejections = [`image 1: ${reason}`];
    const none = { flatfield: undefined, azimuth: undefined };
    expect(filledAt(source, 8)).to.deep.equal({ factor: 1, pedestal: 7, ...none, rejections: [] });
    for (const seconds of [7.9, 5]) {
      expect(filledAt(source, seconds)).to.deep.equal({ factor: undefined, pedestal: undefined, ...none, rejections });
    }
    // Coefficients that are not valid are not used.
    expect(filledAt(source, 22)).to.deep.equal({ factor: 1, pedestal: 7, ...none, rejections: [] });
    expect(filledAt(source, 22.1)).to.deep.equal({ factor: 1, pedestal: undefined, ...none, rejections: [] });
    expect(filledAt(source, 40.1)).to.deep.equal({ factor: undefined, pedestal: undefined, ...none, rejections });
    expect(log.join('\n')).to.include('1 row of calibration coefficients of telescopes 1 are marked as not valid');
    const outside = log.filter((message) => /^There are no .* at 2023-11-14T/.test(message));
    expect(outside.map((message) => message.replace(/ of telescope .*/, ''))).to.deep.equal([
      'There are no pixel statistics (pedestalImage)',
      'There are no valid calibration coefficients',
    ]);
  });

  it('says at the start which telescopes have no data, and where there are gaps', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('monitoring.h5');
    await writeMonitoringFile(path, {
      [coefficientsPath(1)]: coefficients([0], SIZE, [1]),
      [statisticsPath('sky_pedestal_image', 1)]: statistics(
        [
          [0, 10, 1],
          [20, 30, 1],
          [29, 40, 1],
        ],
        SIZE,
      ),
      [statisticsPath('dark_pedestal_image', 1)]: statistics([[0, 10, 99]], SIZE),
      [statisticsPath('other_calibration_image', 1)]: statistics([[0, 10, 99]], SIZE),
      [coefficientsPath(77)]: coefficients([0], SIZE, [1]),
    });
    const log: string[] = [];
    await using source = await openSource([path], {
      log: (level, message) => level === 'warning' && log.push(message),
    });
    expect(filledAt(source, 5)['pedestal']).to.equal(1);
    expect(log).to.deep.equal([
      'Statistics of other_calibration_image are not used: an event has those of flat-field images, flat-field peak times and pedestal images.',
      'Statistics of sky_pedestal_image are used, those of dark_pedestal_image are not: an event has one kind of them.',
      'There are no calibration coefficients, pixel statistics (pedestalImage) of telescopes 2, 3, 4, in contrast to the other telescopes.',
      'Pixel statistics (pedestalImage) have 1 gap in time; the first is from 2023-11-14T22:12:53.000Z to 2023-11-14T22:13:03.000Z for telescope 1.',
    ]);
  });

  it('uses the first rows of simulations at any time, and no pointings', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('monitoring.h5');
    const tables = {
      [coefficientsPath(1)]: coefficients([100, 0], SIZE, [1, 2]),
      [statisticsPath('flatfield_image', 1)]: statistics(
        [
          [100, 200, 7],
          [0, 50, 8],
        ],
        SIZE,
      ),
      [pointingPath(1)]: pointings([0, 1000], [10, 20]),
    };
    await writeMonitoringFile(path, tables, { category: 'Sim' });
    await using source = await openSource([path]);
    expect(source.monitoringTypes).to.deep.equal(['PIXEL_STATISTICS', 'CAMERA_COEFFICIENTS']);
    for (const seconds of [-1000, 20, 1e6]) {
      const expected = { factor: 1, flatfield: 7, pedestal: undefined, azimuth: undefined, rejections: [] };
      expect(filledAt(source, seconds)).to.deep.equal(expected);
    }
  });

  it('fills only the telescopes of the event', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('monitoring.h5');
    const table = coefficients([0], SIZE, [1]);
    await writeMonitoringFile(path, { [coefficientsPath(1)]: table, [coefficientsPath(2)]: table });
    await using source = await openSource([path]);
    const event = eventAt(5, [2]);
    source.fill(event);
    expect([...event.monitoring.tel.keys()]).to.deep.equal([2]);
  });

  it('accepts statistics of one gain channel for cameras of two', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('monitoring.h5');
    await writeMonitoringFile(path, { [statisticsPath('flatfield_image', 1)]: statistics([[0, 9, 7]], [1, nPixels]) });
    await using source = await openSource([path]);
    expect(filledAt(source, 5)['flatfield']).to.equal(7);
  });

  it('warns of coefficients that leave no pixel', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('coefficients.h5');
    for (const factor of [0, NaN, Infinity]) {
      await writeMonitoringFile(path, { [coefficientsPath(1)]: coefficients([0, 5], SIZE, [factor, 1]) });
      const warnings: string[] = [];
      await using _ = await openSource([path], {
        log: (level, message) => (level === 'warning' ? warnings.push(message) : 0),
      });
      expect(warnings.join('\n')).to.include(
        '1 row of calibration coefficients of telescopes 1 have no pixel with a finite pedestal',
      );
    }
  });

  it('warns of statistics that end before they begin', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('statistics.h5');
    await writeMonitoringFile(path, { [statisticsPath('flatfield_image', 1)]: statistics([[10, 0, 7]], SIZE) });
    const log: string[] = [];
    await using _ = await openSource([path], { log: (_level, message) => log.push(message) });
    expect(log.join('\n')).to.include('of telescope 1 have 1 row with time_end before time_start');
  });

  it('refuses unsuitable files', async () => {
    using folder = new TemporaryFolder();
    const [observed, simulated] = [folder.join('observed.h5'), folder.join('simulated.h5')];
    const tables = { [coefficientsPath(1)]: coefficients([0], SIZE, [1]) };
    await writeMonitoringFile(observed, tables);
    await writeMonitoringFile(simulated, tables, { category: 'Sim' });
    const [other, small, empty] = ['other.h5', 'small.h5', 'empty.h5'].map((name) => folder.join(name));
    await writeMonitoringFile(other ?? '', { [coefficientsPath(77)]: coefficients([0], SIZE, [1]) });
    await writeMonitoringFile(small ?? '', { [coefficientsPath(1)]: coefficients([0], [1, nPixels], [1]) });
    await writeMonitoringFile(empty ?? '', {});
    const refusals: [files: (string | undefined)[], message: RegExp][] = [
      [[], /no file is given\. Set HDF5MonitoringSource\.input_files\.$/],
      [[observed, simulated], /simulated\.h5 has monitoring data of a simulation, .*observed\.h5 of observations/],
      [[other], /no monitoring data of telescopes 1, 2, 3, 4; there are data of telescopes 77\. Use files/],
      [[empty], /no monitoring data of telescopes 1, 2, 3, 4\. Use files/],
      [
        [small],
        /small\.h5: column pedestal_offset of .* has the shape \(1, \d+\), but the camera of telescope 1 has the shape \(2, \d+\)/,
      ],
    ];
    for (const [files, message] of refusals) {
      const error = await errorOf(openSource(files.filter((file) => file !== undefined)));
      expect(error).to.include({ code: 'MONITORING_UNSUITABLE', exitCode: 2 });
      expect(error.message).to.match(message);
    }
    const damaged: [path: string, table: Table, message: RegExp][] = [
      [
        statisticsPath('flatfield_image', 1),
        statistics([[0, 9, 7]], SIZE).without('mean'),
        /flatfield_image\/tel_001 has no column mean/,
      ],
      ...['factor', 'pedestal_offset'].map((column): (typeof damaged)[number] => [
        coefficientsPath(1),
        coefficients([0], SIZE, [1]).without(column),
        new RegExp(`observed\\.h5: .*coefficients/tel_001 has no column ${column}`),
      ]),
      [
        coefficientsPath(1),
        coefficients([0], SIZE, [1]).without('is_valid').withColumn('is_valid', ['yes']),
        /observed\.h5: Column "is_valid": expected numbers, found text\. Create the file again\.$/,
      ],
    ];
    damaged.push([
      pointingPath(1),
      pointings([0, 9], [1, 2])
        .without('azimuth')
        .withColumn('azimuth', { values: [1, 2], unit: 'm' }),
      /observed\.h5: .*pointing\/tel_001: Column "azimuth": cannot convert m to rad\. Create the file again\.$/,
    ]);
    for (const [path, table, message] of damaged) {
      await writeMonitoringFile(observed, { [path]: table });
      const defect = await errorOf(openSource([observed]));
      expect(defect).to.include({ code: 'HDF5_CORRUPT', exitCode: 65 });
      expect(defect.message).to.match(message);
    }
    const error = await errorOf(openSource([folder.join('missing.h5')]));
    expect(error).to.include({ code: 'INPUT_MISSING', exitCode: 66 });
  });
});
