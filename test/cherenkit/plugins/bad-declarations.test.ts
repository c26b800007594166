import { expect } from 'chai';
import { TemporaryFolder } from '@cherenkit/testing';
import { writeFileSync } from 'node:fs';
import { cherenkit } from '../../support/run-command.js';
import { writePackage } from '../../support/third-party-plugin.js';

const cleaner = (members: string, traits = ''): string => `
import { definePlugin, ImageCleaner, service, serviceToken, trait } from '@cherenkit/core';
class OddCleaner extends ImageCleaner.withTraits({ ${traits} }) {
  static help = 'A cleaner.';
  ${members}
}
export default definePlugin({ name: 'odd', apiVersion: 1, components: [OddCleaner] });`;

const CLEAN = 'clean(telId, image) { return new Uint8Array(image.length); }';
const RUN = ['process', '-o', 'out.h5', '-i', 'absent.simtel.zst', '--plugin', './odd'];
const CHOICE = 'ImageProcessor: { image_cleaner_type: OddCleaner }\n';

/** Exit code and messages of each command for a plugin in the folder `odd` whose cleaner is used by `mine.yaml`. */
async function outcomes(
  folder: TemporaryFolder,
): Promise<Record<string, readonly [exitCode: number | null, text: string]>> {
  writeFileSync(folder.join('mine.yaml'), CHOICE);
  const commands = {
    manifest: ['plugins', 'manifest', 'odd'],
    doctor: ['plugins', 'doctor', '--plugin', './odd'],
    check: ['config', 'check', 'mine.yaml', '--plugin', './odd'],
    process: [...RUN, '-c', 'mine.yaml'],
  };
  const found: Record<string, readonly [number | null, string]> = {};
  for (const [name, args] of Object.entries(commands)) {
    const { exitCode, stdout, stderr } = await cherenkit(args, folder.path);
    found[name] = [exitCode, stdout + stderr];
  }
  return found;
}

describe('an invalid declaration of a plugin', () => {
  it('is found by plugins manifest, plugins doctor, config check and process: a default outside the limits of its trait', async () => {
    using folder = new TemporaryFolder();
    const code = cleaner(CLEAN, `least: trait.number({ default: 5, maximum: 3, unit: 'pe', help: 'A charge.' })`);
    await writePackage(folder.join('odd'), { packageName: 'odd', code });
    const all = await outcomes(folder);
    for (const [command, [exitCode, text]] of Object.entries(all)) {
      expect(text, command).to.include('components.OddCleaner.traits.least.default is 5; expected at most 3 pe');
      expect(exitCode, `${command}: ${text}`).to.equal(2);
    }
  });

  it('is found before the input is opened, by name: a required trait without a value', async () => {
    for (const declared of ['trait.number({', 'trait.perTelescope(trait.number({']) {
      using folder = new TemporaryFolder();
      const end = declared.includes('perTelescope') ? ')' : '';
      const code = cleaner(CLEAN, `least: ${declared} help: 'A charge.' })${end}`);
      await writePackage(folder.join('odd'), { packageName: 'odd', code });
      const { manifest, doctor, check, process } = await outcomes(folder);
      expect([manifest[0], doctor[0], check[0], process[0]]).to.deep.equal([0, 0, 2, 2]);
      for (const [, text] of [check, process]) {
        expect(text).to.include('ProcessorTool.ImageProcessor.OddCleaner.least: a value is required');
      }
      const value = '--OddCleaner.least=5';
      expect((await cherenkit([...RUN, '-c', 'mine.yaml', value], folder.path)).stderr).to.include('INPUT_MISSING');
    }
  });

  it('is found by each command that imports the plugin: a missing method', async () => {
    using folder = new TemporaryFolder();
    const code = cleaner('klean() {}');
    await writePackage(folder.join('odd'), { packageName: 'odd', code, manifestCode: cleaner(CLEAN) });
    const { manifest, doctor } = await outcomes(folder);
    for (const [, text] of [manifest, doctor]) expect(text).to.include('OddCleaner has no method clean');
    const run = ['process', '-o', 'out.h5', '-i', 'toymodel:', '--plugin', './odd', '-c', 'mine.yaml'];
    expect((await cherenkit(run, folder.path)).stderr).to.include('OddCleaner has no method clean');
  });

  it('is found by config check and process, for a single file: a missing method, the name of a trait, a default', async () => {
    const cases = [
      ['static traits = {}; klean() {}', 'OddCleaner has no method clean, which ImageCleaner requires'],
      [
        `static traits = { 'min-size': trait.number({ default: 1, help: 'A size.' }) }; ${CLEAN}`,
        'the name of the trait min-size is not in camelCase; expected minSize',
      ],
      [
        `static traits = { size: trait.integer({ default: 1.5, help: 'A size.' }) }; ${CLEAN}`,
        'components.OddCleaner.traits.size.default is 1.5; expected an integer',
      ],
    ];
    for (const [members = '', message = ''] of cases) {
      using folder = new TemporaryFolder();
      await writePackage(folder.join('other'), { packageName: 'other', code: cleaner(CLEAN) });
      const code = cleaner(members).replace(/export default.*/, 'export default OddCleaner;');
      writeFileSync(folder.join('other/odd.js'), code);
      writeFileSync(folder.join('mine.yaml'), CHOICE);
      const plugin = ['--plugin', './other/odd.js'];
      for (const args of [['config', 'check', 'mine.yaml'], RUN.slice(0, -2), ['plugins', 'doctor']]) {
        const { exitCode, stdout, stderr } = await cherenkit([...args, ...plugin], folder.path);
        expect(stdout + stderr, args.join(' ')).to.include(message);
        expect(exitCode).to.equal(2);
      }
    }
  });
});

