import { expect } from 'chai';
import fc from 'fast-check';
import { walkPlan, type Composition } from '@cherenkit/core/internal';
import {
  assignmentLayer,
  ConfigurationError,
  objectLayer,
  PluginRegistry,
  readConfigFile,
  type ConfigLayer,
  type Json,
} from '@cherenkit/core';
import { CpuStopwatch } from '../../../support/cpu-stopwatch.js';
import { example, standard } from '../../../support/test-run.js';
import { compose } from '../../../support/compose.js';

const plugins = new PluginRegistry([standard, example]);

const VALID = `# a run with everything
EventSource:
  max_events: 100
  allowed_tels: [1, 2, 5]
ImageProcessor:
  image_cleaner_type: [[type, "*", TailcutsImageCleaner], [type, "LST*", MARSImageCleaner]]
ImageCleaner:
  picture_threshold_pe:
    - [type, "*", 7.5]
    - [type, "LST_*", 8]
    - [id, 5, 9]
ShowerProcessor:
  reconstructor_types: [HillasReconstructor, HillasIntersection]
  HillasReconstructor:
    min_telescopes: 3
    StereoQualityQuery:
      quality_criteria:
        - ["> 50 pe", "parameters.hillas.intensity > 50"]
        - [width, "parameters.hillas.width.value > 0"]
HillasIntersection: { weighting: hess, prefix: "second" }
`;

function planOf(layers: readonly ConfigLayer[]): Promise<Composition> {
  return compose({ plugins, layers, root: 'ProcessorTool' });
}

/** The values of all components, by path and trait. */
function valuesOf({ plan }: Composition): Map<string, Json | undefined> {
  return new Map(
    [...walkPlan(plan)].flatMap(({ path, settings }) =>
      [...settings].map(([trait, { value }]): [string, Json | undefined] => [`${path}.${trait}`, value]),
    ),
  );
}

