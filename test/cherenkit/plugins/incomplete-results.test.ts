import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { cherenkit } from '../../support/run-command.js';
import { FIXED_DIRECTION, writePackage } from '../../support/third-party-plugin.js';

const IMPORTS = `
import * as core from '@cherenkit/core';
const { DataVolumeReducer, definePlugin, field, GainSelector, ImageCleaner, ImageExtractor, ImageModifier, ImageParametrizer } = core;
const { InvalidPixelHandler, MuonAnalysis, ReconstructedGeometryContainer, Reconstructor, StereoCombiner } = core;
`;

/** Runs `process` on four simulated showers with components of a plugin. */
async function processWith(folder: TemporaryFolder, classes: string, ...args: readonly string[]) {
  const names = [...classes.matchAll(/^class (\w+)/gm)].map(([, name]) => name).join(', ');
  const code = `${IMPORTS}${classes}\nexport default definePlugin({ name: 'unfinished', apiVersion: 1, components: [${names}] });`;
  await writePackage(folder.join('plugin'), { packageName: 'unfinished', code });
  const common = ['process', '-i', 'toymodel:?seed=3', '-m', '4', '-o', 'out.h5', '--plugin', './plugin'];
  return await cherenkit([...common, '--write-images', '--write-parameters', '--write-showers', ...args], folder.path);
}

/** Number of rows of a table of the output. */
async function rowsOf(folder: TemporaryFolder, path: string): Promise<number> {
  await using file = await Hdf5File.open(folder.join('out.h5'));
  return (await file.table(path)).nRows;
}

async function columnOf(folder: TemporaryFolder, path: string, column: string): Promise<unknown[]> {
  await using file = await Hdf5File.open(folder.join('out.h5'));
  const table = await file.table(path);
  return Array.from((await table.read([column]))[column] as ArrayLike<unknown>);
}

const reconstructor = (body: string, members = ''): string =>
  `class Fit extends Reconstructor { count = 0; ${members}\n reconstruct(event) { const n = this.count++; ${body} } }`;

