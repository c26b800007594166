import { expect } from 'chai';
import { jsonOf } from '@cherenkit/core/internal';
import { ConfigurationError, formatProblem, objectLayer, readConfigFile, type ConfigLayer } from '@cherenkit/core';
import { CpuStopwatch } from '../../../support/cpu-stopwatch.js';
import { nodeAt, outline } from '../../../support/outline.js';

function problemsOf({ problems }: ConfigLayer): string[] {
  return problems.map(formatProblem);
}

describe('a configuration in YAML', () => {
  it('records the positions of keys and values', async () => {
    const layer = await readConfigFile(
      `# thresholds
TailcutsImageCleaner:
  picture_threshold_pe:
    - [type, "*", 7]
    - [id, 3, 0x10]
  keep_isolated_pixels: true
ShowerProcessor: {HillasReconstructor: {prefix: ~, min_telescopes: 2.}}
Empty:
`,
      'run.yaml',
    );
    expect(problemsOf(layer)).to.deep.equal([]);
    expect(outline(layer)).to.deep.equal({
      TailcutsImageCleaner: {
        picture_threshold_pe: [
          [
            ['type', '*', 7],
            ['id', 3, 16],
          ],
          '3:3',
          '4:5',
        ],
        keep_isolated_pixels: [true, '6:3', '6:25'],
      },
      ShowerProcessor: { HillasReconstructor: { prefix: [null, '7:41', '7:49'], min_telescopes: [2, '7:52', '7:68'] } },
      Empty: {},
    });
  });

  it('refuses numbers that YAML 1.1 and 1.2 read as different values', async () => {
    const texts = ['010', '-0777', '08', '0o17', '[1, 010]'];
    const problems = await Promise.all(
      texts.map(async (text) => problemsOf(await readConfigFile(`A: { x: ${text} }`, 'run.yaml'))),
    );
    const place = 'run.yaml:1:9: error: expected a';
    expect(problems).to.deep.equal([
      [
        `${place} number without leading zeros, found 010, which is 8 in YAML 1.1 (ctapipe) and 10 in YAML 1.2; write one of these`,
      ],
      [
        `${place} number without leading zeros, found -0777, which is -511 in YAML 1.1 (ctapipe) and -777 in YAML 1.2; write one of these`,
      ],
      [`${place} number without leading zeros, found 08, which is text in YAML 1.1 (ctapipe); write 8`],
      [`${place} decimal number, found 0o17, which is text in YAML 1.1 (ctapipe); write 15`],
      [
        'run.yaml:1:13: error: expected a number without leading zeros, found 010, which is 8 in YAML 1.1 (ctapipe) and 10 in YAML 1.2; write one of these',
      ],
    ]);
  });

  it('reads numbers that both versions of YAML read as the same value, and quoted text', async () => {
    const layer = await readConfigFile('A: { x: [007, 0, -0, 00.5, 0x1F, +12, 1.0e+3, "010"] }', 'run.yaml');
    expect(problemsOf(layer)).to.deep.equal([]);
    const node = layer.content && jsonOf(layer.content);
    expect(node).to.deep.equal({ A: { x: [7, 0, 0, 0.5, 31, 12, 1000, '010'] } });
  });

  it('resolves aliases', async () => {
    const layer = await readConfigFile('A: &a { x: [1, 2] }\nB: *a\nC: { y: &v 3, z: *v }\n', 'run.yml');
    expect(outline(layer)).to.deep.equal({
      A: { x: [[1, 2], '1:9', '1:12'] },
      B: { x: [[1, 2], '1:9', '1:12'] },
      C: { y: [3, '3:6', '3:12'], z: [3, '3:15', '3:18'] },
    });
  });

  it('can be empty', async () => {
    for (const text of ['', '\n', '# nothing\n', '---\n', '\ufeff']) {
      const layer = await readConfigFile(text, 'run.yaml');
      expect(problemsOf(layer)).to.deep.equal([]);
      expect(outline(layer)).to.deep.equal({});
    }
  });

  const mistakes: [title: string, text: string, expected: string[]][] = [
    ['a syntax error', 'A: {a: 1\nB: 2', ['run.yaml:2:1: error: a mapping that begins with { must end with }']],
    ['a tab for indentation', 'A:\n\ta: 1\n', ['run.yaml:2:1: error: tabs are not allowed as indentation']],
    [
      'a duplicate key',
      'A:\n  a: 1\n  a: 2\nA: {}\n',
      ['run.yaml:3:3: error: duplicate key a', 'run.yaml:4:1: error: duplicate key A'],
    ],
    [
      'a list of sections',
      '- A\n- B\n',
      ['run.yaml:1:1: error: expected a mapping of sections, found ["A","B"]; remove the dash or the brackets'],
    ],
    ['a scalar document', 'hello', ['run.yaml:1:1: error: expected a mapping of sections, found "hello"']],
    [
      'a value for a section',
      'A: 3\nB: [1]\n',
      [
        'run.yaml:1:4: error: expected a mapping below section A, found 3',
        'run.yaml:2:4: error: expected a mapping below section B, found [1]; remove the dash or the brackets',
      ],
    ],
    [
      'a key that is not a name',
      'A: { 3: 4, [x]: 1, "b": 2 }\n',
      ['run.yaml:1:6: error: expected a name, found 3', 'run.yaml:1:12: error: expected a name, found a list'],
    ],
    [
      'a tag',
      'A: { x: !!python/tuple [1, 2], y: !x 3 }\n',
      [
        'run.yaml:1:9: error: tags such as !x are not supported',
        'run.yaml:1:35: error: tags such as !x are not supported',
      ],
    ],
    [
      'a merge key',
      'A: &a { x: 1 }\nB: { <<: *a }\n',
      [
        'run.yaml:2:6: error: merge keys (<<) are not part of YAML 1.2; write the common values in the section of a base class',
      ],
    ],
    ['two documents', 'A: {}\n---\nB: {}\n', ['run.yaml:2:1: error: expected one document, found a second one']],
    [
      'an undefined alias',
      'A: *nothing\n',
      ['run.yaml:1:4: error: undefined alias *nothing: there is no anchor &nothing before it'],
    ],
    ['a recursive alias', 'A: &a { B: *a }\n', ['run.yaml:1:7: error: nested deeper than 100 levels']],
  ];
  for (const [title, text, expected] of mistakes) {
    it(`reports ${title}`, async () => {
      const found = problemsOf(await readConfigFile(text, 'run.yaml'));
      expect(found.length, found.join('\n')).to.equal(expected.length);
      // The remainder of the message is written by the parser.
      for (const [index, start] of expected.entries()) expect(found[index].slice(0, start.length)).to.equal(start);
    });
  }

  it('is limited in the number of values, so that nested aliases cannot exhaust memory', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `  x${i}: &x${i} [${
          i === 0
            ? 1
            : Array(9)
                .fill(`*x${i - 1}`)
                .join(', ')
        }]`,
    );
    const work = new CpuStopwatch();
    const found = problemsOf(await readConfigFile(`A:\n${levels.join('\n')}\n`, 'bomb.yaml'));
    expect(found).to.have.length(1);
    expect(found[0]).to.match(/^bomb\.yaml:\d+:\d+: error: more than 100000 values$/);
    expect(work.milliseconds).to.be.lessThan(2000); // far more than 100000 values take
  });

  it('treats __proto__ as an ordinary key', async () => {
    const layer = await readConfigFile('A: { __proto__: { polluted: 1 }, x: { __proto__: 2 } }', 'run.yaml');
    const inner = nodeAt(layer, 'A', '__proto__');
    expect(inner && jsonOf(inner)).to.deep.equal({ polluted: 1 });
    expect(({} as { polluted?: number }).polluted).to.equal(undefined);
  });

  it('is limited in size', async () => {
    expect(problemsOf(await readConfigFile('#'.repeat(5_000_000), 'long.yaml'))).to.deep.equal([
      'long.yaml: error: expected a configuration of at most 4194304 bytes, found 5000000',
    ]);
  });
});