describe('a base class that no plugin declares', () => {
  it('makes the plugin unusable, with the name of the class', async () => {
    using folder = new TemporaryFolder();
    const code = `
import { definePlugin, ImageCleaner, trait } from '@cherenkit/core';
class Base extends ImageCleaner.withTraits({ least: trait.number({ default: 1, help: 'A charge.' }) }) { ${CLEAN} }
class OddCleaner extends Base { static help = 'A cleaner.'; }
export default definePlugin({ name: 'odd', apiVersion: 1, components: [OddCleaner] });`;
    await writePackage(folder.join('odd'), { packageName: 'odd', code });
    const { doctor, check, process } = await outcomes(folder);
    for (const found of [doctor, check, process]) {
      expect(found[1]).to.include('OddCleaner extends Base, which no installed plugin declares; list Base among');
      expect(found[0]).to.equal(2);
    }
    const listed = code.replace('components:', 'bases: [Base], components:');
    await writePackage(folder.join('listed'), { packageName: 'odd', code: listed });
    const args = ['config', 'check', 'mine.yaml', '--plugin', './listed', '--OddCleaner.least=3'];
    expect((await cherenkit(args, folder.path)).exitCode).to.equal(0);
  });
});

describe('services of several plugins that need each other', () => {
  const plugin = (name: string, needed: string, kind: string, method: string): string => `
import { definePlugin, ${kind}, service, serviceToken } from '@cherenkit/core';
class ${name}${kind} extends ${kind} {
  static help = 'For the test.';
  constructor(context) { super(context); context.service(serviceToken('${name}.Sum')); }
  ${method}
}
class Sum { constructor(other) {} }
export default definePlugin({ name: '${name.toLowerCase()}', apiVersion: 1, components: [${name}${kind}],
  services: [service(serviceToken('${name}.Sum'), [serviceToken('${needed}.Sum')], Sum)] });`;

  async function writeBoth(folder: TemporaryFolder, needed = 'One'): Promise<void> {
    await writePackage(folder.join('one'), { packageName: 'one', code: plugin('One', 'Two', 'ImageCleaner', CLEAN) });
    const code = plugin('Two', needed, 'Reconstructor', 'reconstruct() {}');
    await writePackage(folder.join('two'), { packageName: 'two', code });
    writeFileSync(
      folder.join('mine.yaml'),
      'ImageProcessor: { image_cleaner_type: OneImageCleaner }\nShowerProcessor: { reconstructor_types: [TwoReconstructor] }\n' +
        'DataWriter: { write_dl2: true }\n',
    );
  }

  const plugins = ['--plugin', './one', '--plugin', './two'];

  it('are reported with the whole circle and the plugins, before the input is opened', async () => {
    using folder = new TemporaryFolder();
    await writeBoth(folder);
    const message =
      'services of plugins one and two need each other, so that none can be created first: One.Sum -> Two.Sum -> One.Sum';
    const commands = [
      ['plugins', 'doctor'],
      ['config', 'check', 'mine.yaml'],
      ['process', '-i', 'absent.simtel.zst', '-o', 'out.h5', '-c', 'mine.yaml'],
    ];
    for (const args of commands) {
      const { exitCode, stdout, stderr } = await cherenkit([...args, ...plugins], folder.path);
      expect(stdout + stderr).to.include(message);
      expect(stdout + stderr).not.to.match(/inversify|^ +at /im);
      expect(exitCode).to.equal(2);
    }
    writeFileSync(folder.join('mine.yaml'), '{}');
    expect((await cherenkit(['config', 'check', 'mine.yaml', ...plugins], folder.path)).exitCode).to.equal(0);
  });

  it('are reported as missing, if no plugin of the run provides one', async () => {
    using folder = new TemporaryFolder();
    await writeBoth(folder, 'Three');
    const { exitCode, stderr } = await cherenkit(
      ['process', '-i', 'toymodel:?events=1', '-o', 'out.h5', '-c', 'mine.yaml', ...plugins],
      folder.path,
    );
    expect(stderr).to.include(
      'error[SERVICE_MISSING]: There is no service Three.Sum, which the service Two.Sum needs: no plugin provides it.',
    );
    expect(exitCode).to.equal(70);
  });
});
