import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { parse } from 'yaml';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit, type Outcome } from '../support/run-command.js';

const CONFIGURATIONS = join(REPOSITORY_ROOT, 'test', 'configurations');

const SITE = `CameraCalibrator:
  image_extractor_type: [[type, "*", NeighborPeakWindowSum], [id, 2, FixedWindowSum]]
  FixedWindowSum: { peak_index: 9 }
ImageProcessor:
  TailcutsImageCleaner:
    picture_threshold_pe:
      - [type, "*", 8]
      - [id, 1, 9.5]
`;
const MINE =
  'EventSource:\n  max_events: 1\nImageProcessor:\n  TailcutsImageCleaner:\n    keep_isolated_pixels: true\n';

/** A temporary folder with the two layers `site.yaml` and `mine.yaml`. */
function folderWithLayers(): TemporaryFolder {
  const folder = new TemporaryFolder();
  writeFileSync(folder.join('site.yaml'), SITE);
  writeFileSync(folder.join('mine.yaml'), MINE);
  return folder;
}

const LAYERS = ['-c', 'site.yaml', '-c', 'mine.yaml'];

async function succeed(args: readonly string[], folder: TemporaryFolder): Promise<Outcome> {
  const outcome = await cherenkit(args, folder.path);
  expect(outcome.stderr, args.join(' ')).not.to.include('error');
  expect(outcome.exitCode, args.join(' ')).to.equal(0);
  return outcome;
}

