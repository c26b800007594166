import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import { cherenkit } from '../support/run-command.js';

const INPUT = 'toymodel:?events=3&seed=5';

describe('cherenkit display', function () {
  this.timeout(60_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const display = (...args: string[]): ReturnType<typeof cherenkit> => cherenkit(['display', ...args], folder.path);
  let telId: number;
  before(async () => {
    const { exitCode, stderr } = await cherenkit(
      ['process', '-i', INPUT, '-o', 'events.h5', '--write-images', '--write-parameters', '--write-showers', '--quiet'],
      folder.path,
    );
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const { stdout } = await cherenkit(['events', INPUT, '--json'], folder.path);
    const [first] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { telescopes: number[] });
    telId = first.telescopes[0];
  });

  it('draws the first event as SVG, the same for each run', async () => {
    const texts: string[] = [];
    for (const name of ['a.svg', 'b.svg']) {
      expect(await display(INPUT, '-o', name)).to.deep.equal({ exitCode: 0, stdout: '', stderr: '' });
      texts.push(folder.readText(name));
    }
    expect(texts[0]).to.equal(texts[1]);
    expect(texts[0]).to.match(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*role="img"/);
    for (const text of ['<title>event 1 of run 1: ', 'Ground', 'Sky', `telescope ${telId}, `, 'HillasReconstructor']) {
      expect(texts[0]).to.include(text);
    }
  });

  it('draws one telescope as PNG, with waveforms', async () => {
    const args = [INPUT, '--event', '1', '--tel', String(telId), '--scale', '1', '-o', 'camera.png'];
    expect(await display(...args)).to.deep.equal({ exitCode: 0, stdout: '', stderr: '' });
    const { width, height } = PNG.sync.read(Buffer.from(folder.read('camera.png')));
    expect([width, height]).to.deep.equal([600, 34 + 500 + 300]);
  });

  it('names the unit of samples that are not calibrated', async () => {
    const tel = ['--tel', String(telId)];
    for (const [flags, unit, other] of [
      [[], 'p.e.', 'ADC counts'],
      [['--ToyModelEventSource.skip_r1_calibration=true'], 'ADC counts', 'p.e.'],
    ] as const) {
      expect((await display(INPUT, ...tel, ...flags, '-o', 'unit.svg', '--overwrite')).exitCode).to.equal(0);
      const drawn = folder.readText('unit.svg');
      expect(drawn.match(new RegExp(`>${unit}<`, 'g'))).to.have.length(2); // of charges and samples
      const { stdout } = await display(INPUT, ...tel, ...flags, '--terminal');
      expect(stdout).to.include(unit);
      for (const text of [drawn, stdout]) expect(text).not.to.include(other);
    }
  });

  it('names the unit of charges in files and reports', async () => {
    for (const [flags, unit] of [
      [[], 'p.e.'],
      [['--ToyModelEventSource.skip_r1_calibration=true'], 'ADC counts'],
    ] as const) {
      const process = ['process', '-i', INPUT, ...flags, '-o', 'unit.h5', '--write-images', '--overwrite', '--quiet'];
      expect(await cherenkit(process, folder.path)).to.have.property('exitCode', 0);
      await using file = await Hdf5File.open(folder.join('unit.h5'));
      const images = await readTable(file, (await file.paths('/dl1/event/telescope/images'))[0], { stop: 0 });
      expect(images.column('image').description).to.equal(`Charge of each pixel, ${unit}`);
      const [truth] = await file.paths('/simulation/event/telescope/parameters');
      const ofTruth = (await readTable(file, truth, { stop: 0 })).column('true_hillas_intensity');
      expect(ofTruth.description).to.equal('Sum of all charges, p.e.');
      await display('unit.h5', '--tel', String(telId), '-o', 'stored.svg', '--overwrite');
      expect(folder.readText('stored.svg')).to.include(`>${unit}<`);
      await display('unit.h5', '--all', '-o', 'report.html', '--overwrite');
      expect(folder.readText('report.html')).to.include(`log10(intensity / ${unit})`);
    }
  });

  it('draws an event of an HDF5 file, from its images, as a page', async () => {
    expect(await display('events.h5', '-o', 'stored.html')).to.deep.equal({ exitCode: 0, stdout: '', stderr: '' });
    const page = folder.readText('stored.html');
    expect(page).to.match(/^<!doctype html>\n<html lang="en">/);
    expect(page).to.include(`telescope ${telId}, `).and.to.include('HillasReconstructor');
  });

  it('shades the samples from which the charge was extracted, and shows the surroundings of an image', async () => {
    const { exitCode } = await display(INPUT, '--tel', String(telId), '--zoom', '-o', 'zoom.svg');
    expect(exitCode).to.equal(0);
    const svg = folder.readText('zoom.svg');
    expect(svg.match(/opacity="0\.15"/g)).to.have.lengthOf(3);
    await display(INPUT, '--tel', String(telId), '-o', 'whole.svg');
    const limits = (text: string): number[] =>
      [...text.matchAll(/text-anchor="end">([\u2212\d.]+)</g)].map(([, label]) => Number(label.replace('\u2212', '-')));
    const range = (values: number[]): number => Math.max(...values) - Math.min(...values);
    expect(range(limits(svg))).to.be.lessThan(range(limits(folder.readText('whole.svg'))));
    // The images of the file were extracted before.
    await display('events.h5', '--tel', String(telId), '-o', 'stored.svg');
    expect(folder.readText('stored.svg')).not.to.include('opacity="0.15"');
  });

  it('prints images and waveforms as text', async () => {
    const { exitCode, stdout } = await display(INPUT, '--tel', String(telId), '--terminal');
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/[\u2801-\u28ff]/);
    expect(stdout).to.match(/^event 1 of run 1: .*\n\n.* telescope \d+,/);
    expect(stdout).to.match(/pixel \d+, p\.e\./);
    expect(stdout).not.to.include('\x1b');
  });

  it('reports mistakes before or after reading, and writes nothing', async () => {
    folder.write('existing.svg', 'mine');
    const mistakes: [args: string[], code: string][] = [
      [[INPUT], 'PICTURE_NOT_NAMED'],
      [[INPUT, '-o', 'no.pdf'], 'PICTURE_FORMAT_UNKNOWN'],
      [[INPUT, '-o', 'no.svg', '--event', '77'], 'EVENT_UNKNOWN'],
      [[INPUT, '-o', 'no.svg', '--tel', '999'], 'TELESCOPE_ID_UNKNOWN'],
      [[INPUT, '-o', 'no.svg', '--cmap', 'hot'], 'COLOR_MAP_UNKNOWN'],
      [[INPUT, '-o', 'existing.svg'], 'OUTPUT_EXISTS'],
    ];
    for (const [args, code] of mistakes) {
      const { exitCode, stderr } = await display(...args);
      expect(stderr).to.match(new RegExp(`^error\\[${code}\\]: `));
      expect(exitCode, stderr).to.equal(2);
    }
    expect(folder.has('no.svg')).to.equal(false);
    expect(folder.readText('existing.svg')).to.equal('mine');
    const { exitCode, stderr } = await display(INPUT, 'another', '-o', 'no.svg');
    expect({ exitCode, stderr }).to.deep.include({ exitCode: 2 });
    expect(stderr).to.include('unexpected argument: another');
  });
});
