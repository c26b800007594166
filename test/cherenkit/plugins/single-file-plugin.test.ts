import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { cherenkit, spawnCherenkit } from '../../support/run-command.js';
import { link } from '../../support/third-party-plugin.js';

const CLEANER = `
import { ImageCleaner, trait } from '@cherenkit/core';
export default class MyCleaner extends ImageCleaner.withTraits({
  threshold: trait.number({ default: 5, minimum: 0, unit: 'pe', help: 'Minimum charge.' }),
}) {
  clean(telId, image) { return Uint8Array.from(image, (charge) => Number(charge > this.traits.threshold)); }
}
`;

function folderWith(name: string, code: string): TemporaryFolder {
  const folder = new TemporaryFolder();
  mkdirSync(folder.join('node_modules'));
  link(join(REPOSITORY_ROOT, 'packages', 'core'), folder.join('node_modules/@cherenkit/core'));
  writeFileSync(folder.join(name), code);
  return folder;
}

const RUN = ['process', '-i', 'toymodel:', '-m', '2', '-o', 'out.h5', '--write-images', '--plugin'];

describe('a plugin of a single file', () => {
  it('needs neither package.json nor manifest', async () => {
    using folder = folderWith('my-cleaner.mjs', CLEANER);
    const args = [
      './my-cleaner.mjs',
      '--image-cleaner-type',
      'MyCleaner',
      '--MyCleaner.threshold=7',
      '--write-parameters',
    ];
    const { exitCode, stdout, stderr } = await cherenkit([...RUN, ...args], folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include('2 events');
    const negative = args.map((arg) => arg.replace('=7', '=-1'));
    const refused = await cherenkit([...RUN, ...negative, '--overwrite'], folder.path);
    expect(refused.stderr).to.include('MyCleaner.threshold: expected at least 0 pe, found -1');
    expect(refused.exitCode).to.equal(2);
    writeFileSync(folder.join('mine.yaml'), 'plugins: [./my-cleaner.mjs]\nMyCleaner: { treshold: 3 }\n');
    const checked = await cherenkit(['config', 'check', 'mine.yaml'], folder.path);
    expect(checked.stderr).to.include('did you mean "threshold"?');
    const doctor = await cherenkit(['plugins', 'doctor', '--plugin', './my-cleaner.mjs'], folder.path);
    expect(doctor.exitCode, doctor.stdout).to.equal(0);
  });

  it('that only a configuration lists is ignored with a warning with --no-discovery', async () => {
    using folder = folderWith('my-cleaner.mjs', CLEANER);
    writeFileSync(folder.join('mine.yaml'), 'plugins: [./my-cleaner.mjs]\n');
    const args = ['process', '-i', 'toymodel:', '-m', '2', '-o', 'out.h5', '-c', 'mine.yaml', '--no-discovery'];
    const { exitCode, stderr } = await cherenkit(args, folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(stderr).to.match(
      /WARNING: mine\.yaml:1:11: plugin \S*my-cleaner\.mjs is ignored: --no-discovery excludes plugins that only a configuration names; add --plugin \.\/my-cleaner\.mjs to use it\n$/,
    );
    const checked = await cherenkit(['config', 'check', 'mine.yaml', '--no-discovery'], folder.path);
    expect(checked).to.deep.include({ exitCode: 0, stdout: 'mine.yaml: 1 warning\n' });
    expect(checked.stderr).to.match(/^mine\.yaml:1:11: plugin \S*my-cleaner\.mjs is ignored: /);
    const given = await cherenkit([...args, '--overwrite', '--plugin', './my-cleaner.mjs'], folder.path);
    expect(given).to.deep.include({ exitCode: 0, stderr: '' });
  });

  it('is refused with a remedy if it is TypeScript', async () => {
    using folder = folderWith('my-cleaner.ts', CLEANER);
    const { exitCode, stderr } = await cherenkit([...RUN, './my-cleaner.ts'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('it is TypeScript; compile it (npx tsc)');
  });

  it('is named, once, if it throws after its method has returned', () => {
    for (const code of ["setTimeout(() => { throw new Error('late'); });", "Promise.reject(new Error('late'));"]) {
      using folder = folderWith('my-cleaner.mjs', CLEANER.replace('return Uint8Array', `${code} return Uint8Array`));
      const args = [...RUN, './my-cleaner.mjs', '--image-cleaner-type', 'MyCleaner', '--write-parameters'];
      // A process of its own: the error has no caller.
      const { exitCode, stderr } = spawnCherenkit(args, folder.path);
      expect(exitCode, stderr).to.equal(70);
      expect(stderr.match(/This is a bug in .*/g)).to.have.lengthOf(1);
      expect(stderr).to.match(
        /This is a bug in plugin my-cleaner \(.*my-cleaner\.mjs\); please report it to its authors/,
      );
    }
  });

  it('is refused with a reason if it has no component or cannot be imported', async () => {
    for (const [code, reason] of [
      ['export default 1;', 'it has no plugin or component as default export'],
      ['throw new Error("half written");', 'it cannot be imported: half written'],
      [CLEANER.replace('return Uint8Array', 'return return Uint8Array'), "Unexpected token 'return' (line 6)"],
      [
        CLEANER.replace('clean(', 'klean('),
        'it declares an invalid plugin: Plugin my-cleaner: MyCleaner has no method clean',
      ],
      [
        CLEANER.replace('threshold:', "'my-threshold':"),
        'it declares an invalid plugin: withTraits: the name of the trait',
      ],
      [CLEANER.replace('MyCleaner', ''), 'give the class a name'],
    ] as const) {
      using folder = folderWith('my-cleaner.mjs', code);
      const { exitCode, stderr } = await cherenkit([...RUN, './my-cleaner.mjs'], folder.path);
      expect([exitCode, folder.files.includes('out.h5')]).to.deep.equal([2, false]);
      expect(stderr).to.include('plugin my-cleaner').and.include(reason);
    }
  });

  it('is to be renamed if Node.js takes it for CommonJS', () => {
    using folder = folderWith('my-cleaner.js', CLEANER);
    writeFileSync(folder.join('package.json'), '{ "type": "commonjs" }');
    const { exitCode, stderr } = spawnCherenkit([...RUN, './my-cleaner.js'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/cannot be imported: .* outside a module.*; rename it to my-cleaner\.mjs\n$/);
  });

  it('is named with the exit code if it ends the process', () => {
    const call = CLEANER.replace('return Uint8Array', 'process.exit(3); return Uint8Array');
    for (const [code, exit] of [
      [call, 'process.exit(3)'],
      [call.replace('(3)', '()'), 'process.exit(0)'],
      ['process.exit(1);', 'process.exit(1)'],
    ]) {
      using folder = folderWith('my-cleaner.mjs', code);
      const args = [...RUN, './my-cleaner.mjs', '--image-cleaner-type', 'MyCleaner', '--write-parameters'];
      const { exitCode, stderr } = spawnCherenkit(args, folder.path);
      expect(exitCode).to.equal(70);
      expect(stderr).to.match(
        /^error\[RUN_NOT_FINISHED\]: .*there is no output\. The plugin my-cleaner \(.*my-cleaner\.mjs\) called /,
      );
      expect(stderr).to.include(`called ${exit}; please report it to its authors.\n`);
      expect(folder.files.filter((name) => name.includes('.h5'))).to.deep.equal([]);
    }
  });

  it('is named if its import never ends', () => {
    using folder = folderWith('never.mjs', 'await new Promise(() => {});');
    // In a process of its own, which ends as soon as nothing is left to do.
    const { exitCode, stderr } = spawnCherenkit([...RUN, './never.mjs'], folder.path);
    expect(exitCode).to.equal(70);
    expect(stderr).to.match(
      /^error\[RUN_NOT_FINISHED\]: .*there is no output\. The import of .*never\.mjs never ended\.\n$/,
    );
  });
});