describe('a reconstructor with incomplete results', () => {
  const cases: readonly [what: string, code: string, valid: number[], failure: RegExp][] = [
    [
      'throws for the first event',
      `if (n === 0) throw new Error('no template'); ${FIXED_DIRECTION}`,
      [0, 1, 1, 1],
      /no template/,
    ],
    [
      'throws for a later event',
      `if (n === 2) throw new Error('no template'); ${FIXED_DIRECTION}`,
      [1, 1, 0, 1],
      /no template/,
    ],
    ['sets nothing for the first event', `if (n > 0) ${FIXED_DIRECTION}`, [0, 1, 1, 1], /no result was set/],
    ['sets nothing for the last event', `if (n < 3) ${FIXED_DIRECTION}`, [1, 1, 1, 0], /no result was set/],
    [
      'misspells a field',
      `if (n === 1) event.dl2.stereo.geometry.set(this.name, new ReconstructedGeometryContainer({ alt: 1, isvalid: true })); else ${FIXED_DIRECTION}`,
      [1, 0, 1, 1],
      /the geometry has no field isvalid; did you mean isValid\?/,
    ],
    [
      'sets a plain object',
      `if (n === 1) event.dl2.stereo.geometry.set(this.name, { alt: 1 }); else ${FIXED_DIRECTION}`,
      [1, 0, 1, 1],
      /the geometry is a plain object; expected a ReconstructedGeometryContainer/,
    ],
    [
      'names a telescope that the array does not have',
      `${FIXED_DIRECTION} if (n === 2) event.dl2.stereo.geometry.get(this.name).telescopes = [1, 999];`,
      [1, 1, 0, 1],
      /the geometry has telescopes with telescope 999, which the array does not have/,
    ],
    [
      'sets a text as altitude',
      `${FIXED_DIRECTION} if (n === 0) event.dl2.stereo.geometry.get(this.name).alt = '1';`,
      [0, 1, 1, 1],
      /the geometry\.alt is a string; expected a number/,
    ],
  ];
  for (const [what, body, valid, failure] of cases) {
    it(`has an invalid row for each event that it ${what}`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stdout, stderr } = await processWith(folder, reconstructor(body), '--reconstructor', 'Fit');
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.match(/FAILED: Fit of plugin unfinished, once, for event \d+ of observation \d+/);
      expect(stdout).to.match(failure);
      const found = await columnOf(folder, '/dl2/event/subarray/geometry/Fit', 'Fit_is_valid');
      expect(found.map(Number)).to.deep.equal(valid);
      const ids = await columnOf(folder, '/dl2/event/subarray/geometry/Fit', 'event_id');
      expect(ids).to.deep.equal(await columnOf(folder, '/dl1/event/subarray/trigger', 'event_id'));
    });
  }

  it('has a table of invalid geometries and a line in the summary if it fails for all events', async () => {
    for (const body of ["throw new Error('no template');", '']) {
      using folder = new TemporaryFolder();
      const { exitCode, stdout, stderr } = await processWith(folder, reconstructor(body), '--reconstructor', 'Fit');
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.include('Fit: 0 of 4 events reconstructed');
      const path = '/dl2/event/subarray/geometry/Fit';
      expect((await columnOf(folder, path, 'Fit_is_valid')).map(Number)).to.deep.equal([0, 0, 0, 0]);
      const ids = await columnOf(folder, '/dl1/event/subarray/trigger', 'event_id');
      expect(await columnOf(folder, path, 'event_id')).to.deep.equal(ids);
    }
  });

  it('has a table of the property that it declares if it fails for all events', async () => {
    using folder = new TemporaryFolder();
    const members = 'resultClasses = { ENERGY: core.ReconstructedEnergyContainer };';
    const { stdout } = await processWith(folder, reconstructor('throw 1;', members), '--reconstructor', 'Fit');
    expect(stdout).to.include('FAILED: Fit').and.not.include('Fit: 0');
    expect(await rowsOf(folder, '/dl2/event/subarray/energy/Fit')).to.equal(4);
  });

  it('fails for events for which it sets results under another name, which are removed', async () => {
    using folder = new TemporaryFolder();
    const body = `${FIXED_DIRECTION.replace('this.name', "'Foo'")}
      event.dl2.tel.set(1, new core.TelescopeReconstructedContainer());
      event.dl2.tel.get(1).energy.set('Foo', new core.ReconstructedEnergyContainer());`;
    const { exitCode, stdout, stderr } = await processWith(folder, reconstructor(body), '--reconstructor', 'Fit');
    expect(exitCode, stderr).to.equal(0);
    expect(stdout)
      .to.include('a result was set as Foo; expected Fit')
      .and.include('Fit: 0 of 4')
      .and.not.include('Foo:');
    await using file = await Hdf5File.open(folder.join('out.h5'));
    expect((await file.paths()).filter((path) => path.includes('Foo'))).to.deep.equal([]);
  });

  it('has a row for each telescope event in tables of telescopes', async () => {
    using folder = new TemporaryFolder();
    const body = `if (n === 1) throw new Error('no template');
      for (const telId of event.dl1.tel.keys()) {
        const results = event.dl2.tel.get(telId) ?? new core.TelescopeReconstructedContainer();
        event.dl2.tel.set(telId, results);
        results.energy.set(this.name, new core.ReconstructedEnergyContainer({ energy: 1, isValid: true }));
      }`;
    const { exitCode, stderr } = await processWith(folder, reconstructor(body), '--reconstructor', 'Fit');
    expect(exitCode, stderr).to.equal(0);
    const expected = await rowsOf(folder, '/dl1/event/telescope/parameters/tel_001');
    expect(await rowsOf(folder, '/dl2/event/telescope/energy/Fit/tel_001')).to.equal(expected);
  });

  it('has columns for texts that grow and arrays of a declared length; others fail for the event', async () => {
    const own = `class Own extends core.Container.withFields('', ReconstructedGeometryContainer.fields, {
      label: field.string('Label', ''), note: field.string('Note', '', { bytes: 200 }),
      steps: field.float64Array('Steps', { length: 3 }), free: field.float64Array('Free') }) {}`;
    const set = (values: string): string =>
      `event.dl2.stereo.geometry.set(this.name, new Own({ label: 'x'.repeat(n + 1), ${values} }));`;
    const body = set(
      "note: 'n'.repeat(10 * n), steps: n === 0 ? undefined : Float64Array.of(1, 2, n), free: new Float64Array(n === 3 ? 5 : 2)",
    );
    using folder = new TemporaryFolder();
    const classes = `${own.replace('class', 'const Own = class')};\n${reconstructor(body)}`;
    const { exitCode, stdout, stderr } = await processWith(folder, classes, '--reconstructor', 'Fit');
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.match(/FAILED: Fit .*the geometry\.free has 5 values; expected 2, as in the first result/);
    const path = '/dl2/event/subarray/geometry/Fit';
    expect(await columnOf(folder, path, 'Fit_label')).to.deep.equal(['x', 'xx', 'xxx', '']);
    expect((await columnOf(folder, path, 'Fit_steps')).slice(3, 9)).to.deep.equal([1, 2, 1, 1, 2, 2]);
  });

  it('is refused by name if it is asynchronous', async () => {
    using folder = new TemporaryFolder();
    const code = reconstructor("return Promise.reject(new Error('later'));");
    const { exitCode, stderr } = await processWith(folder, code, '--reconstructor', 'Fit');
    expect(stderr).to.match(/unfinished.*Fit|Fit of plugin unfinished/);
    expect(stderr).to.include('async');
    expect(exitCode).to.equal(70);
  });
});