describe('a mutated configuration', () => {
  /** Moves, removes, repeats and replaces parts of the text. */
  const mutated = fc
    .array(
      fc.record({
        at: fc.nat(VALID.length),
        length: fc.nat(12),
        insert: fc.oneof(
          fc.constantFrom(
            '',
            ' ',
            '\n',
            '\t',
            '- ',
            '[',
            ']',
            '{',
            '}',
            ': ',
            '"',
            "'",
            '&a ',
            '*a',
            '!x ',
            '<<: ',
            '|',
            '#',
            '---\n',
          ),
          fc.constantFrom(
            'null',
            'yes',
            '.inf',
            '.nan',
            '-1',
            '1e400',
            '0x',
            '__proto__',
            'constructor',
            '[type, "*", 3]',
            '?',
          ),
          fc.string({ maxLength: 4 }),
          fc.nat(VALID.length).map((start) => VALID.slice(start, start + 20)),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((edits) =>
      edits.reduce((text, { at, length, insert }) => text.slice(0, at) + insert + text.slice(at + length), VALID),
    );

  it('is accepted, or rejected with positions inside the file, without a crash and in bounded time', async function () {
    this.timeout(120_000);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        const work = new CpuStopwatch();
        try {
          await planOf([await readConfigFile(text, 'run.yaml')]);
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          refused++;
          const lines = text.split('\n').length;
          for (const { at, message } of error.problems) {
            expect(message).not.to.contain('\n');
            if (at) expect(at.line).to.be.within(1, lines + 1);
          }
        }
        expect(work.milliseconds).to.be.lessThan(1000);
      }),
      { numRuns: 1000 },
    );
    expect(refused).to.be.greaterThan(300);
  });

  it('gives the same values as YAML, JSON and TOML', async () => {
    const yaml = await planOf([await readConfigFile(VALID, 'run.yaml')]);
    const object = {
      EventSource: { max_events: 100, allowed_tels: [1, 2, 5] },
      ImageProcessor: {
        image_cleaner_type: [
          ['type', '*', 'TailcutsImageCleaner'],
          ['type', 'LST*', 'MARSImageCleaner'],
        ],
      },
      ImageCleaner: {
        picture_threshold_pe: [
          ['type', '*', 7.5],
          ['type', 'LST_*', 8],
          ['id', 5, 9],
        ],
      },
      ShowerProcessor: {
        reconstructor_types: ['HillasReconstructor', 'HillasIntersection'],
        HillasReconstructor: {
          min_telescopes: 3,
          StereoQualityQuery: {
            quality_criteria: [
              ['> 50 pe', 'parameters.hillas.intensity > 50'],
              ['width', 'parameters.hillas.width.value > 0'],
            ],
          },
        },
      },
      HillasIntersection: { weighting: 'hess', prefix: 'second' },
    };
    const toml = `[EventSource]
max_events = 100
allowed_tels = [1, 2, 5]
[ImageProcessor]
image_cleaner_type = [["type", "*", "TailcutsImageCleaner"], ["type", "LST*", "MARSImageCleaner"]]
[ImageCleaner]
picture_threshold_pe = [["type", "*", 7.5], ["type", "LST_*", 8], ["id", 5, 9]]
[ShowerProcessor]
reconstructor_types = ["HillasReconstructor", "HillasIntersection"]
[ShowerProcessor.HillasReconstructor]
min_telescopes = 3
[ShowerProcessor.HillasReconstructor.StereoQualityQuery]
quality_criteria = [["> 50 pe", "parameters.hillas.intensity > 50"], ["width", "parameters.hillas.width.value > 0"]]
[HillasIntersection]
weighting = "hess"
prefix = "second"
`;
    const expected = valuesOf(yaml);
    expect(expected.get('ProcessorTool.ShowerProcessor.HillasReconstructor.min_telescopes')).to.equal(3);
    for (const layer of [
      objectLayer(object),
      await readConfigFile(JSON.stringify(object, null, '\t'), 'run.json'),
      await readConfigFile(toml, 'run.toml'),
    ]) {
      expect(valuesOf(await planOf([layer])), layer.name).to.deep.equal(expected);
    }
  });
});

describe('merged layers', () => {
  const PATH = 'ProcessorTool.ShowerProcessor.HillasReconstructor';
  const section = fc.record(
    { prefix: fc.constantFrom('a', 'b', 'c'), min_telescopes: fc.integer({ min: 2, max: 9 }) },
    { requiredKeys: [] },
  );
  const layers = fc.array(section, { maxLength: 5 });
  const valuesBelow = async (sections: readonly object[]): Promise<Json[]> => {
    const values = valuesOf(await planOf(sections.map((each) => objectLayer({ HillasReconstructor: each }))));
    return [values.get(`${PATH}.prefix`) ?? null, values.get(`${PATH}.min_telescopes`) ?? null];
  };

  it('take each value from the last layer that sets it', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (sections) => {
        const merged: Record<string, Json> = Object.assign({ prefix: '', min_telescopes: 2 }, ...sections) as never;
        expect(await valuesBelow(sections)).to.deep.equal([merged['prefix'], merged['min_telescopes']]);
      }),
      { numRuns: 100 },
    );
  });

  it('are associative and idempotent', async () => {
    await fc.assert(
      fc.asyncProperty(layers, section, async (sections, last) => {
        const expected = await valuesBelow([...sections, last]);
        expect(await valuesBelow([{}, ...sections, last, {}, last])).to.deep.equal(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('give command-line options precedence over files, also in a less specific section', async () => {
    const files = [
      objectLayer({ HillasReconstructor: { prefix: 'file', min_telescopes: 3 } }),
      objectLayer({ ShowerProcessor: { HillasReconstructor: { min_telescopes: 4 } } }),
    ];
    const values = valuesOf(await planOf([...files, assignmentLayer(['Reconstructor.prefix=line'])]));
    expect(values.get(`${PATH}.prefix`)).to.equal('line');
    expect(values.get(`${PATH}.min_telescopes`)).to.equal(4);
  });

  it('replace lists as a whole', async () => {
    const composition = await planOf([
      objectLayer({ ShowerProcessor: { reconstructor_types: ['HillasReconstructor', 'DepthReconstructor'] } }),
      objectLayer({ ShowerProcessor: { reconstructor_types: ['HillasIntersection'] } }),
    ]);
    expect(valuesOf(composition).get('ProcessorTool.ShowerProcessor.reconstructor_types')).to.deep.equal([
      'HillasIntersection',
    ]);
  });

  it('record the origin of each value', async () => {
    const composition = await planOf([
      await readConfigFile('HillasReconstructor:\n  prefix: a\n  min_telescopes: 3\n', 'base.yaml'),
      await readConfigFile('[HillasReconstructor]\nmin_telescopes = 4\n', 'mine.toml'),
    ]);
    const hillas = [...walkPlan(composition.plan)].find(({ path }) => path === PATH);
    expect(hillas?.settings.get('prefix')?.source?.node.at).to.deep.equal({ source: 'base.yaml', line: 2, column: 11 });
    expect(hillas?.settings.get('min_telescopes')?.source?.node.at).to.deep.equal({
      source: 'mine.toml',
      line: 2,
      column: 18,
    });
  });
});
