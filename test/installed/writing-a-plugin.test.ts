import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFile } from '@cherenkit/io';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { installedExamples, packedExample, pluginWorkshop } from '../support/built-plugin.js';
import {
  describeInstalled,
  installedBeside,
  installedCherenkit,
  installedProgram,
  run,
} from '../support/packed-packages.js';

const page = (name: string): string => readFileSync(join(REPOSITORY_ROOT, 'docs', name), 'utf8');
const PAGE = page('writing-a-plugin.md');
const KINDS_PAGE = page('plugin-kinds.md');
const EXAMPLE = join(REPOSITORY_ROOT, 'test', 'plugin-example', 'crossing');

const KINDS = readdirSync(join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'templates', 'kinds'));

/** The code blocks that follow the name of a file. */
const FILES = [...PAGE.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([^]*?)^```$/gm)].map(([, file, text]) => ({ file, text }));

/** The lines of all blocks of shell commands. */
const COMMANDS = [...PAGE.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block]) => block.trim().split('\n'));

describe('docs/writing-a-plugin.md', () => {
  it('shows the current files of test/plugin-example', () => {
    const shown = FILES.filter(({ file }) => existsSync(join(EXAMPLE, file)));
    for (const { file, text } of shown) expect(text, file).to.equal(readFileSync(join(EXAMPLE, file), 'utf8'));
    const sources = readdirSync(join(EXAMPLE, 'src')).map((file) => `src/${file}`);
    expect(shown.map(({ file }) => file)).to.have.members(['package.json', ...sources]);
  });

  it('lists the kinds of components supported by create-plugin', () => {
    for (const kind of KINDS) expect(PAGE).to.include(`\`${kind}\``);
  });

  it('shows existing commands', async () => {
    const commands = COMMANDS.filter((line) => line.startsWith('npx cherenkit ')).map((line) =>
      line.split(' ').slice(2),
    );
    expect(commands).not.to.be.empty;
    for (const [first, second] of commands) {
      const name = first === 'plugins' ? [first, second] : [first];
      expect((await cherenkit([...name, '--help'], REPOSITORY_ROOT)).exitCode, name.join(' ')).to.equal(0);
    }
  });
});

describe('docs/plugin-kinds.md', () => {
  it('shows the current files of test/plugin-example/image-models', () => {
    for (const file of ['intensity-energy.ts', 'intensity-energy.test.ts']) {
      const code = readFileSync(join(EXAMPLE, '..', 'image-models', 'src', file), 'utf8');
      expect(KINDS_PAGE, file).to.include(`\`\`\`ts\n${code}\`\`\``);
    }
  });

  it('shows the current components of test/plugin-example/every-kind, without their imports', () => {
    const folder = join(EXAMPLE, '..', 'every-kind', 'src');
    const files = readdirSync(folder).filter((file) => !/^index\.js$|\.test\.js$/.test(file));
    // Those that create-plugin writes, and kinds that plugins of the repository have.
    expect(files.length).to.be.at.least(KINDS.length);
    for (const file of files) {
      const code = readFileSync(join(folder, file), 'utf8')
        .replace(/^import[^;]*;\n/gm, '')
        .trimStart();
      expect(KINDS_PAGE, file).to.include(`\`\`\`js\n${code}\`\`\``);
    }
  });
});