const HDF5 = join(REPOSITORY_ROOT, 'packages', 'plugin-hdf5', 'dist', 'index.js');

describe('process --check-plugins', () => {
  const cases: [what: string, code: string, args: readonly string[], message: RegExp][] = [
    [
      'a reconstructor that changes the index of the event',
      reconstructor(`event.index.eventId = 7; ${FIXED_DIRECTION}`),
      ['--reconstructor', 'Fit'],
      /Fit of plugin unfinished.* event\.index\.eventId was changed, although it is an input/,
    ],
    [
      'a reconstructor that changes results of another',
      reconstructor(`event.dl2.stereo.geometry.get('HillasReconstructor').alt = 1; ${FIXED_DIRECTION}`),
      ['--reconstructor', 'HillasReconstructor', '--reconstructor', 'Fit'],
      /Fit of plugin unfinished.* event\.dl2\.stereo\.geometry\.HillasReconstructor\.alt was changed/,
    ],
    [
      'a cleaner that changes the image',
      'class Odd extends ImageCleaner { clean(telId, image) { image.fill(3); return new Uint8Array(image.length).fill(1); } }',
      ['--image-cleaner-type', 'Odd'],
      /Odd of plugin unfinished.* image was changed, although it is an input; change a copy instead/,
    ],
  ];
  const KEEP = 'return new Uint8Array(image.length).fill(1);';
  cases.push(
    [
      'a modifier that changes the index of the event',
      'class Odd extends ImageModifier { modify(telId, image, index) { index.obsId++; return image.slice(); } }',
      ['--ImageProcessor.image_modifier_type=Odd', '--ImageProcessor.apply_image_modifier=true'],
      /Odd of plugin unfinished.* index\.obsId was changed/,
    ],
    [
      'a cleaner that changes peak times',
      `class Odd extends ImageCleaner { clean(telId, image, peakTime) { peakTime.fill(3); ${KEEP} } }`,
      ['--image-cleaner-type', 'Odd'],
      /Odd of plugin unfinished.* peakTime was changed/,
    ],
    [
      'a parametrizer that changes the geometry',
      'class Odd extends ImageParametrizer { parametrize(geometry) { geometry.pixX[0]++; return new core.ImageParametersContainer(); } }',
      ['--ImageProcessor.image_parametrizer_type=Odd'],
      /Odd of plugin unfinished.* geometry\.pixX was changed/,
    ],
    [
      'an extractor that changes the waveforms',
      'class Odd extends ImageExtractor { extract({ samples, nChannels, nPixels }) { samples.fill(1); const image = new Float32Array(nChannels * nPixels); return new core.DL1CameraContainer({ image, isValid: true }); } }',
      ['--CameraCalibrator.image_extractor_type=Odd'],
      /Odd of plugin unfinished.* samples was changed/,
    ],
    [
      'a data volume reducer that changes the waveforms',
      'class Odd extends DataVolumeReducer { reduce({ samples }) { samples.fill(1); } }',
      ['--CameraCalibrator.data_volume_reducer_type=Odd'],
      /Odd of plugin unfinished.* samples was changed/,
    ],
    [
      'a gain selector that changes the waveforms',
      'class Odd extends GainSelector { select({ samples, nPixels }) { samples.fill(1); return new Int8Array(nPixels); } }',
      ['--EventSource.gain_selector_type=Odd'],
      /Odd of plugin unfinished.* samples was changed/,
    ],
    [
      'a handler of invalid pixels that changes valid ones',
      'class Odd extends InvalidPixelHandler { handle(telId, image) { image.fill(1); } }',
      ['--CameraCalibrator.invalid_pixel_handler_type=Odd'],
      /Odd of plugin unfinished.* image was changed/,
    ],
    [
      'a muon analysis that changes images',
      'class Odd extends MuonAnalysis { process({ dl1 }) { for (const { image } of dl1.tel.values()) image.fill(1); } }',
      ['--write-muon-parameters', '--ProcessorTool.muon_processor_type=Odd'],
      /Odd of plugin unfinished.* event\.dl1\.tel\.\d+\.image was changed/,
    ],
    [
      'a waveform modifier that changes the trigger',
      'class Odd extends core.WaveformModifier { async prepare() {} modify({ trigger }) { trigger.telsWithTrigger = []; } }',
      ['--ProcessorTool.add_nsb_in_waveforms=true', '--ProcessorTool.waveform_modifier_type=Odd'],
      /Odd of plugin unfinished.* event\.trigger\.telsWithTrigger.* was changed/,
    ],
    [
      'a monitoring source that changes the trigger',
      'class Odd extends core.MonitoringSource { fill({ trigger }) { trigger.telsWithTrigger = []; } }',
      ['--monitoring-source', 'Odd'],
      /Odd of plugin unfinished.* event\.trigger\.telsWithTrigger.* was changed/,
    ],
    [
      'a stereo combiner that changes predictions',
      `class Fit extends Reconstructor {
        constructor(context) { super(context); this.odd = context.create(StereoCombiner, 'Odd'); }
        reconstruct(event) { ${FIXED_DIRECTION} this.odd.combine(event, 'GEOMETRY', this.name); } }
class Odd extends StereoCombiner { combine(event) { event.dl2.stereo.geometry.get('HillasReconstructor').alt = 1; } }
Fit.children = [Odd];`,
      ['--reconstructor', 'HillasReconstructor', '--reconstructor', 'Fit'],
      /Fit of plugin unfinished.* event\.dl2\.stereo\.geometry\.HillasReconstructor\.alt was changed/,
    ],
    [
      'a data writer that changes events',
      `import { HDF5DataWriter } from ${JSON.stringify(pathToFileURL(HDF5).href)};
class Odd extends HDF5DataWriter { async write(event) { await super.write(event); event.index.eventId = 0; } }`,
      ['--ProcessorTool.data_writer_type=Odd'],
      /Odd of plugin unfinished.* event\.index\.eventId was changed/,
    ],
  );
  for (const [what, code, args, message] of cases) {
    it(`reports ${what}, with exit code 3 with --failures-as-error`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stdout, stderr } = await processWith(
        folder,
        code,
        ...args,
        '--check-plugins',
        '--failures-as-error',
      );
      expect(stdout, stderr).to.match(message);
      expect([exitCode, folder.files.includes('out.h5')]).to.deep.equal([3, true]);
    });
  }

  it('finds no fault with the built-in components', async () => {
    using folder = new TemporaryFolder();
    const code = reconstructor(FIXED_DIRECTION);
    const args = ['--write-muon-parameters', '--reconstructor', 'HillasReconstructor', '--reconstructor', 'Fit'];
    const flags = ['--check-plugins', '--failures-as-error', '--reconstructor', 'HillasIntersection'];
    const { exitCode, stdout, stderr } = await processWith(folder, code, ...args, ...flags);
    expect(exitCode, stdout + stderr).to.equal(0);
  });
});