describe('a configuration in JSON', () => {
  it('records the positions of keys and values', async () => {
    const layer = await readConfigFile('{\n\t"A": {\n\t\t"x": [1, "two", null],\n\t\t"y": true\n\t}\n}\n', 'run.json');
    expect(problemsOf(layer)).to.deep.equal([]);
    expect(outline(layer)).to.deep.equal({
      A: { x: [[1, 'two', null], '3:3', '3:8'], y: [true, '4:3', '4:8'] },
    });
  });
});

describe('a configuration in TOML', () => {
  it('records the positions of keys and values', async () => {
    const layer = await readConfigFile(
      `[TailcutsImageCleaner]
picture_threshold_pe = [["type", "*", 7], ["id", 3, 1e1]]
keep_isolated_pixels = true

[ShowerProcessor.HillasReconstructor]
prefix = 'a'
StereoQualityQuery.quality_criteria = []

[ShowerProcessor]
extra = { a = 1, b.c = 2 }
`,
      'run.toml',
    );
    expect(problemsOf(layer)).to.deep.equal([]);
    expect(outline(layer)).to.deep.equal({
      TailcutsImageCleaner: {
        picture_threshold_pe: [
          [
            ['type', '*', 7],
            ['id', 3, 10],
          ],
          '2:1',
          '2:24',
        ],
        keep_isolated_pixels: [true, '3:1', '3:24'],
      },
      ShowerProcessor: {
        extra: [{ a: 1, b: { c: 2 } }, '10:1', '10:9'],
        HillasReconstructor: {
          prefix: ['a', '6:1', '6:10'],
          StereoQualityQuery: { quality_criteria: [[], '7:20', '7:39'] },
        },
      },
    });
  });

  it('supports arrays of tables', async () => {
    const layer = await readConfigFile(
      '[A]\n[[A.axes]]\nname = "x"\n[[A.axes]]\nname = "y"\n[A.axes.more]\nn = 1\n',
      'run.toml',
    );
    const axes = nodeAt(layer, 'A', 'axes');
    expect(axes && jsonOf(axes)).to.deep.equal([{ name: 'x' }, { name: 'y', more: { n: 1 } }]);
  });

  it('reports mistakes with their positions', async () => {
    expect(problemsOf(await readConfigFile('[A]\nx = 1\nx = 2\n', 'run.toml'))).to.deep.equal([
      'run.toml:3:1: error: duplicate key',
    ]);
    expect(problemsOf(await readConfigFile('[A\n', 'run.toml'))).to.deep.equal([
      'run.toml:2:1: error: unterminated table-key',
    ]);
    expect(problemsOf(await readConfigFile('A = 3\n', 'run.toml'))).to.deep.equal([
      'run.toml:1:5: error: expected a mapping below section A, found 3',
    ]);
  });
});

