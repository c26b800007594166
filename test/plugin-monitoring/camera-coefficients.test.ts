import { EventSource } from 'cherenkit';
import type { CameraCalibrationContainer } from '@cherenkit/core';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import type { Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';

const CAMERA = 'dl1/monitoring/telescope/calibration/camera';
const COEFFICIENTS = `/${CAMERA}/coefficients/tel_001`;
const GAINS = `/cherenkit/${CAMERA}/gains/tel_001`;

const N_FLASHES = 120;
const TOY = `toymodel:?array=lst&calibration=${2 * N_FLASHES}&events=1&seed=5&broken_pixels=4`;
/** Properties of the simulated photomultipliers and of the lamp. */
const EXCESS_NOISE = 1.16;
const LIGHT = 80;

const PROCESS = [
  ...['-t', '1', '--write-images', '--no-write-parameters', '--CameraCalibrator.apply_peak_time_shift=false'],
  '--CameraCalibrator.invalid_pixel_handler_type=null',
];
const FIXED = [
  ...['--CameraCalibrator.image_extractor_type=FixedWindowSum', '--FixedWindowSum.peak_index=14'],
  ...['--FixedWindowSum.window_width=12', '--FixedWindowSum.window_shift=4'],
  '--FixedWindowSum.apply_integration_correction=false',
];
const SUBTRACTED = [
  '--CameraCalibrator.image_extractor_type=BaselineSubtractedNeighborPeakWindowSum',
  '--BaselineSubtractedNeighborPeakWindowSum.baseline_end=8',
];
const LIGHT_FLAGS = ['--window-width', '12', '--squared-excess-noise', String(EXCESS_NOISE), '--flash-spread', '0.03'];

function momentsOf(values: readonly number[]): readonly [mean: number, std: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

describe('cherenkit calculate-camera-coefficients', function () {
  this.timeout(600_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const run = async (...args: readonly string[]) => {
    const outcome = await cherenkit(args, folder.path);
    expect(outcome.exitCode, `${args.join(' ')}\n${outcome.stderr}`).to.equal(0);
    return outcome;
  };
  const calculate = (...args: readonly string[]) => cherenkit(['calculate-camera-coefficients', ...args], folder.path);
  const tableOf = async (file: string, path: string): Promise<Table> => {
    await using opened = await Hdf5File.open(folder.join(file));
    return await readTable(opened, path);
  };

  before(async () => {
    const raw = `${TOY}&skip_r1_calibration=true`;
    const types = (...names: readonly string[]) => `--EventTypeFilter.allowed_types=${JSON.stringify(names)}`;
    await run('process', '-i', raw, '-o', 'charges.h5', types('FLATFIELD', 'SKY_PEDESTAL'), ...PROCESS, ...FIXED);
    await run('process', '-i', raw, '-o', 'times.h5', types('FLATFIELD'), ...PROCESS, ...SUBTRACTED);
    await run('calculate-pixel-statistics', '-i', 'charges.h5', '-o', 'charges.mon.h5');
    await run('calculate-pixel-statistics', '-i', 'charges.h5', '-o', 'monitoring.h5');
    const times = ['--append', '--input-column-name', 'peak_time'];
    await run('calculate-pixel-statistics', '-i', 'times.h5', '-o', 'monitoring.h5', ...times);
  });

  it('warns of charges of another number of samples', async () => {
    const flags = ['-i', 'monitoring.h5', '-o', 'width.h5', '--overwrite'];
    expect((await calculate(...flags)).stderr)
      .to.contain('sums of 12 samples')
      .and.contain('Set --window-width 12.');
    expect((await calculate(...flags, ...LIGHT_FLAGS)).stderr).to.not.contain('samples');
  });

  it('finds the simulated gains, pedestals and delays of two gain channels within their errors', async () => {
    const { stdout, stderr } = await run(
      ...['calculate-camera-coefficients', '-i', 'monitoring.h5', '-o', 'coefficients.h5', ...LIGHT_FLAGS],
    );
    expect(stdout + stderr).to.contain('1 telescope, 1 set of coefficients');
    const table = await tableOf('coefficients.h5', COEFFICIENTS);
    const gains = await tableOf('coefficients.h5', GAINS);
    await using source = await EventSource.open(TOY, { allowedTels: [1] });
    const { pedestal, dcToPe } = source.run.rawDataCalibration?.(1) ?? {};
    let coefficients: CameraCalibrationContainer | undefined;
    for await (const { monitoring } of source) {
      coefficients = monitoring.tel.get(1)?.camera.coefficients;
      break;
    }
    const { timeShift, outlierMask } = coefficients ?? {};
    if (!pedestal || !dcToPe || !timeShift || !outlierMask) throw new Error('the simulation has no coefficients');
    const column = (name: string, of = table): number[] => [...of.column(name).values].map(Number);
    const [factor, offset, shift] = ['factor', 'pedestal_offset', 'time_shift'].map((name) => column(name));
    expect(table.column('factor').shape).to.deep.equal([2, 1855]);
    expect(column('is_valid')).to.deep.equal([1]);
    expect(column('outlier_mask')).to.deep.equal([...outlierMask]);
    // No signal
    expect(column('unusable', gains).filter((each) => each !== 0)).to.deep.equal(
      [...outlierMask].filter((each) => each !== 0).map(() => 8),
    );
    for (const channel of [0, 1]) {
      const pixels = Array.from({ length: 1855 }, (_, pixel) => 1855 * channel + pixel);
      const usable = pixels.filter((i) => outlierMask[i] === 0);
      for (const i of pixels.filter((each) => outlierMask[each] !== 0)) expect(factor[i]).to.equal(0);
      // The scale of all factors is that of the variance of few flashes; their ratios have the errors of mean charges.
      const ratios = usable.map((i) => factor[i] / dcToPe[i]);
      const [scale, spread] = momentsOf(ratios);
      expect(scale, `scale of channel ${channel}`).to.be.within(0.97, 1.03);
      expect(spread / Math.sqrt(EXCESS_NOISE / LIGHT / N_FLASHES)).to.be.within(0.85, channel === 0 ? 1.15 : 1.3);
      const gain = column('gain', gains);
      const uncertainty = column('gain_uncert', gains);
      const [bias, pull] = momentsOf(usable.map((i) => (gain[i] * dcToPe[i] * scale - 1) / (uncertainty[i] / gain[i])));
      expect(bias).to.be.within(-0.3, 0.3);
      expect(pull).to.be.within(0.8, 1.2);
      const [offsets, errors] = momentsOf(usable.map((i) => offset[i] - pedestal[i]));
      expect(
        [offsets, errors].map(Math.abs).every((each) => each < 2),
        `pedestals ${offsets}, ${errors}`,
      ).to.equal(true);
      const median = usable.map((i) => timeShift[i]).sort((a, b) => a - b)[usable.length >> 1];
      const [delay, deviation] = momentsOf(usable.map((i) => shift[i] - (timeShift[i] - median)));
      expect(delay, `delays of channel ${channel}`).to.be.within(-0.05, 0.05);
      expect(deviation).to.be.below(0.1);
    }
  });

  it('keeps the statistics, and does without those of peak times', async () => {
    const flags = ['--no-time-shifts', ...LIGHT_FLAGS];
    const { exitCode, stderr } = await calculate('-i', 'charges.mon.h5', '-o', 'unshifted.h5', ...flags);
    expect(exitCode, stderr).to.equal(0);
    const table = await tableOf('unshifted.h5', COEFFICIENTS);
    expect(Math.max(...(table.column('time_shift').values as Float64Array))).to.equal(0);
    await using file = await Hdf5File.open(folder.join('unshifted.h5'));
    expect(await file.paths(`/${CAMERA}/pixel_statistics`)).to.have.length(2);
    const again = await calculate('-i', 'unshifted.h5', '-o', 'again.h5', ...flags);
    expect([again.exitCode, again.stderr.includes('MONITORING_TABLE_EXISTS')]).to.deep.equal([2, true]);
  });

  it('calibrates cameras with one gain channel', async () => {
    const toy = 'toymodel:?array=flashcam&calibration=60&events=1&seed=6';
    const types = '--EventTypeFilter.allowed_types=["FLATFIELD", "SKY_PEDESTAL"]';
    await run(
      ...['process', '-i', `${toy}&skip_r1_calibration=true`, '-o', 'flashcam.h5', types, ...PROCESS, ...FIXED],
    );
    await run('calculate-pixel-statistics', '-i', 'flashcam.h5', '-o', 'flashcam.mon.h5');
    const flags = ['--no-time-shifts', ...LIGHT_FLAGS];
    await run('calculate-camera-coefficients', '-i', 'flashcam.mon.h5', '-o', 'flashcam.coefficients.h5', ...flags);
    const factor = (await tableOf('flashcam.coefficients.h5', COEFFICIENTS)).column('factor');
    expect(factor.shape).to.deep.equal([1, 1764]);
    await using source = await EventSource.open(toy, { allowedTels: [1] });
    const { dcToPe = [] } = source.run.rawDataCalibration?.(1) ?? {};
    const [scale, spread] = momentsOf([...(factor.values as Float64Array)].map((each, i) => each / dcToPe[i]));
    expect(scale).to.be.within(0.93, 1.07);
    expect(spread / Math.sqrt(EXCESS_NOISE / LIGHT / 30)).to.be.within(0.85, 1.2);
  });

  it('says which statistics are missing', async () => {
    const { exitCode, stderr } = await calculate('-i', 'charges.h5', '-o', 'none.h5');
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('CALIBRATION_STATISTICS_MISSING').and.to.contain('flatfield_image');
    const types = ['--event-types', 'FLATFIELD'];
    await run('calculate-pixel-statistics', '-i', 'charges.h5', '-o', 'flatfields.h5', ...types);
    const pedestals = await calculate('-i', 'flatfields.h5', '-o', 'none.h5');
    expect(pedestals.stderr).to.contain('sky_pedestal_image').and.to.contain('telescope 1');
    await run('calculate-pixel-statistics', '-i', 'charges.h5', '-o', 'statistics.h5');
    const times = await calculate('-i', 'statistics.h5', '-o', 'none.h5');
    expect(times.stderr).to.contain('flatfield_peak_time').and.to.contain('--no-time-shifts');
  });

  it('uses no chunk with too many outliers', async () => {
    const none =
      '--PixelStatisticsCalculator.outlier_detector_list=[{name: RangeOutlierDetector, apply_to: mean, config: {validity_range: [0, 1]}}]';
    await run('calculate-pixel-statistics', '-i', 'charges.h5', '-o', 'outliers.h5', none);
    const { exitCode, stderr } = await calculate('-i', 'outliers.h5', '-o', 'none.h5');
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('CALIBRATION_STATISTICS_MISSING').and.to.contain('no valid chunk');
  });
});