describe('cherenkit config', function () {
  this.timeout(120_000);

  describe('show', () => {
    it('prints all values of a run with their origins', async () => {
      using folder = folderWithLayers();
      const { stdout } = await succeed(['config', 'show', ...LAYERS, '--DataWriter.write_dl2=true'], folder);
      for (const line of [
        '  max_events: 1 # mine.yaml:2:15',
        '  write_dl2: true # --DataWriter.write_dl2=true',
        '    keep_isolated_pixels: true # mine.yaml:5:27',
        '    picture_threshold_pe: # site.yaml:7:7',
        '      - [type, "*", 8]',
        '    boundary_threshold_pe: 5',
      ]) {
        expect(stdout.split('\n')).to.include(line);
      }
    });

    it('prints a configuration that gives the same result when read back', async () => {
      using folder = folderWithLayers();
      for (const input of [[], ['--input', 'toymodel:']]) {
        const { stdout } = await succeed(['config', 'show', ...LAYERS, ...input], folder);
        writeFileSync(folder.join('shown.yaml'), stdout);
        await succeed(['config', 'check', 'shown.yaml'], folder);
        const again = await succeed(['config', 'show', '-c', 'shown.yaml', ...input], folder);
        expect(parse(again.stdout)).to.deep.equal(parse(stdout));
      }
      await succeed(['process', '-i', 'toymodel:', '-c', 'shown.yaml', '-o', 'shown.h5'], folder);
      await succeed(['process', '-i', 'toymodel:', ...LAYERS, '-o', 'meant.h5'], folder);
      expect(await storedConfiguration('shown.h5', folder)).to.deep.equal(
        await storedConfiguration('meant.h5', folder),
      );
    });

    it('prints the values of one telescope', async () => {
      using folder = folderWithLayers();
      const cleanerOf = async (...args: string[]): Promise<unknown> => {
        const { stdout } = await succeed(['config', 'show', ...LAYERS, '-i', 'toymodel:', ...args], folder);
        const { CameraCalibrator: calibrator, ImageProcessor: processor } = parse(stdout) as Record<string, never>;
        const { image_extractor_type: extractor, FixedWindowSum: fixed } = calibrator as Record<string, object>;
        return [extractor, fixed && 'fixed', processor['TailcutsImageCleaner']['picture_threshold_pe']];
      };
      expect(await cleanerOf('--tel', '1')).to.deep.equal(['NeighborPeakWindowSum', undefined, 9.5]);
      expect(await cleanerOf('--tel', '2')).to.deep.equal(['FixedWindowSum', 'fixed', 8]);
      const [, , rules] = (await cleanerOf()) as [unknown, unknown, unknown[][]];
      expect(rules).to.deep.include(['id', 1, 9.5]);
      const unknown = await cherenkit(['config', 'show', '-i', 'toymodel:', '--tel', '999'], folder.path);
      expect(unknown.exitCode).to.equal(2);
      expect(unknown.stderr).to.match(
        /^error\[TELESCOPE_ID_UNKNOWN\]: The input has no telescope 999; expected one of 1, 2/,
      );
    });
  });

  describe('explain', () => {
    it('prints the value of each layer and of each telescope', async () => {
      using folder = folderWithLayers();
      const option = "--TailcutsImageCleaner.picture_threshold_pe=[('type','*',5),('id',1,7)]";
      const key = 'TailcutsImageCleaner.picture_threshold_pe';
      const { stdout } = await succeed(['config', 'explain', key, ...LAYERS, option, '-i', 'toymodel:'], folder);
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().replace(/ {2,}/g, ' | '));
      expect(lines.slice(0, 7)).to.deep.equal([
        'ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe',
        'Picture threshold: minimum charge of a picture pixel.',
        'number in pe; per telescope',
        'default | 10',
        'site.yaml:7:7 | [["type","*",8],["id",1,9.5]]',
        `${option} | [["type","*",5],["id",1,7]] | <- used`,
        lines[6],
      ]);
      expect(lines[6]).to.match(/^telescope 1 \(.+\): 7$/);
      expect(lines[7]).to.match(/^telescope 2 \(.+\): 5$/);
    });

    it('accepts a bare trait name that is unique, and marks components not used in the run', async () => {
      using folder = folderWithLayers();
      expect((await succeed(['config', 'explain', 'keep_isolated_pixels', ...LAYERS], folder)).stdout).to.include(
        'mine.yaml:5:27',
      );
      const unused = (await succeed(['config', 'explain', 'LocalPeakWindowSum.window_width'], folder)).stdout;
      expect(unused).to.include('not used in this run');
      const query = ['config', 'explain', 'HillasReconstructor.StereoQualityQuery.quality_criteria'];
      expect((await succeed(query, folder)).stdout).to.include(
        'ShowerProcessor.HillasReconstructor.StereoQualityQuery',
      );
    });

    for (const [key, says] of [
      [
        'write_images',
        'There is no trait write_images; write_images was a trait of ctapipe until 0.20 and is now write_dl1_images',
      ],
      ['HDF5DataWriter.write_images', 'HDF5DataWriter has no trait write_images; write_images was a trait of ctapipe'],
      ['picture_treshold_pe', 'There is no trait picture_treshold_pe; did you mean "picture_threshold_pe"?'],
      [
        'ImageCleaner.picture_treshold_pe',
        'ImageCleaner has no trait picture_treshold_pe; did you mean "picture_threshold_pe"?',
      ],
      ['ImageCleanr.picture_threshold_pe', 'There is no component ImageCleanr; did you mean "ImageCleaner"?'],
      ['window_width', 'Several components have a trait window_width: '],
    ]) {
      it(`rejects ${key}`, async () => {
        using folder = new TemporaryFolder();
        const { exitCode, stderr } = await cherenkit(['config', 'explain', key], folder.path);
        expect(stderr).to.include(`error[TRAIT_UNKNOWN]: ${says}`);
        expect(exitCode).to.equal(2);
      });
    }
  });

  describe('schema', () => {
    let validate: ValidateFunction;
    before(async () => {
      using folder = new TemporaryFolder();
      const { stdout } = await succeed(['config', 'schema'], folder);
      // Editors do not know the custom keywords either.
      validate = new Ajv({
        allErrors: true,
        strict: true,
        strictTuples: false,
        strictTypes: false,
        allowUnionTypes: true,
      }).compile(JSON.parse(stdout) as object);
    });

    const mistakes = (text: string): string[] => {
      validate(parse(text));
      return (validate.errors ?? []).map(({ instancePath }) => instancePath);
    };

    it('accepts valid configurations', () => {
      for (const name of ['base.yaml', 'stage1.yaml', 'stage1.json', 'image-modification.json']) {
        expect(mistakes(readFileSync(join(CONFIGURATIONS, name), 'utf8')), name).to.deep.equal([]);
      }
      expect(mistakes(SITE)).to.deep.equal([]);
      expect(mistakes(MINE)).to.deep.equal([]);
      expect(
        mistakes('EventSource: { allowed_tels: "1,2,5-9", focal_length_choice: equivalent }\nplugins: [a]\n'),
      ).to.deep.equal([]);
    });

    for (const [what, text, path] of [
      ['an unknown section', 'ImageProcesor: {}', ''],
      ['an unknown trait', 'TailcutsImageCleaner: { picture_treshold_pe: 3 }', '/TailcutsImageCleaner'],
      [
        'a wrong type',
        'TailcutsImageCleaner: { keep_isolated_pixels: maybe }',
        '/TailcutsImageCleaner/keep_isolated_pixels',
      ],
      [
        'a value within rules',
        'ImageProcessor: { image_cleaner_type: [[type, "*", Nothing]] }',
        '/ImageProcessor/image_cleaner_type/0/2',
      ],
      [
        'a rule of another kind',
        'TailcutsImageCleaner: { picture_threshold_pe: [[name, "*", 3]] }',
        '/TailcutsImageCleaner/picture_threshold_pe/0/0',
      ],
      [
        'a nested section',
        'ShowerProcessor: { HillasReconstructor: { StereoQualityQury: {} } }',
        '/ShowerProcessor/HillasReconstructor',
      ],
    ]) {
      it(`rejects ${what}`, () => {
        expect(mistakes(text)).to.include(path);
      });
    }
  });

  describe('init', () => {
    it('writes configurations that pass the check, run, and equal the defaults', async () => {
      using folder = new TemporaryFolder();
      const { stdout } = await succeed(['config', 'init', 'mine'], folder);
      const files = stdout.trimEnd().split('\n');
      expect(files).to.deep.equal(
        [
          'base_config.yaml',
          'stage1_config.yaml',
          'stage2_config.yaml',
          'ml_preprocessing_config.yaml',
          'cherenkit.schema.json',
        ].map((name) => join('mine', name)),
      );
      const ajv = new Ajv({ strictTuples: false, strictTypes: false });
      const validate = ajv.compile(JSON.parse(readFileSync(folder.join(files[4]), 'utf8')) as object);
      const run = ['process', '-i', 'toymodel:', '-m', '1'];
      for (const stage of files.slice(1, 4)) {
        expect(validate(parse(readFileSync(folder.join(stage), 'utf8'))), ajv.errorsText(validate.errors)).to.equal(
          true,
        );
        const checked = await succeed(['config', 'check', files[0], stage], folder);
        expect(checked.stderr).to.equal('');
      }
      await succeed([...run, '-c', files[0], '-c', files[2], '-o', 'with.h5'], folder);
      await succeed([...run, '-c', files[2], '-o', 'without.h5'], folder);
      expect(await storedConfiguration('with.h5', folder)).to.deep.equal(
        await storedConfiguration('without.h5', folder),
      );
      const base = readFileSync(folder.join(files[0]), 'utf8');
      expect(validate(parse(base)), ajv.errorsText(validate.errors)).to.equal(true);
      expect(base).to.match(
        /^ +# Picture threshold: minimum charge of a picture pixel\.\n +# \(number in pe; per telescope\)$/m,
      );
    });

    it('keeps existing files', async () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join('base_config.yaml'), '# mine\n');
      const { stderr } = await succeed(['config', 'init'], folder);
      expect(stderr).to.equal('warning: base_config.yaml exists and was not overwritten\n');
      expect(readFileSync(folder.join('base_config.yaml'), 'utf8')).to.equal('# mine\n');
    });
  });

  it('warns of a value that an earlier file overrides', async () => {
    using folder = folderWithLayers();
    writeFileSync(folder.join('flat.yaml'), 'TailcutsImageCleaner:\n  picture_threshold_pe: 3\n');
    const { stderr } = await succeed(['config', 'check', 'site.yaml', 'flat.yaml'], folder);
    expect(stderr).to.equal(
      'flat.yaml:2:3: warning: ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe: this value has no effect, site.yaml:6:5 overrides it in a more specific section\n',
    );
    const { stdout } = await succeed(['config', 'check', 'flat.yaml', 'site.yaml'], folder);
    expect(stdout).to.include('no mistakes found');
  });
});

/** The configuration stored in a file, without the path of the file. */
async function storedConfiguration(file: string, folder: TemporaryFolder): Promise<unknown> {
  const { stdout } = await succeed(['config', 'show', '-c', file, '-i', 'toymodel:'], folder);
  const shown = parse(stdout) as { DataWriter: object };
  return { ...shown, DataWriter: { ...shown.DataWriter, output_path: '' } };
}
