import { MAX_LISTED_PROBLEMS, splitTraitOptions } from '@cherenkit/core/internal';
import {
  ConfigurationError,
  optionLayer,
  PluginRegistry,
  readConfigFile,
  urlLayer,
  type ConfigLayer,
} from '@cherenkit/core';
import { expect } from 'chai';
import { compose } from '../../../support/compose.js';
import { arrayOf } from '../../../support/test-array.js';
import { example, standard } from '../../../support/test-run.js';

const plugins = new PluginRegistry([standard, example]);
const TYPES = ['LST_LST_LSTCam', 'MST_MST_NectarCam', 'MST_MST_FlashCam', 'SST_ASTRI_CHEC'];
const array = arrayOf(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i + 1, TYPES[i % 4] ?? ''])));

/** Runs one layer through all checks; returns the CPU time in milliseconds and the lines of messages. */
async function workOn(makeLayer: () => Promise<ConfigLayer> | ConfigLayer): Promise<{ work: number; lines: string[] }> {
  const start = process.cpuUsage();
  let lines: string[];
  try {
    const composition = await compose({ plugins, layers: [await makeLayer()], root: 'ProcessorTool' });
    await composition.setSubarray(array);
    lines = composition.warnings.map(({ message }) => message);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    lines = error.message.split('\n');
  }
  const { user, system } = process.cpuUsage(start);
  return { work: (user + system) / 1000, lines };
}

/** The texts for the numbers below `count`, joined. */
function each(count: number, text: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}

function rules(count: number, rule: (index: number) => string): string {
  return `TailcutsImageCleaner:\n  picture_threshold_pe:\n    - [type, "*", 1]\n${each(count, (i) => `    - ${rule(i)}`)}`;
}

const YAML: readonly (readonly [what: string, text: (count: number) => string])[] = [
  ['distinct aliases', (n) => `A:\n${each(n, (i) => `  k${i}: &a${i} 1`)}\n${each(n, (i) => `  l${i}: *a${i}`)}`],
  ['duplicate keys', (n) => `TailcutsImageCleaner:\n${each(n, () => '  picture_threshold_pe: 1')}`],
  ['distinct keys', (n) => `A: { ${each(n, (i) => `k${i}: 1`, ', ')} }`],
  ['unknown keys', (n) => `TailcutsImageCleaner:\n${each(n, (i) => `  picture_treshold_${i}: 1`)}`],
  ['unknown keys of a class of ctapipe', (n) => `CrossValidator:\n${each(n, (i) => `  rng_sed${i}: 1`)}`],
  ['unknown sections', (n) => each(n, (i) => `TailcutsImageClean${i}: {}`)],
  ['sections within sections', (n) => each(n, (i) => `A${i}: { ShowerProcessor: { HillasReconstructor: { x: 1 } } }`)],
  ['unknown components', (n) => `ShowerProcessor:\n  reconstructor_types: [${each(n, (i) => `Hillas${i}`, ', ')}]`],
  ['rules for types', (n) => rules(n, (i) => `[type, "${i % 2 ? 'L' : 'M'}ST${'*'.repeat((i % 9) + 1)}", ${i}]`)],
  ['rules for unknown types', (n) => rules(n, (i) => `[type, "X${i}*", 1]`)],
  ['rules for telescopes', (n) => rules(n, (i) => `[id, ${i % 50}, 1]`)],
  ['rules with mistakes', (n) => rules(n, () => '[typ, "X*", x]')],
  [
    'expressions with mistakes',
    (n) => `QualityQuery:\n  quality_criteria:\n${each(n, (i) => `    - [a, "b( > ${i}"]`)}`,
  ],
  ['tags', (n) => `A:\n${each(n, (i) => `  k${i}: !x 1`)}`],
  ['broken syntax', (n) => each(n, () => 'a: ]')],
  ['documents', (n) => '---\n'.repeat(n)],
];

const TOML: typeof YAML = [
  ['tables', (n) => each(n, (i) => `[A.B${i}]\nx = 1`)],
  ['keys', (n) => `[TailcutsImageCleaner]\n${each(n, (i) => `k${i} = 1`)}`],
  ['lists of tables', (n) => each(n, () => '[[A.b]]\nx = 1')],
];

