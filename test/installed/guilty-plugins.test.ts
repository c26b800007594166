import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFile } from '@cherenkit/io';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import { expect } from 'chai';
import {
  describeInstalled,
  installedCherenkit,
  installedProgram,
  run,
  runChecked,
} from '../support/packed-packages.js';

const IMPORTS = `
import * as core from '@cherenkit/core';
import { HDF5DataWriter } from '@cherenkit/plugin-hdf5';
const { Container, DataVolumeReducer, definePlugin, DL1CameraContainer, EventSource, field, GainSelector, ImageCleaner } = core;
const { ImageExtractor, ImageModifier, ImageParametrizer, ReconstructedGeometryContainer, Reconstructor, service, serviceToken } = core;
`;

const PREAMBLE = `${IMPORTS}
class Own extends Container.withFields('', ReconstructedGeometryContainer.fields, {
  label: field.string('Label', ''), steps: field.float64Array('Steps') }) {}
const set = (self, event, values, Type = ReconstructedGeometryContainer) =>
  event.dl2.stereo.geometry.set(self.name, new Type({ alt: 1.2, az: 0.1, coreX: 1, coreY: 2, isValid: true, ...values }));
class Wrapped extends EventSource {
  async open() { this.source = await this.context.service(core.EVENT_SOURCE_OPENER).open('toymodel:', { maxEvents: 3 }); }
  get run() { return this.source.run; }
  async *[Symbol.asyncIterator]() { yield* this.source; }
  async [Symbol.asyncDispose]() { await this.source?.[Symbol.asyncDispose](); }
}
`;

interface Guilt {
  /** Class declaration; for a reconstructor the body of \`reconstruct\`, which is guilty for the second event. */
  readonly code: string;
  readonly args?: readonly string[];
  readonly input?: string;
  /** Default: 0. */
  readonly exitCode?: number;
  readonly message: RegExp;
}

const PLACE = /of plugin guilty, once, for event \d+ of observation \d+: /.source;
const fit = (body: string, message: RegExp): Guilt => ({ code: body, message: new RegExp(PLACE + message.source) });
const second = (body: string, message: RegExp): Guilt =>
  fit(`set(this, event); if (event.count === 1) { ${body} }`, message);
const cameraPlace = /of plugin guilty, \d+ times; first for event \d+ of observation \d+, telescope \d+: /.source;
const camera = (code: string, option: string, message: RegExp, ...args: readonly string[]): Guilt => ({
  code,
  args: [option, ...args],
  message: new RegExp(cameraPlace + message.source),
});

