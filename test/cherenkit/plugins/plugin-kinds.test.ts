import { readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { CTAPIPE_PYTHON, ctapipePython } from '../../support/ctapipe-python.js';
import { cherenkit } from '../../support/run-command.js';
import { writePackage } from '../../support/third-party-plugin.js';

/** A component of each kind that plugins can contribute. Each writes its name to a file when it is run. */
const CODE = `
import { appendFileSync } from 'node:fs';
import {
  Container, DataVolumeReducer, DataWriter, definePlugin, DL1CameraContainer, EventSource, field, GainSelector,
  ImageCleaner, ImageExtractor, ImageModifier, ImageParametersContainer, ImageParametrizer, InvalidPixelHandler,
  ReconstructedEnergyContainer, ReconstructedGeometryContainer, ParticleClassificationContainer, Reconstructor, service,
  serviceToken, StereoCombiner, SUBARRAY, TelescopeReconstructedContainer, Tool, trait,
} from '@cherenkit/core';
const seen = new Set();
const note = (component) => {
  if (!seen.has(component.name)) appendFileSync('ran.txt', component.name + '\\n');
  seen.add(component.name);
};
const SIZE = serviceToken('kinds.ArraySize');
class ArraySize { constructor(subarray) { this.nTels = subarray.nTels; } }
class MyGainSelector extends GainSelector { select({ nPixels }) { note(this); return new Int8Array(nPixels); } }
class MyReducer extends DataVolumeReducer { reduce() { note(this); return undefined; } }
class MyExtractor extends ImageExtractor {
  extract(waveforms) {
    note(this);
    const { nPixels, nSamples, samples } = waveforms;
    const image = Float32Array.from({ length: nPixels }, (_, i) => samples.subarray(i * nSamples, (i + 1) * nSamples).reduce((a, b) => a + b, 0));
    return new DL1CameraContainer({ image, peakTime: new Float32Array(nPixels), isValid: true });
  }
}
class MyHandler extends InvalidPixelHandler { handle() { note(this); } }
class MyModifier extends ImageModifier { modify(telId, image) { note(this); return image; } }
class MyCleaner extends ImageCleaner { clean(telId, image) { note(this); return Uint8Array.from(image, (q) => Number(q > 20)); } }
class MyParametrizer extends ImageParametrizer { parametrize() { note(this); return new ImageParametersContainer(); } }
class MyCombiner extends StereoCombiner {
  combine(event, property, prefix) {
    note(this);
    event.dl2.stereo.energy.set(prefix, new ReconstructedEnergyContainer({ energy: 2, isValid: true, telescopes: [...event.dl2.tel.keys()] }));
  }
}
class Fitted extends Container.withFields('', {
  ...ReconstructedGeometryContainer.fields,
  planeWidth: field.float64('Width of the plane that was fitted', { unit: 'deg' }),
}) {}
class MyReconstructor extends Reconstructor.withTraits({
  combinerType: trait.componentName(StereoCombiner, { default: 'MyCombiner', help: 'What combines energies.' }),
}) {
  resultClasses = { GEOMETRY: Fitted, ENERGY: ReconstructedEnergyContainer, PARTICLE_TYPE: ParticleClassificationContainer };
  combiner = this.context.create(StereoCombiner, this.traits.combinerType);
  size = this.context.service(SIZE).nTels;
  reconstruct(event) {
    note(this);
    const { dl2, dl1 } = event;
    for (const telId of dl1.tel.keys()) {
      const tel = dl2.tel.get(telId) ?? new TelescopeReconstructedContainer();
      dl2.tel.set(telId, tel);
      tel.energy.set(this.name, new ReconstructedEnergyContainer({ energy: 1.5, isValid: true }));
      tel.particleType.set(this.name, new ParticleClassificationContainer({ prediction: 0.25, isValid: true }));
    }
    this.combiner.combine(event, 'ENERGY', this.name);
    dl2.stereo.particleType.set(this.name, new ParticleClassificationContainer({ prediction: 0.75, isValid: true }));
    dl2.stereo.geometry.set(this.name, new Fitted({
      alt: Math.PI / 3, az: 0, coreX: 1, coreY: 2, planeWidth: Math.PI / 180, averageIntensity: this.size, isValid: true }));
  }
}
class TextDataWriter extends DataWriter {
  async open() { note(this); this.lines = []; }
  async write(event) { this.lines.push(String(event.index.eventId)); }
  writeRejected() {}
  writeImageStatistics() {}
  writeReconstructorStatistics() {}
  async finish() { (await import('node:fs')).writeFileSync(this.traits.outputPath, this.lines.join('\\n')); }
  async [Symbol.asyncDispose]() {}
}
class CountEventsTool extends Tool.withTraits({
  every: trait.integer({ default: 1, minimum: 1, help: 'Count each n-th event only.' }),
  outputPath: trait.path({ default: 'count.txt', help: 'The file to write.' }),
}) {
  static help = 'Counts events.';
  static children = [EventSource];
  async run(source) {
    note(this);
    let count = 0;
    for await (const event of source) if (event.count % this.traits.every === 0) count += 1;
    appendFileSync(this.traits.outputPath, count + ' events, ' + this.context.subarray.nTels + ' telescopes');
  }
}
class GreetTool extends Tool.withTraits({ name_: trait.string({ help: 'Whom to greet.' }) }) {
  async run() { appendFileSync('greeting.txt', 'hello ' + this.traits.name_); }
}
export default definePlugin({
  name: 'kinds', apiVersion: 1,
  components: [
    MyGainSelector, MyReducer, MyExtractor, MyHandler, MyModifier, MyCleaner, MyParametrizer, MyCombiner, MyReconstructor, TextDataWriter,
    CountEventsTool, GreetTool,
  ],
  services: [service(SIZE, [SUBARRAY], ArraySize)],
});
`.replaceAll('name_', 'who');

describe('components contributed by a plugin', () => {
  let folder: TemporaryFolder;

  beforeEach(async () => {
    folder = new TemporaryFolder();
    await writePackage(folder.join('kinds'), { packageName: 'kinds', code: CODE });
  });

  afterEach(() => folder[Symbol.dispose]());

  const ran = (): string[] => readFileSync(folder.join('ran.txt'), 'utf8').trim().split('\n').sort();

  it('run in process, from the data volume reducer to the reconstructor with its service and combiner', async () => {
    const settings = [
      'CameraCalibrator.data_volume_reducer_type=MyReducer',
      'CameraCalibrator.image_extractor_type=MyExtractor',
      'ImageProcessor.image_modifier_type=MyModifier',
      'ImageProcessor.apply_image_modifier=true',
      'ImageProcessor.image_parametrizer_type=MyParametrizer',
    ].flatMap((setting) => ['--set', setting]);
    const args = ['-i', 'toymodel:', '-m', '2', '-o', 'out.h5', '--plugin', './kinds', '--write-showers'];
    const chosen = ['--image-cleaner-type', 'MyCleaner', '--reconstructor', 'MyReconstructor'];
    const { exitCode, stderr, stdout } = await cherenkit(['process', ...args, ...chosen, ...settings], folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include('MyReconstructor: 2 of 2 events reconstructed');
    expect(ran()).to.deep.equal(
      ['MyCleaner', 'MyCombiner', 'MyExtractor', 'MyModifier', 'MyParametrizer', 'MyReconstructor', 'MyReducer'].sort(),
    );
    await readWithCtapipe(folder);
  });

  it('run on real files: a gain selector and a handler of invalid pixels', async function () {
    skipWithoutTestData.call(this);
    const settings = [
      'SimTelEventSource.gain_selector_type=MyGainSelector',
      'CameraCalibrator.invalid_pixel_handler_type=MyHandler',
    ].flatMap((setting) => ['--set', setting]);
    const file = inTestData('data', 'proton_north_alpha_700.simtel.zst');
    const args = ['process', '-i', file, '-m', '1', '-o', 'out.h5', '--plugin', './kinds', ...settings];
    const { exitCode, stderr } = await cherenkit(args, folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(ran()).to.deep.equal(['MyGainSelector', 'MyHandler']);
  });

  it('include data writers, selected by a configuration', async () => {
    writeFileSync(
      folder.join('mine.yaml'),
      'plugins: [./kinds]\nProcessorTool: { data_writer_type: TextDataWriter }\n',
    );
    const { exitCode, stderr } = await cherenkit(
      ['process', '-i', 'toymodel:', '-m', '2', '-c', 'mine.yaml', '-o', 'events.txt'],
      folder.path,
    );
    expect(exitCode, stderr).to.equal(0);
    expect(readFileSync(folder.join('events.txt'), 'utf8')).to.equal('1\n2');
    expect(ran()).to.deep.equal(['TextDataWriter']);
  });

  it('include tools, which become commands with flags, help, configurations and an input', async () => {
    const plugin = ['--plugin', './kinds'];
    const help = await cherenkit(['count-events', '--help', ...plugin], folder.path);
    expect(help.stdout)
      .to.match(/--every=N +Count each n-th event only\. \[default: 1\]/)
      .and.include('-i, --input=PATH');
    const input = ['-i', 'toymodel:', '-m', '4', ...plugin];
    const counted = await cherenkit(['count-events', ...input, '--every', '2', '-o', 'mine.txt'], folder.path);
    expect(counted.exitCode, counted.stderr).to.equal(0);
    expect(readFileSync(folder.join('mine.txt'), 'utf8')).to.match(/^2 events, \d+ telescopes$/);
    writeFileSync(folder.join('mine.yaml'), 'plugins: [./kinds]\nCountEventsTool: { every: 4 }\n');
    await cherenkit(['count-events', ...input, '-c', 'mine.yaml'], folder.path);
    expect(readFileSync(folder.join('count.txt'), 'utf8')).to.match(/^1 events/);
    expect((await cherenkit(['--help'], folder.join('kinds'))).stdout).to.match(
      /^ {2}count-events +Counts events\. \(kinds\)$/m,
    );
    const greeted = await cherenkit(['greet', '--who', 'Ann', ...plugin], folder.path);
    expect(greeted.exitCode, greeted.stderr).to.equal(0);
    expect(readFileSync(folder.join('greeting.txt'), 'utf8')).to.equal('hello Ann');
    const wrong = await cherenkit(['count-events', ...input, '--every', 'x'], folder.path);
    expect(wrong.exitCode).to.equal(2);
    expect(wrong.stderr).to.include('--every').and.include('CountEventsTool.every');
    expect((await cherenkit(['count-events', ...input, '--evry', '2'], folder.path)).stderr).to.include(
      'did you mean "--every"',
    );
    expect((await cherenkit(['count-events'], folder.path)).stderr).to.equal(
      'error[COMMAND_UNKNOWN]: There is no command "count-events"; cherenkit --help lists the commands.\n',
    );
  });
});

/** Checks that ctapipe reads all columns of the results, also the additional one, with units and descriptions. */
async function readWithCtapipe({ path }: TemporaryFolder): Promise<void> {
  if (CTAPIPE_PYTHON === undefined) return;
  const script = `
from ctapipe.io import read_table, TableLoader
table = read_table('out.h5', '/dl2/event/subarray/geometry/MyReconstructor')
column = table['MyReconstructor_plane_width']
assert column.unit == 'deg' and abs(column[0] - 1) < 1e-12, column
assert column.description == 'Width of the plane that was fitted', column.description
assert abs(table['MyReconstructor_alt'].quantity[0].to_value('deg') - 60) < 1e-9
with TableLoader('out.h5') as loader:
    events = loader.read_subarray_events()
    assert list(events['MyReconstructor_energy']) == [2, 2] and events['MyReconstructor_energy'].unit == 'TeV'
    assert list(events['MyReconstructor_prediction']) == [0.75, 0.75]
    telescopes = loader.read_telescope_events()
    assert set(telescopes['MyReconstructor_tel_energy']) == {1.5}
    assert set(telescopes['MyReconstructor_tel_prediction']) == {0.25}
`;
  await ctapipePython(['-c', script], { cwd: path });
}

/** The code of an event source with these `recognises` rules. It writes to stderr when it is imported. */
function sourceCode(plugin: string, className: string, recognises: string): string {
  return `
import { definePlugin, EventSource } from '@cherenkit/core';
process.stderr.write('imported ${plugin}\\n');
class ${className} extends EventSource {
  static recognises = ${recognises};
  isSimulation = false; dataLevels = []; observationBlocks = new Map(); schedulingBlocks = new Map(); simulationConfig = new Map();
  async open() { throw new Error('${className} opened it'); }
  async *[Symbol.asyncIterator]() {}
  async [Symbol.asyncDispose]() {}
}
export default definePlugin({ name: '${plugin}', apiVersion: 1, components: [${className}] });
`;
}

describe('event sources of plugins', () => {
  it('are selected by magic bytes, extension or scheme, and only the selected one is imported', async () => {
    using folder = new TemporaryFolder();
    const sources = {
      bytes: "[{ magic: '41424344' }]",
      name: "[{ extension: '.cam' }]",
      scheme: "[{ scheme: 'cam' }]",
    };
    for (const [name, recognises] of Object.entries(sources)) {
      const code = sourceCode(name, `By${name[0]?.toUpperCase()}${name.slice(1)}`, recognises);
      await writePackage(folder.join(name), { packageName: name, code });
    }
    const plugins = Object.keys(sources).flatMap((name) => ['--plugin', `./${name}`]);
    writeFileSync(folder.join('a.dat'), 'ABCDEFGH');
    writeFileSync(folder.join('b.cam'), 'other bytes');
    writeFileSync(folder.join('both.cam'), 'ABCDEFGH');
    for (const [url, name, className] of [
      ['a.dat', 'bytes', 'ByBytes'],
      ['b.cam', 'name', 'ByName'],
      ['cam://host/1', 'scheme', 'ByScheme'],
    ]) {
      const { stderr } = await cherenkit(['process', '-i', url ?? '', '-o', 'out.h5', ...plugins], folder.path);
      const imports = [...stderr.matchAll(/^imported (\w+)$/gm)]
        .map(([, plugin]) => plugin)
        .filter((plugin, index, all) => all.indexOf(plugin) === index);
      // Writing the packages imported the modules in this process, not in that of the command.
      expect(imports).to.deep.equal([name]);
      expect(stderr).to.include(`${className} opened it`);
    }
    const both = await cherenkit(['process', '-i', 'both.cam', '-o', 'out.h5', ...plugins], folder.path);
    expect(both.exitCode).to.equal(2);
    expect(both.stderr).to.match(
      /^error\[INPUT_AMBIGUOUS\]: .*both\.cam: ByBytes of plugin bytes and ByName of plugin name/,
    );
    const chosen = ['--ProcessorTool.event_source_type=ByName'];
    expect(
      (await cherenkit(['process', '-i', 'both.cam', '-o', 'out.h5', ...plugins, ...chosen], folder.path)).stderr,
    ).to.include('ByName opened it');
  });
});
