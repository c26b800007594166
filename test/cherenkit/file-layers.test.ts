import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { configurationLayers, objectLayer, prepareRun } from 'cherenkit';
import { expect } from 'chai';
import { COMMAND, cherenkit, type Outcome } from '../support/run-command.js';

function folderWith(files: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = new TemporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(folder.join(name)), { recursive: true });
    writeFileSync(folder.join(name), text);
  }
  return folder;
}

const cleaner = (traits: string, include = ''): string => `${include}\nTailcutsImageCleaner: { ${traits} }\n`;

/** Lines with an origin of `config show`. */
function originsIn({ stdout }: Outcome): string[] {
  return stdout.split('\n').flatMap((line) => /^ +(\w+: .* # .*)$/.exec(line)?.[1] ?? []);
}

/** Runs the command with text on standard input. */
function withInput(args: readonly string[], input: string, cwd: string): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd, input, encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}

describe('files that a configuration includes', function () {
  this.timeout(60_000);

  it('are relative to the including file, which takes precedence', async () => {
    using folder = folderWith({
      'mine.yaml': cleaner('picture_threshold_pe: 9', 'include: site/all.yaml'),
      'site/all.yaml': cleaner(
        'boundary_threshold_pe: 4, picture_threshold_pe: 8',
        'include: [source.toml, ../other.json]',
      ),
      'site/source.toml': '[EventSource]\nmax_events = 3\n',
      'other.json': '{"EventSource": {"max_events": 4}}',
    });
    expect(originsIn(await cherenkit(['config', 'show', '-c', 'mine.yaml'], folder.path))).to.deep.equal([
      'max_events: 4 # other.json:1:32',
      'picture_threshold_pe: 9 # mine.yaml:2:47',
      'boundary_threshold_pe: 4 # site/all.yaml:2:48',
    ]);
    const layers = await configurationLayers(folder.join('mine.yaml'));
    expect(layers.map(({ file }) => file)).to.deep.equal(
      ['site/source.toml', 'other.json', 'site/all.yaml', 'mine.yaml'].map((name) => folder.join(name)),
    );
  });

  it('are read once, and refused in a circle, also through symbolic links', async () => {
    using folder = folderWith({
      'mine.yaml': 'include: [left.yaml, right.yaml]',
      'left.yaml': 'include: base.yaml',
      'right.yaml': 'include: [base.yaml, link.yaml]',
      'base.yaml': '',
    });
    symlinkSync('mine.yaml', folder.join('link.yaml'));
    const { exitCode, stderr } = await cherenkit(['config', 'check', 'mine.yaml'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include(
      'right.yaml:1:22: error: include: "link.yaml" includes itself: "mine.yaml" -> "right.yaml" -> "mine.yaml"',
    );
    const layers = await configurationLayers(folder.join('mine.yaml'));
    expect(layers.map(({ file = '' }) => file.slice(folder.path.length + 1))).to.deep.equal([
      'base.yaml',
      'left.yaml',
      'right.yaml',
      'mine.yaml',
    ]);
  });

  it('report what is wrong with them, and in them, all at once', async () => {
    using folder = folderWith({
      'mine.yaml': 'include:\n  - none.yaml\n  - a.py\n  - /dev/zero\n  - typo.yaml\n',
      'typo.yaml': 'TailcutsImageCleaner: { picture_treshold_pe: 8 }\ninclude: 5\n',
      'a.py': '',
    });
    const { exitCode, stderr } = await cherenkit(['config', 'check', 'mine.yaml'], folder.path);
    expect(exitCode).to.equal(2);
    for (const line of [
      /^mine\.yaml:2:5: error: include: cannot read "none\.yaml": there is no such file/m,
      /^mine\.yaml:3:5: error: include: "a\.py": expected a configuration file ending in/m,
      /^mine\.yaml:4:5: error: include: "\/dev\/zero" is not a regular file$/m,
      /^typo\.yaml:1:25: error: TailcutsImageCleaner has no trait.*"picture_threshold_pe"/m,
      /^typo\.yaml:2:10: error: include: expected a path or a list of paths$/m,
    ]) {
      expect(stderr).to.match(line);
    }
  });

  it('are limited in number and size, and read in linear time', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 900 }, (_, i) => [`${i}.yaml`, `include: [${i + 1}.yaml, ${i + 1}.yaml]`]),
    );
    using folder = folderWith({ ...chain, '450.yaml': '', 'many.yaml': `include: [${'0.yaml, '.repeat(2000)}]` });
    const started = process.cpuUsage();
    const layers = await configurationLayers(folder.join('0.yaml'));
    expect(layers).to.have.lengthOf(451);
    expect(layers.flatMap(({ problems }) => problems)).to.deep.equal([]);
    const [problem] = (await configurationLayers(folder.join('many.yaml'))).flatMap(({ problems }) => problems);
    expect(problem.message).to.match(/at most 1000 files|more than 1000 files/);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).to.be.below(5);

    using large = folderWith({ 'large.yaml': 'include: [one.json, two.json]' });
    for (const name of ['one.json', 'two.json']) writeFileSync(large.join(name), `{}${' '.repeat(3 * 1024 * 1024)}`);
    const found = (await configurationLayers(large.join('large.yaml'))).flatMap(({ problems }) => problems);
    expect(found.map(({ message }) => message)).to.match(/two\.json" was not read: the included files have more than/);
  });

  it('are refused in objects', async () => {
    const layers = [objectLayer({ include: 'site.yaml' })];
    const error = await prepareRun({ layers, components: [] }).then(() => undefined, String);
    expect(error).to.include('config.include: error: include: files can be included by configuration files only');
  });
});

describe('a configuration from standard input', function () {
  this.timeout(60_000);

  it('is YAML or JSON, for all commands', () => {
    using folder = folderWith({ 'site.yaml': cleaner('boundary_threshold_pe: 4') });
    const yaml = cleaner('picture_threshold_pe: 9', 'include: site.yaml');
    for (const args of [['-c', '-'], ['-']]) {
      expect(originsIn(withInput(['config', 'show', ...args], yaml, folder.path))).to.deep.equal([
        'picture_threshold_pe: 9 # standard input:2:47',
        'boundary_threshold_pe: 4 # site.yaml:2:48',
      ]);
    }
    const json = '{"TailcutsImageCleaner": {"picture_treshold_pe": 9}}';
    const { exitCode, stderr } = withInput(['config', 'check', '-'], json, folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/^standard input:1:27: error: TailcutsImageCleaner has no trait/m);
    const args = ['process', '-i', 'toymodel:?events=1', '-o', 'out.h5', '-c', '-', '-q'];
    expect(withInput(args, 'DataWriter: { write_dl2: true }', folder.path)).to.deep.equal({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    const shown = withInput(['config', 'show', '-c', 'out.h5'], '', folder.path);
    expect(originsIn(shown).join('\n')).to.include('write_dl2: true # out.h5');
  });

  it('is read once only', () => {
    using folder = folderWith({});
    const { exitCode, stderr } = withInput(['config', 'check', '-', '-'], '', folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('CONFIG_FILE_MISSING');
  });
});