/** Classes by name; the option that selects a component ends with its name. */
const GUILTY: Readonly<Record<string, Guilt>> = {
  Throws: second("throw new Error('no template');", /no template/),
  ThrowsText: second("throw 'no template';", /no template/),
  ThrowsUndefined: second('throw undefined;', /undefined was thrown/),
  ThrowsObject: second('throw Object.create(null);', /an object was thrown/),
  Recursion: second('this.reconstruct(event);', /Maximum call stack size exceeded/),
  SetsNothing: fit('if (event.count !== 1) set(this, event);', /no result was set/),
  Plain: second('event.dl2.stereo.geometry.set(this.name, { alt: 1 });', /the geometry is a plain object; expected a /),
  Misspells: second(
    'event.dl2.stereo.geometry.set(this.name, new ReconstructedGeometryContainer({ alt: 1.2, az: 0.1, core_x: 1 }));',
    /the geometry has no field core_x; did you mean coreX\?/,
  ),
  Text: second("set(this, event, { alt: '1' });", /the geometry\.alt is a string; expected a number/),
  NaNValid: second('set(this, event, { alt: NaN });', /the result is valid, but alt is NaN/),
  OddTelescopes: second("set(this, event, { telescopes: ['a'] });", /the geometry\.telescopes is .*expected a list/),
  GrowsText: fit(
    "set(this, event, { label: 'x'.repeat(event.count === 1 ? 90 : 9), steps: new Float64Array(2) }, Own);",
    /the geometry\.label is a text of 90 bytes; expected a text of at most 64 bytes/,
  ),
  GrowsArray: fit(
    'set(this, event, { steps: new Float64Array(event.count === 1 ? 9 : 2) }, Own);',
    /the geometry\.steps has 9 values; expected 2/,
  ),
  ChangesIndex: second('event.index.eventId = 7;', /event\.index\.eventId was changed, although it is an input/),
  RemovesImages: second('event.dl1 = undefined;', /event\.dl1 was changed/),
  RemovesResults: second('event.dl2.stereo = undefined;', /event\.dl2\.stereo was changed/),
  PlainTelescope: {
    code: 'set(this, event); if (event.count === 1) event.dl2.tel.set(1, {});',
    message:
      /of plugin guilty, once, for event \d+ of observation \d+, telescope 1: dl2\.tel has a plain object; expected a Tel/,
  },
  Asynchronous: {
    code: 'set(this, event); return Promise.resolve();',
    exitCode: 70,
    message: /error\[COMPONENT_ASYNCHRONOUS\]: Asynchronous of plugin guilty returned a promise/,
  },
  Late: {
    code: "set(this, event); setTimeout(() => { throw new Error('late'); }, 0);",
    exitCode: 70,
    message: /Error: late[^]*This is a bug in plugin guilty \(1\.0\.0, /,
  },
  Exits: {
    code: 'process.exit(0);',
    exitCode: 70,
    message: /error\[RUN_NOT_FINISHED\]: .* The plugin guilty \(1\.0\.0, .*\) called process\.exit\(0\)/,
  },
  Constructor: {
    code: 'class Constructor extends Reconstructor { constructor(context) { super(context); throw undefined; } reconstruct() {} }',
    args: ['--reconstructor'],
    exitCode: 70,
    message: /error\[COMPONENT_FAILED\]: Constructor of plugin guilty failed: undefined was thrown/,
  },
  ShortMask: camera(
    'class ShortMask extends ImageCleaner { clean() { return new Uint8Array(3); } }',
    '--image-cleaner-type',
    /the mask is a Uint8Array of 3 values; expected a Uint8Array of \d+ values/,
  ),
  ListMask: camera(
    'class ListMask extends ImageCleaner { clean(telId, image) { return [...image].map(() => true); } }',
    '--image-cleaner-type',
    /the mask is an Array of \d+ values; expected a Uint8Array/,
  ),
  OddMask: camera(
    'class OddMask extends ImageCleaner { clean(telId, image) { return new Uint8Array(image.length).fill(7); } }',
    '--image-cleaner-type',
    /the mask of pixel 0 is 7; expected 0 or 1/,
  ),
  NoMask: camera(
    'class NoMask extends ImageCleaner { clean() {} }',
    '--image-cleaner-type',
    /the mask is undefined; expected a Uint8Array/,
  ),
  NoImage: camera(
    'class NoImage extends ImageExtractor { extract() {} }',
    '--CameraCalibrator.image_extractor_type',
    /the result is undefined; expected a DL1CameraContainer/,
  ),
  PlainParameters: camera(
    'class PlainParameters extends ImageParametrizer { parametrize() { return { hillas: {} }; } }',
    '--ImageProcessor.image_parametrizer_type',
    /the result is a plain object; expected an ImageParametersContainer/,
  ),
  NoModified: camera(
    'class NoModified extends ImageModifier { modify() {} }',
    '--ImageProcessor.image_modifier_type',
    /the image is undefined; expected a Float32Array/,
    '--ImageProcessor.apply_image_modifier=true',
  ),
  OddGain: camera(
    'class OddGain extends GainSelector { select({ nPixels }) { return new Int8Array(nPixels).fill(5); } }',
    '--EventSource.gain_selector_type',
    /the gain channel of pixel 0 is 5; expected 0 to 1/,
  ),
  ShortReduced: camera(
    'class ShortReduced extends DataVolumeReducer { reduce() { return new Uint8Array(1); } }',
    '--CameraCalibrator.data_volume_reducer_type',
    /the mask is a Uint8Array of 1 values/,
  ),
  FailsInFinish: {
    code: "class FailsInFinish extends HDF5DataWriter { async finish() { throw new Error('no end'); } }",
    args: ['--ProcessorTool.data_writer_type'],
    exitCode: 70,
    message: /Error: no end[^]*This is a bug in plugin guilty \(1\.0\.0, /,
  },
  FailsInDispose: {
    code: "class FailsInDispose extends HDF5DataWriter { async [Symbol.asyncDispose]() { await super[Symbol.asyncDispose](); throw new Error('cannot close'); } }",
    args: ['--ProcessorTool.data_writer_type'],
    exitCode: 70,
    message: /Error: cannot close[^]*This is a bug in plugin guilty \(1\.0\.0, /,
  },
  WritesUndefined: {
    code: 'class WritesUndefined extends HDF5DataWriter { async write() { throw undefined; } }',
    args: ['--ProcessorTool.data_writer_type'],
    exitCode: 70,
    message: /error\[COMPONENT_FAILED\]: WritesUndefined of plugin guilty failed: undefined was thrown/,
  },
  YieldsPlain: {
    code: "class YieldsPlain extends Wrapped { static recognises = [{ scheme: 'plain' }]; async *[Symbol.asyncIterator]() { yield { index: {} }; } }",
    input: 'plain:',
    exitCode: 70,
    message: /YieldsPlain of plugin guilty.* yielded a plain object; expected an ArrayEvent/,
  },
  ThrowsInSource: {
    code: "class ThrowsInSource extends Wrapped { static recognises = [{ scheme: 'throws' }]; async *[Symbol.asyncIterator]() { throw 'out of events'; } }",
    input: 'throws:',
    exitCode: 70,
    message: /error\[COMPONENT_FAILED\]: ThrowsInSource of plugin guilty failed: out of events/,
  },
  FailsInSourceDispose: {
    code: "class FailsInSourceDispose extends Wrapped { static recognises = [{ scheme: 'dispose' }]; async [Symbol.asyncDispose]() { await super[Symbol.asyncDispose](); throw new Error('cannot close'); } }",
    input: 'dispose:',
    exitCode: 70,
    message: /Error: cannot close[^]*This is a bug in plugin guilty/,
  },
};

const classOf = ([name, { code }]: [string, Guilt]): string =>
  code.startsWith('class ') ? code : `class ${name} extends Reconstructor { reconstruct(event) { ${code} } }`;

function writePlugin(folder: string, code: string, manifest?: object): string {
  mkdirSync(folder, { recursive: true });
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const cherenkit = { apiVersion: '^1.0', manifest: './cherenkit-manifest.json' };
  const content = { name, version: '1.0.0', type: 'module', exports: './index.js', cherenkit };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(content));
  writeFileSync(join(folder, 'index.js'), code);
  if (manifest) writeFileSync(join(folder, 'cherenkit-manifest.json'), JSON.stringify(manifest));
  return folder;
}

async function eventIds(file: string, table: string): Promise<number[]> {
  await using opened = await openFile(file);
  const { event_id: ids } = await (await (await Hdf5Reader.open(opened)).table(table)).read(['event_id']);
  return Array.from(ids as ArrayLike<number | bigint>, Number);
}

describeInstalled('guilty plugins beside cherenkit installed from its packages', () => {
  let home: string;
  const cherenkit = (...args: string[]): ReturnType<typeof run> => run(installedProgram(home, 'cherenkit'), args, home);
  const common = ['process', '-m', '3', '-o', 'guilty.h5', '--overwrite', '--write-showers'];

  before(() => {
    home = installedCherenkit();
    const names = Object.keys(GUILTY).join(', ');
    const classes = Object.entries(GUILTY).map(classOf).join('\n');
    writePlugin(
      join(home, 'guilty'),
      `${PREAMBLE}${classes}\nexport default definePlugin({ name: 'guilty', apiVersion: 1, bases: [Wrapped], components: [${names}] });`,
    );
    runChecked(installedProgram(home, 'cherenkit'), ['plugins', 'manifest', 'guilty'], home);
  });

  for (const [name, { args = ['--reconstructor'], input, exitCode = 0, message }] of Object.entries(GUILTY)) {
    it(`exit code ${exitCode}: ${name}`, async () => {
      const [option = '', ...others] = args;
      const chosen = input === undefined ? [`${option}=${name}`, ...others] : [];
      const { status, stdout, stderr } = cherenkit(
        ...[...common, '-i', input ?? 'toymodel:', '--plugin', './guilty', ...chosen],
      );
      expect(stdout + stderr).to.match(message);
      expect(stdout + stderr).not.to.include('a bug in cherenkit');
      expect(status, stderr).to.equal(exitCode);
      const leftovers = readdirSync(home).filter((file) => file.startsWith('guilty.h5') && file !== 'guilty.h5');
      expect(leftovers).to.deep.equal([]);
      if (exitCode !== 0) return;
      const file = join(home, 'guilty.h5');
      const trigger = await eventIds(file, '/dl1/event/subarray/trigger');
      expect(trigger).to.have.lengthOf(3);
      const reconstructor = option === '--reconstructor' ? name : 'HillasReconstructor';
      expect(await eventIds(file, `/dl2/event/subarray/geometry/${reconstructor}`)).to.deep.equal(trigger);
    });
  }

  const fixed = 'reconstruct(event) { set(this, event); }';

  it('with its own copy of core works', async () => {
    const code = `${PREAMBLE.replace(/import \{ HDF5.*\n/, '')}
class OwnCore extends Reconstructor { ${fixed} }
export default definePlugin({ name: 'own-core', apiVersion: 1, components: [OwnCore] });`;
    const folder = writePlugin(join(home, 'own-core'), code);
    cpSync(join(home, 'node_modules', '@cherenkit', 'core'), join(folder, 'node_modules', '@cherenkit', 'core'), {
      recursive: true,
    });
    runChecked(installedProgram(home, 'cherenkit'), ['plugins', 'manifest', 'own-core'], home);
    const args = ['-i', 'toymodel:', '--plugin', './own-core', '--reconstructor=OwnCore'];
    const { status, stdout, stderr } = cherenkit(...common, ...args);
    expect(stdout, stderr).to.include('OwnCore: 3 of 3 events reconstructed');
    expect(status).to.equal(0);
    expect(await eventIds(join(home, 'guilty.h5'), '/dl2/event/subarray/geometry/OwnCore')).to.have.lengthOf(3);
    expect(cherenkit('plugins', 'doctor', '--plugin', './own-core').stdout).to.include('it uses a separate copy of');
  });

  it('is refused by name: an asynchronous or a missing method', () => {
    const cases: readonly [name: string, member: string, message: string][] = [
      ['late', 'async reconstruct() {}', 'Plugin late: the method reconstruct of Fit is async'],
      ['lacking', 'rekonstruct() {}', 'Plugin lacking: Fit has no method reconstruct, which Reconstructor requires'],
    ];
    for (const [name, member, message] of cases) {
      const components = { Fit: { kind: 'Reconstructor', extends: 'Reconstructor' } };
      const code = `${IMPORTS}class Fit extends Reconstructor { ${member} }
export default definePlugin({ name: '${name}', apiVersion: 1, components: [Fit] });`;
      writePlugin(join(home, name), code, { name, apiVersion: 1, components });
      const { status, stderr } = cherenkit(
        ...[...common, '-i', 'toymodel:', '--plugin', `./${name}`, '--reconstructor=Fit'],
      );
      expect(stderr).to.include(message);
      expect(status).to.equal(70);
    }
  });

  it('is refused before the input is opened: services of two plugins that need each other', () => {
    for (const [name, needed] of [
      ['one', 'two'],
      ['two', 'one'],
    ]) {
      const code = `${IMPORTS}class Fit${name} extends Reconstructor { reconstruct() {} }
class Sum { constructor(needed) {} }
export default definePlugin({ name: '${name}', apiVersion: 1, components: [Fit${name}],
  services: [service(serviceToken('${name}.Sum'), [serviceToken('${needed}.Sum')], Sum)] });`;
      writePlugin(join(home, name), code);
      runChecked(installedProgram(home, 'cherenkit'), ['plugins', 'manifest', name], home);
    }
    const args = ['--plugin', './one', '--plugin', './two', '--reconstructor=Fitone', '--reconstructor=Fittwo'];
    const { status, stderr } = cherenkit(...common, '-i', 'absent.zst', ...args);
    expect(stderr).to.match(
      /^error\[SERVICE_CIRCULAR\]: The services of plugins one and two .*one\.Sum -> two\.Sum -> one\.Sum/,
    );
    expect(status).to.equal(2);
    expect(readFileSync(join(home, 'package.json'), 'utf8')).not.to.include('guilty'); // nothing was installed
  });
});