describeInstalled('the instructions of docs/writing-a-plugin.md', () => {
  for (const plugin of ['crossing', 'image-models', 'every-kind']) {
    it(`build a plugin and pass its tests: ${plugin}`, () => {
      packedExample(plugin);
      const { status, stdout, stderr } = run('npm', ['test'], join(pluginWorkshop(), plugin));
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
      expect(stdout)
        .to.match(/pass [1-9]\d*/)
        .and.match(/fail 0/);
    });
  }

  it('run the plugin with its configuration', () => {
    const folder = installedExamples();
    const yaml = FILES.find(({ file }) => file === 'mine.yaml')?.text ?? '';
    writeFileSync(join(folder, 'mine.yaml'), yaml);
    const commands = COMMANDS.filter(
      (line) => /^npx cherenkit (?:process|plugins list|components)/.test(line) && !line.includes('my-cleaner'),
    );
    expect(commands.length).to.be.at.least(3);
    for (const command of commands) {
      const { status, stdout, stderr } = run('npx', ['--no-install', ...command.split(' ').slice(1)], folder);
      expect(status, `${command}\n${stderr}`).to.equal(0);
      expect(stdout).to.include('CrossingReconstructor');
    }
    expect(readdirSync(folder)).to.include('events.dl2.h5');
  });

  it('run a single file', () => {
    const folder = installedCherenkit();
    writeFileSync(join(folder, 'my-cleaner.mjs'), FILES.find(({ file }) => file === 'my-cleaner.mjs')?.text ?? '');
    const [command = ''] = COMMANDS.filter((line) => line.includes('my-cleaner'));
    const { status, stdout, stderr } = run('npx', ['--no-install', ...command.split(' ').slice(1)], folder);
    expect([status, stderr], stderr).to.deep.equal([0, '']);
    expect(stdout).to.include('my.h5: 10 events');
  });

  it('run components of each kind in plain JavaScript, with columns of their own', async () => {
    const folder = installedBeside('every-kind-used', [packedExample('every-kind')]);
    const yaml = [
      'EventSource: { max_events: 4, gain_selector_type: MeanGainSelector }',
      'CameraCalibrator: { image_extractor_type: PeakImageExtractor, data_volume_reducer_type: BrightDataVolumeReducer, invalid_pixel_handler_type: ZeroInvalidPixelHandler }',
      'ImageProcessor: { image_cleaner_type: TopImageCleaner, image_parametrizer_type: CountImageParametrizer, image_modifier_type: ScaleImageModifier, apply_image_modifier: true }',
      'ShowerProcessor: { reconstructor_types: [MultiplicityReconstructor] }',
      'DataWriter: { write_dl2: true }',
    ];
    writeFileSync(join(folder, 'every.yaml'), yaml.join('\n'));
    const cherenkit = (...args: string[]): string => {
      const { status, stdout, stderr } = run(installedProgram(folder, 'cherenkit'), args, folder);
      expect([status, stderr], stderr).to.deep.equal([0, '']);
      return stdout;
    };
    const common = ['process', '-c', 'every.yaml', '--check-plugins', '--failures-as-error'];
    expect(cherenkit(...common, '-i', 'toymodel:', '-o', 'every.h5')).to.include('every.h5: 4 events');
    await using file = await openFile(join(folder, 'every.h5'));
    const table = await (await Hdf5Reader.open(file)).table('/dl2/event/subarray/energy/MultiplicityReconstructor');
    const columns = ['multiplicity', 'brightest', 'intensities'].map((name) => `MultiplicityReconstructor_${name}`);
    expect(table.columns.map(({ name }) => name)).to.include.members(columns);
    expect(
      Number(/(\d+) events/.exec(cherenkit('count', '-i', 'toymodel:', '--min-telescopes', '2'))?.[1]),
    ).to.be.above(0);

    writeFileSync(join(folder, 'every.yaml'), yaml.join('\n').replace(/, gain_selector_type: \w+/, ''));
    const several = [
      '-i',
      'several:toymodel:',
      '-o',
      'every.jsonl',
      '--ProcessorTool.data_writer_type=LinesDataWriter',
    ];
    expect(cherenkit(...common, ...several)).to.include('every.jsonl: 4 events');
    const lines = readFileSync(join(folder, 'every.jsonl'), 'utf8').trim().split('\n');
    const energies = lines.map((line) => (JSON.parse(line) as { energies: object }).energies);
    expect(energies.map((each) => Object.keys(each))).to.deep.equal(Array(4).fill(['MultiplicityReconstructor']));
  });
});
