import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit } from '../support/run-command.js';

/** Telescope of which the calibration is tested; that of the others would take four times as long. */
const ONLY = ['process', 'calculate-pixel-statistics', 'calculate-camera-coefficients'];

/** Largest deviations of charges that the page states: of their median, and of each pixel. */
const STATED = /within (\d+) % in the median and\s+(\d+) % in each pixel/;

describe('docs/calibrating-a-camera.md', function () {
  this.timeout(900_000);

  it('goes from raw calibration events to calibrated showers, by its commands', async () => {
    using folder = new TemporaryFolder();
    const page = readFileSync(join(REPOSITORY_ROOT, 'docs', 'calibrating-a-camera.md'), 'utf8');
    for (const [, name, text] of page.matchAll(/```yaml\n# (\S+)\n([^`]*)```/g)) writeFileSync(folder.join(name), text);
    const commands = [...page.matchAll(/^npx cherenkit (.*)$/gm)].map(([, line]) => line);
    expect(commands).to.have.length(11);
    for (const line of commands) {
      const args = line
        .replace('--calibration 600', '--calibration 240')
        .split(' ')
        .concat(ONLY.includes(line.split(' ')[0]) ? ['-t', '1'] : []);
      const { exitCode, stderr } = await cherenkit(args, folder.path);
      expect(exitCode, `${line}\n${stderr}`).to.equal(0);
    }
    const imagesOf = async (file: string) => {
      await using opened = await Hdf5File.open(folder.join(file));
      return await readTable(opened, '/dl1/event/telescope/images/tel_001');
    };
    const [ours, simulated] = [await imagesOf('showers.dl2.h5'), await imagesOf('simulated.dl2.h5')];
    expect([...ours.numbers('event_id')]).to.deep.equal([...simulated.numbers('event_id')]);
    expect(ours.nRows).to.be.at.least(3);
    const bright = (simulated.column('image').values as Float32Array).map((charge) => Number(charge > 30));
    const valuesOf = (table: typeof ours, column: string): number[] =>
      [...(table.column(column).values as Float32Array)].filter((_, i) => bright[i] !== 0);
    const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
    const charges = valuesOf(simulated, 'image');
    const ratios = valuesOf(ours, 'image').map((charge, i) => charge / charges[i]);
    expect(ratios.length).to.be.at.least(20);
    const [, ofMedian, ofPixel] = STATED.exec(page) ?? [];
    expect(Math.abs(median(ratios) - 1)).to.be.below(Number(ofMedian) / 100);
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).to.be.below(Number(ofPixel) / 100);
    const times = valuesOf(simulated, 'peak_time');
    const delays = valuesOf(ours, 'peak_time').map((time, i) => time - times[i]);
    const offset = median(delays);
    expect(median(delays.map((delay) => Math.abs(delay - offset)))).to.be.below(0.1);
  });
});
