import { checkConfiguration, jsonOf, namedPlugins, splitTraitOptions, walkPlan } from '@cherenkit/core/internal';
import {
  ConfigurationError,
  formatProblem,
  objectLayer,
  optionLayer,
  PluginRegistry,
  readConfigFile,
  rowsLayer,
  urlLayer,
  type ConfigLayer,
  type Json,
} from '@cherenkit/core';
import { expect } from 'chai';
import { nodeAt, outline } from '../../../support/outline.js';
import { example, standard } from '../../../support/test-run.js';

const plugins = new PluginRegistry([standard, example]);

/** The values of a plan with their origins, or the problems. */
async function resultOf(layers: readonly ConfigLayer[]): Promise<unknown> {
  try {
    const { plan, warnings } = await checkConfiguration({ plugins, layers, root: 'ProcessorTool' });
    const values = [...walkPlan(plan)].flatMap(({ path, settings }) =>
      [...settings].map(([trait, { value, source }]) => [`${path}.${trait}`, value, source?.keyAt, source?.node.at]),
    );
    return { values, warnings };
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const YAML = `ProcessorTool:
  ShowerProcessor: &shower
    HillasReconstructor: { min_telescopes: 3, prefix: "\\u00df\\ud800" }
ImageProcessor:
  image_cleaner_type: [[type, "*", TailcutsImageCleaner], [id, "2", MARSImageCleaner]]
  TailcutsImageCleaner:
ShowerProcessor: *shower
MuonProcessor: { completeness_threshold: 20 }
plugins: [a, ./b]
`;
const WRONG = `TailcutsImageCleaner:
  picture_threshold_pe: [[type, "*", .inf], [type, "LST*", -.inf], [type, "S*", .nan], [type, "M*", -0.0]]
  keep_isolated_pixels: yes
  keep_isolated_pixels: no
  __proto__: { a: 1 }
Unknown: 3
`;
const TOML = '[EventSource]\nmax_events = 3\n[Reconstructor]\nprefix = "toml"\n';

describe('a configuration layer', () => {
  const layersOf = async (): Promise<ConfigLayer[][]> => {
    const options = splitTraitOptions(['--EventSource.allowed_tels=1,2', '--set', 'Reconstructor.prefix=None']).options;
    const url = urlLayer('toy:?focal_length_choice=equivalent&max_events=4', 'ToySource');
    return [
      [
        await readConfigFile(YAML, 'run.yaml'),
        await readConfigFile(TOML, 'run.toml'),
        objectLayer({
          HillasReconstructor: { minTelescopes: 4, StereoQualityQuery: { qualityCriteria: [['a', 'x']] } },
        }),
        rowsLayer([['ProcessorTool.EventSource.max_events', '5']], 'out.h5'),
        ...(url ? [url] : []),
        optionLayer(options),
      ],
      [await readConfigFile(WRONG, 'wrong.yaml'), objectLayer({ ImageProcesor: { x: NaN, y: [undefined, -0] } })],
      [await readConfigFile('A: {', 'broken.yaml')],
    ];
  };

  it('gives the same plan, problems and positions after JSON and structuredClone', async () => {
    for (const layers of await layersOf()) {
      const expected = await resultOf(layers);
      const throughJson = JSON.parse(JSON.stringify(layers)) as ConfigLayer[];
      expect(throughJson).to.deep.equal(layers);
      expect(await resultOf(throughJson)).to.deep.equal(expected);
      expect(await resultOf(structuredClone(layers))).to.deep.equal(expected);
      expect(throughJson.map((layer) => namedPlugins(layer))).to.deep.equal(layers.map((layer) => namedPlugins(layer)));
    }
  });

  it('keeps infinities and NaN in JSON', async () => {
    const layer = await readConfigFile('A: { x: [.inf, -.inf, .nan, 1e400, -0.0] }', 'run.yaml');
    const node = nodeAt(JSON.parse(JSON.stringify(layer)) as ConfigLayer, 'A', 'x');
    expect(node && jsonOf(node)).to.deep.equal([Infinity, -Infinity, NaN, Infinity, 0]);
  });
});

describe('the layer of URL options', () => {
  const problemsOf = (url: string): string[] | undefined => urlLayer(url, 'ToySource')?.problems.map(formatProblem);
  const valueOf = (url: string, trait: string): Json | undefined => {
    const node = nodeAt(urlLayer(url, 'ToySource') ?? objectLayer({}), 'ToySource', trait);
    return node && jsonOf(node);
  };

  it('holds the options by trait name, in camelCase or snake_case, each with its origin', () => {
    const layer = urlLayer('toy://?array=south&energyMin=1.5&name=a%20b+c&&empty=', 'ToySource');
    expect(layer).to.include({ overrides: true });
    expect(layer && Object.keys(outline(layer)['ToySource'] ?? {})).to.deep.equal([
      'array',
      'energy_min',
      'name',
      'empty',
    ]);
    expect(valueOf('toy:?energyMin=1.5', 'energy_min')).to.equal(1.5);
    expect(valueOf('toy:?name=a%20b+c', 'name')).to.equal('a b c');
    expect(layer && nodeAt(layer, 'ToySource', 'energy_min')?.at).to.deep.equal({ source: 'toy://?energyMin=1.5' });
  });

  it('is undefined without options or without a source for the scheme', () => {
    expect(urlLayer('toy:', 'ToySource')).to.equal(undefined);
    expect(urlLayer('toy:?', 'ToySource')).to.equal(undefined);
    expect(urlLayer('file?.simtel', undefined)).to.equal(undefined);
  });

  it('rejects invalid options', () => {
    expect(problemsOf('toy:?seed=1&seed=2')).to.deep.equal(['toy:?seed=2: error: duplicate key seed']);
    expect(problemsOf('toy:?input_url=x&a.b=3&Seed=1')).to.deep.equal([
      'toy:?input_url=x: error: input_url is the URL itself and cannot be one of its options',
      'toy:?a.b=3: error: expected the name of a trait of ToySource, found "a.b"',
      'toy:?Seed=1: error: expected the name of a trait of ToySource, found "Seed"',
    ]);
  });

  it('is checked like other layers', async () => {
    const layer = urlLayer('toy:?max_events=many&max_event=3&focal_length_choice=x', 'ToySource');
    const problems = (await resultOf(layer ? [layer] : [])) as Parameters<typeof formatProblem>[0][];
    expect(problems.map(formatProblem)).to.deep.equal([
      'toy:?max_events=many: error: ToySource.max_events: expected an integer or null, found "many"',
      'toy:?max_event=3: error: ToySource has no trait max_event; did you mean "max_events"?',
      'toy:?focal_length_choice=x: error: ToySource.focal_length_choice: expected EFFECTIVE or EQUIVALENT, found "x"',
    ]);
  });
});

describe('the layer of stored values', () => {
  it('places sections beside the tool and records their origins', () => {
    const layer = rowsLayer(
      [
        ['ProcessorTool.overwrite', 'true'],
        ['ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe', '[["type", "*", 7]]'],
        ['ProcessorTool.plane-fit/PlaneFit.min_telescopes', '3'],
      ],
      'out.h5',
    );
    expect(layer.problems).to.deep.equal([]);
    expect(nodeAt(layer, 'ProcessorTool', 'overwrite')).to.deep.include({
      value: true,
      at: { source: 'out.h5.ProcessorTool.overwrite' },
    });
    const threshold = nodeAt(layer, 'ImageProcessor', 'TailcutsImageCleaner', 'picture_threshold_pe');
    expect(threshold && jsonOf(threshold)).to.deep.equal([['type', '*', 7]]);
    expect(nodeAt(layer, 'plane-fit/PlaneFit', 'min_telescopes')).to.include({ value: 3 });
  });

  it('rejects invalid values and cannot pollute prototypes', () => {
    const layer = rowsLayer(
      [
        ['__proto__.polluted', '1'],
        ['constructor.prototype.polluted', '1'],
        ['A.x', '{'],
        ['A.y', '1'],
        ['A.y', '2'],
      ],
      'out.h5',
    );
    expect(layer.problems.map(formatProblem)).to.deep.equal([
      'out.h5: error: expected Component.trait, found "__proto__.polluted"',
      'out.h5: error: expected Component.trait, found "constructor.prototype.polluted"',
      'out.h5.A.x: error: expected a value as JSON, found "{"',
      'out.h5.A.y: error: duplicate key A.y',
    ]);
    expect(({} as { polluted?: number }).polluted).to.equal(undefined);
  });
});
