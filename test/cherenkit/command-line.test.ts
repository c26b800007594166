import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit, spawnCherenkit, type Outcome } from '../support/run-command.js';

describe('the command line', () => {
  /** Runs the program in `bin` in its own process and an empty folder. */
  function inTemporaryFolder(...args: readonly string[]): Outcome {
    using folder = new TemporaryFolder();
    return spawnCherenkit(args, folder.path);
  }

  it('answers --help and --version', () => {
    expect(inTemporaryFolder('--help')).to.deep.include({ exitCode: 0, stderr: '' });
    expect(inTemporaryFolder('--version').stdout).to.match(/^cherenkit\/\d+\.\d+\.\d+ /);
  });

  it('suggests the nearest flag for an unknown flag and exits with 2', () => {
    const { stderr, exitCode } = inTemporaryFolder('inspect', 'some.simtel', '--jsn');
    expect(stderr).to.match(/^error: unknown flag --jsn; did you mean "--json"\?\n/);
    expect(exitCode).to.equal(2);
  });

  it('exits with 2 for an unknown command', () => {
    expect(inTemporaryFolder('inspct')).to.deep.include({
      exitCode: 2,
      stderr: 'error[COMMAND_UNKNOWN]: There is no command "inspct"; did you mean "inspect"?\n',
    });
  });

  for (const [words, message] of [
    [
      'process -i x -o y --seed 1',
      'unknown flag --seed; traits of components are set as --ToyModelEventSource.seed=VALUE',
    ],
    ['process -i x --max-evens 1', 'unknown flag --max-evens; did you mean "--max-events"?'],
    ['process -i x --a --b', 'unknown flags --a, --b'],
    ['process -i', '--input: expected a value, found none'],
    ['process -i x -o', '--output: expected a value, found none'],
    ['process -i x --config', '--config: expected a value, found none'],
    ['process -i x --log-level LOUD', '--log-level: "LOUD" is not a log level; expected DEBUG, INFO, WARN or ERROR'],
    ['process x y', 'unexpected arguments: x, y; the input is given as --input FILE'],
    [
      'events a.fits.fz b.fits.fz',
      'unexpected argument: b.fits.fz; give one file: those of the same run are read with its first one, of stream 1',
    ],
    ['process -i x --overwrite=yes', '--overwrite takes no value, found "yes"; write --overwrite or --no-overwrite'],
    ['process -i x --camera-frame=false', '--camera-frame takes no value, found "false"; write --camera-frame'],
    ['process -i x -write-showers', 'unknown flag -write-showers; did you mean "--write-showers"?'],
    ['process -i x -m 1 --max-events 2', '--max-events is given twice; remove one of them'],
    ['config show --tel', '--tel: expected a value, found none'],
    ['config show --tel x', '--tel: expected an integer, found "x"'],
    ['config show --tel 3', '--tel requires --input'],
    [
      'config check',
      'missing argument: FILE (One or more configuration files: YAML, JSON or TOML; - for standard input)',
    ],
    ['events --seed 1 toymodel:', 'unknown flag --seed'],
    ['events', 'missing argument: FILE (Input file, URL, or - for standard input)'],
    [
      'create-plugin reconstructr mine',
      /^error: expected event-source, .* or tool, found "reconstructr"; did you mean "reconstructor"\?\n/,
    ],
  ] as const) {
    it(`explains what is wrong with "cherenkit ${words}"`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stdout, stderr } = await cherenkit(words.split(' '), folder.path);
      if (typeof message === 'string') expect(stderr).to.equal(`error: ${message}\nSee more help with --help\n`);
      else expect(stderr).to.match(message);
      expect({ exitCode, stdout, files: folder.files }).to.deep.equal({ exitCode: 2, stdout: '', files: [] });
    });
  }

  it('shows the help of a command with the command help as well', async () => {
    using folder = new TemporaryFolder();
    for (const words of [['process'], ['config', 'show'], ['config'], []]) {
      const help = await cherenkit(['help', ...words], folder.path);
      const flag = await cherenkit([...words, '--help'], folder.path);
      expect(help, words.join(' ')).to.deep.equal(flag);
      expect(help.exitCode).to.equal(0);
    }
    for (const [words, message] of [
      [['help', 'proces'], 'There is no command "proces"; did you mean "process"?'],
      [['help', 'config', 'shwo'], 'There is no command "config shwo"; did you mean "config show"?'],
      [['--verison'], 'There is no command "--verison"; did you mean "--version"?'],
      [['config', 'chek', 'x.yaml'], 'There is no command "config chek"; did you mean "config check"?'],
    ] as const) {
      const { exitCode, stderr } = await cherenkit(words, folder.path);
      expect({ exitCode, stderr }).to.deep.equal({ exitCode: 2, stderr: `error[COMMAND_UNKNOWN]: ${message}\n` });
    }
  });

  for (const [words, message] of [
    [
      'process -i toymodl: -o x.h5',
      /^error\[INPUT_MISSING\]: Cannot read toymodl:: there is no such file; did you mean "toymodel:"\?\n$/,
    ],
    [
      'process -i gamma.simtel -o x.h5',
      /^error\[INPUT_MISSING\]: Cannot read gamma\.simtel: there is no such file\.\n$/,
    ],
    [
      'process -i http://x.y/z.simtel -o x.h5',
      /^error\[INPUT_MISSING\]: Cannot read http:\/\/x\.y\/z\.simtel: URLs with http: are not supported; download the file, and give its path\.\n$/,
    ],
  ] as const) {
    it(`explains what is wrong with "cherenkit ${words}"`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stderr } = await cherenkit(words.split(' '), folder.path);
      expect(stderr).to.match(message);
      expect({ exitCode, files: folder.files }).to.deep.equal({ exitCode: 66, files: [] });
    });
  }

  for (const words of ['process -i - -c - -o x.h5', 'process --input=- --config=- -o x.h5', 'config show -i - -c -']) {
    it(`does not read standard input twice: ${words}`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stderr } = await cherenkit(words.split(' '), folder.path);
      expect(stderr).to.equal(
        'error[FILE_USED_TWICE]: Standard input (-) is given for --config and for --input, but can be read once only. Read one of them from a file.\n',
      );
      expect({ exitCode, files: folder.files }).to.deep.equal({ exitCode: 2, files: [] });
    });
  }

  it('takes bounded time for thousands of arguments', () => {
    using folder = new TemporaryFolder();
    const files = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}.simtel`);
    const refused = spawnCherenkit(['process', ...files(50_000), '-o', 'out.h5'], folder.path);
    expect(refused).to.include({ exitCode: 2 });
    expect(refused.stderr).to.equal(
      'error[ARGUMENTS_TOO_MANY]: Found 50002 arguments, expected at most 10000; give fewer files at once, for example with xargs.\n',
    );
    const parsed = spawnCherenkit(['events', ...files(9_000)], folder.path);
    expect(parsed).to.include({ exitCode: 2 });
    expect(parsed.stderr).to.match(/^error: unexpected arguments: 1\.simtel, 2\.simtel, .* and 8989 more\b/);
  });

  it('has an up-to-date oclif manifest (npm run build writes it)', () => {
    const script = join(REPOSITORY_ROOT, 'scripts', 'write-manifests.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  });
});