const OPTIONS: readonly (readonly [what: string, args: (count: number) => string[]])[] = [
  ['--set keys', (n) => Array.from({ length: n }, (_, i) => `--set=A${i}.k=1`)],
  ['keys of one component', (n) => Array.from({ length: n }, (_, i) => `--TailcutsImageCleaner.k${i}=1`)],
  ['duplicate keys', (n) => Array.from({ length: n }, () => '--TailcutsImageCleaner.k=1')],
];

/** Single long texts, which need larger sizes to take measurable time. */
const LONG: readonly (readonly [what: string, layer: (count: number) => Promise<ConfigLayer> | ConfigLayer])[] = [
  [
    'a pattern with many [',
    (n) =>
      readConfigFile(
        rules(1, () => `[type, "${'['.repeat(n)}", 1]`),
        'run.yaml',
      ),
  ],
  [
    'a pattern with many *',
    (n) =>
      readConfigFile(
        rules(1, () => `[type, "${'*a'.repeat(n)}", 1]`),
        'run.yaml',
      ),
  ],
  ['a long number', (n) => optionLayer([{ source: '-', key: 'EventSource.max_events', value: `${'1'.repeat(n)}x` }])],
  ['a long key', (n) => optionLayer(splitTraitOptions([`--A${'.A'.repeat(n)}!=1`, `--A${'.a'.repeat(n)}=1`]).options)],
  ['a deep list', (n) => readConfigFile(`A: ${'['.repeat(n)}`, 'run.yaml')],
  ['a deep list in TOML', (n) => readConfigFile(`A = ${'['.repeat(n)}`, 'run.toml')],
  ['deep keys in TOML', (n) => readConfigFile(`A${'.a'.repeat(n)} = 1`, 'run.toml')],
];

describe('the check of a configuration', function () {
  this.timeout(120_000);

  const cases: [
    what: string,
    counts: readonly [number, number],
    layer: (n: number) => ReturnType<(typeof LONG)[0][1]>,
  ][] = [
    ...YAML.map(([what, text]): (typeof cases)[0] => [
      `${what} in YAML`,
      [1000, 8000],
      (n) => readConfigFile(text(n), 'run.yaml'),
    ]),
    ...TOML.map(([what, text]): (typeof cases)[0] => [
      `${what} in TOML`,
      [1000, 8000],
      (n) => readConfigFile(text(n), 'run.toml'),
    ]),
    ...OPTIONS.map(([what, args]): (typeof cases)[0] => [
      `${what} on a command line`,
      [1000, 8000],
      (n) => optionLayer(splitTraitOptions(args(n)).options),
    ]),
    [
      'options of a URL',
      [1000, 8000],
      (n) => urlLayer(`toy:?${each(n, (i) => `k${i}=1`, '&')}`, 'ToySource') ?? optionLayer([]),
    ],
    ...LONG.map(([what, layer]): (typeof cases)[0] => [what, [25_000, 200_000], layer]),
  ];

  before(() => workOn(() => readConfigFile('TailcutsImageCleaner: { picture_threshold_pe: 3 }', 'run.yaml')));

  for (const [what, [few, many], layer] of cases) {
    it(`takes time linear in its length and limits its messages: ${what}`, async () => {
      const small = await workOn(() => layer(few));
      const large = await workOn(() => layer(many));
      // Eight times the length takes 8 times the time if linear, 64 times if quadratic.
      expect(large.work, `${small.work} ms for ${few}`).to.be.lessThan(25 * Math.max(small.work, 20));
      expect(large.lines.length).to.be.at.most(MAX_LISTED_PROBLEMS + 1);
      for (const line of large.lines) expect(line.length).to.be.lessThan(1000);
    });
  }

  it('counts the mistakes that it does not list', async () => {
    const { lines } = await workOn(() =>
      readConfigFile(`DL1Writer: {}\nTailcutsImageCleaner:\n${each(80, (i) => `  k${i}: 1`)}`, 'run.yaml'),
    );
    expect(lines).to.have.length(MAX_LISTED_PROBLEMS + 1);
    expect(lines[0]).to.equal('run.yaml:3:3: error: TailcutsImageCleaner has no trait k0');
    expect(lines.at(-1)).to.equal('30 more errors and 1 more warning, not listed here');
  });

  it('counts the warnings that it does not list', async () => {
    const { lines } = await workOn(() =>
      readConfigFile(
        rules(60, (i) => `[id, ${100 + i}, 1]`),
        'run.yaml',
      ),
    );
    expect(lines).to.have.length(MAX_LISTED_PROBLEMS + 1);
    expect(lines.at(-1)).to.equal('10 more warnings, not listed here');
  });
});
