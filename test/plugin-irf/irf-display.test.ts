import { createSink } from '@cherenkit/io';
import { FitsFile, FitsWriter } from '@cherenkit/plugin-fits';
import { linearEdges, radians, ringSolidAngles } from '@cherenkit/kernels';
import { containmentRadii, irfPictures } from '@cherenkit/plugin-irf/display';
import { Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import { marksOf } from '../support/ctapipe-pictures.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const reference = (name: string): string => inTestData('reference', 'irf', name);

async function titlesOf(name: string): Promise<string[]> {
  await using file = await FitsFile.open(reference(name));
  return (await irfPictures(file)).map(({ scene }) => scene.title);
}

describe('containment radii', () => {
  it('are those of the distribution, and NaN without events', () => {
    const radii = linearEdges(0, 1, 500);
    const sigma = 0.2;
    const within = (radius: number): number => 1 - Math.exp(-0.5 * (radius / sigma) ** 2);
    const solidAngles = ringSolidAngles(radii.map(radians));
    const density = new Float64Array(2 * solidAngles.length);
    solidAngles.forEach((size, ring) => (density[2 * ring] = (within(radii[ring + 1]) - within(radii[ring])) / size));
    for (const part of [0.1, 0.68, 0.95]) {
      const [found, none] = containmentRadii(density, radii, 2, part);
      expect(found).to.be.closeTo(sigma * Math.sqrt(-2 * Math.log(1 - part)), 1e-4);
      expect(none).to.be.NaN;
    }
  });
});

describe('cherenkit display of responses', function () {
  this.timeout(60_000);
  before(skipWithoutTestData);

  it('draws all responses, benchmarks and cuts', async () => {
    expect(await titlesOf('full_enclosure.irf.fits.gz')).to.deep.equal([
      'Effective area',
      'Energy dispersion, 0–1.67 deg',
      'Energy dispersion, 1.67–3.33 deg',
      'Energy dispersion, 3.33–5 deg',
      'Point spread function',
      'Background',
      'Effective area protons',
      'Effective area electrons',
    ]);
    expect(await titlesOf('point_like.irf.fits.gz')).to.include('Cut on the direction, RAD_MAX');
    expect(await titlesOf('pyirf_extra.fits.gz')).to.have.length(1);
    expect(await titlesOf('gh_optimizer.benchmarks.fits.gz')).to.deep.equal([
      'Energy bias and resolution',
      'Angular resolution',
      'Sensitivity',
    ]);
    expect(await titlesOf('point_like.cuts.fits.gz')).to.deep.equal([
      'Cut on gammaness',
      'Cut on the direction',
      'Cut on the multiplicity',
    ]);
  });

  it('draws the values of the file at their places', async () => {
    await using file = await FitsFile.open(reference('point_like.irf.fits.gz'));
    const [picture] = await irfPictures(file);
    const table = await file.readTable('EFFECTIVE AREA');
    const areas = table.numbers('EFFAREA', 'm**2').filter((area) => area > 0);
    const [steps] = marksOf(picture.scene, 'path').filter(({ strokeWidth }) => strokeWidth === 1.5);
    const heights = steps.lines.flatMap(({ points }) => Array.from(points).filter((_, i) => i % 4 === 1));
    expect(heights).to.have.length(areas.length);
    // Heights are linear in the logarithm of the area.
    const scale = (heights[0] - heights[5]) / Math.log(areas[5] / areas[0]);
    heights.forEach((height, i) => {
      expect(heights[0] - height).to.be.closeTo(scale * Math.log(areas[i] / areas[0]), 1e-6);
    });
  });

  it('writes pages, SVG, and PNG, whole or not at all', async () => {
    using folder = new TemporaryFolder();
    const display = (...args: string[]) => cherenkit(['display', ...args], folder.path);
    const input = reference('point_like.irf.fits.gz');
    expect(await display(input, '-o', 'irf.html')).to.deep.equal({ exitCode: 0, stdout: '', stderr: '' });
    expect(folder.readText('irf.html')).to.match(/^<!doctype html>[^]*Point spread function/);
    expect((await display(reference('point_like.cuts.fits.gz'), '-o', 'cuts.png', '--scale', '1')).exitCode).to.equal(
      0,
    );
    const { width } = PNG.sync.read(Buffer.from(folder.read('cuts.png')));
    expect(width).to.equal(3 * 460);
    const options = await display(input, '-o', 'no.svg', '--tel', '1');
    expect(options.exitCode).to.equal(2);
    expect(options.stderr).to.match(/^error\[FILE_PICTURE_OPTIONS\]: .*to which --tel applies/);
    expect((await display(input)).stderr).to.match(/^error\[PICTURE_NOT_NAMED\]/);
    await using sink = createSink(folder.join('other.fits'), { overwrite: true });
    const writer = new FitsWriter(sink);
    writer.writeTable(Table.of({ a: [1, 2] }), { name: 'NUMBERS' });
    await writer.finish();
    const other = await display('other.fits', '-o', 'no.svg');
    expect(other.exitCode).to.equal(65);
    expect(other.stderr).to.match(/^error\[FILE_WITHOUT_PICTURE\]: other\.fits: .*its tables are NUMBERS/);
    expect(folder.has('no.svg')).to.equal(false);
  });
});