describe('a configuration file', () => {
  it('is recognised by its extension', async () => {
    const refused = async (file: string): Promise<string> => {
      try {
        await readConfigFile('', file);
      } catch (error) {
        if (error instanceof ConfigurationError) return error.message;
      }
      return '';
    };
    expect(await refused('run.conf')).to.equal(
      'run.conf: error: expected a configuration file ending in .yaml, .yml, .json or .toml',
    );
    expect(await refused('a.yaml/run')).to.contain('expected a configuration file');
    expect(await refused('run.py')).to.equal(
      'run.py: error: expected a configuration file ending in .yaml, .yml, .json or .toml (Python configurations are programs; write its values as YAML)',
    );
    expect(problemsOf(await readConfigFile('', 'RUN.YAML'))).to.deep.equal([]);
  });
});

describe('a configuration in an object', () => {
  it('accepts trait names in camelCase and snake_case', () => {
    const layer = objectLayer({
      A: { maxEvents: 3, image_width_1: 4, skipped: undefined, B: { x: new Set([1]) } },
    });
    expect(problemsOf(layer)).to.deep.equal([]);
    expect(Object.keys(outline(layer)['A'] ?? {})).to.deep.equal(['max_events', 'image_width_1', 'B']);
    const x = nodeAt(layer, 'A', 'B', 'x');
    expect(x && jsonOf(x)).to.deep.equal([1]);
    expect(x?.at).to.deep.equal({ source: 'config.A.B.x' });
  });

  it('must be plain data', () => {
    const circle: Record<string, unknown> = {};
    circle['Circle'] = circle;
    expect(problemsOf(objectLayer({ A: { x: new Date(0), y: () => 1, z: [Symbol('s')] } }, 'options'))).to.deep.equal([
      'options.A.x: error: expected plain data, found Date',
      'options.A.y: error: expected plain data, found a function',
      'options.A.z[0]: error: expected plain data, found a symbol',
    ]);
    expect(problemsOf(objectLayer(circle))[0]).to.match(/error: nested deeper than 100 levels$/);
    expect(problemsOf(objectLayer({ A: { maxEvents: 1, max_events: 2 } }))).to.deep.equal([
      'config.A.max_events: error: duplicate key max_events',
    ]);
    expect(problemsOf(objectLayer([]))).to.deep.equal([
      'config: error: expected a mapping of sections, found []; remove the dash or the brackets',
    ]);
  });
});