describe('a component that returns something else than expected', () => {
  const cases: readonly [kind: string, code: string, option: string, message: RegExp][] = [
    [
      'an image cleaner',
      'class Odd extends ImageCleaner { clean(telId, image) { return [...image].map(() => true); } }',
      'ImageProcessor.image_cleaner_type',
      /the mask is an Array of \d+ values; expected a Uint8Array of \d+ values/,
    ],
    [
      'an image cleaner, of the wrong length',
      'class Odd extends ImageCleaner { clean() { return new Uint8Array(7); } }',
      'ImageProcessor.image_cleaner_type',
      /the mask is a Uint8Array of 7 values; expected a Uint8Array of \d+ values/,
    ],
    [
      'an image modifier',
      'class Odd extends ImageModifier { modify(telId, image) { return new Float64Array(image); } }',
      'ImageProcessor.image_modifier_type',
      /the image is a Float64Array of \d+ values; expected a Float32Array/,
    ],
    [
      'an image parametrizer',
      'class Odd extends ImageParametrizer { parametrize() { return { hillas: {} }; } }',
      'ImageProcessor.image_parametrizer_type',
      /the result is a plain object; expected an ImageParametersContainer/,
    ],
    [
      'an image extractor',
      'class Odd extends ImageExtractor { extract(w) { return new core.DL1CameraContainer({ image: new Float32Array(3), isValid: true }); } }',
      'CameraCalibrator.image_extractor_type',
      /the image is a Float32Array of 3 values; expected a Float32Array of \d+ values/,
    ],
    [
      'an image extractor, infinite charges',
      'class Odd extends ImageExtractor { extract(w) { const image = new Float32Array(w.nPixels).fill(Infinity, 3); return new core.DL1CameraContainer({ image, isValid: true }); } }',
      'CameraCalibrator.image_extractor_type',
      /the image has Infinity at index 3; expected finite values, or NaN/,
    ],
    [
      'an image modifier, infinite charges',
      'class Odd extends ImageModifier { modify(telId, image) { return image.map(() => -Infinity); } }',
      'ImageProcessor.image_modifier_type',
      /the image has -Infinity at index 0; expected finite values, or NaN/,
    ],
    [
      'an image extractor, peak times',
      'class Odd extends ImageExtractor { extract(w) { return new core.DL1CameraContainer({ image: new Float32Array(w.nPixels), peakTime: [], isValid: true }); } }',
      'CameraCalibrator.image_extractor_type',
      /the result\.peakTime is an Array of 0 values; expected a typed array/,
    ],
    [
      'a data volume reducer',
      'class Odd extends DataVolumeReducer { reduce() { return null; } }',
      'CameraCalibrator.data_volume_reducer_type',
      /the mask is null; expected a Uint8Array/,
    ],
    [
      'a gain selector',
      'class Odd extends GainSelector { select() { return [0]; } }',
      'ToyModelEventSource.gain_selector_type',
      /the gain channel per pixel is an Array of 1 values; expected an Int8Array of \d+ values/,
    ],
  ];
  for (const [kind, code, option, message] of cases) {
    it(`fails for the event, with the run going on: ${kind}`, async () => {
      using folder = new TemporaryFolder();
      const modify = option.includes('modifier') ? ['--ImageProcessor.apply_image_modifier=true'] : [];
      const source = option.startsWith('Toy') ? ['--EventSource.select_gain=true'] : [];
      const { exitCode, stdout, stderr } = await processWith(folder, code, `--${option}=Odd`, ...modify, ...source);
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.match(/FAILED: Odd of plugin unfinished.* event \d+ of observation \d+, telescope \d+: /);
      expect(stdout).to.match(message);
      for (const table of ['parameters', 'images']) {
        const rows = await rowsOf(folder, `/dl1/event/telescope/${table}/tel_001`);
        expect(rows).to.equal(await rowsOf(folder, '/dl2/event/telescope/impact/HillasReconstructor/tel_001'));
      }
    });
  }

  it('leaves a row for each image of a muon analysis that throws', async () => {
    using folder = new TemporaryFolder();
    const code = "class Odd extends MuonAnalysis { process() { throw new Error('no ring'); } }";
    const args = ['--ProcessorTool.muon_processor_type=Odd', '--write-muon-parameters'];
    const { exitCode, stdout, stderr } = await processWith(folder, code, ...args);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.match(/FAILED: Odd of plugin unfinished, 4 times.*no ring/);
    const rows = await rowsOf(folder, '/dl1/event/telescope/parameters/tel_001');
    expect(await rowsOf(folder, '/dl1/event/telescope/muon/tel_001')).to.equal(rows);
  });
});
