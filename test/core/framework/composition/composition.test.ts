import { expect } from 'chai';
import { walkPlan, type Composition } from '@cherenkit/core/internal';
import {
  CherenkitError,
  definePlugin,
  FunctionLogger,
  installedPlugin,
  LOGGER,
  objectLayer,
  PluginRegistry,
  PROVENANCE,
  readConfigFile,
  service,
  serviceToken,
  SUBARRAY,
  trait,
  provide,
  type ComponentContext,
  type ConfigLayer,
  type SubarrayDescription,
} from '@cherenkit/core';
import {
  ATMOSPHERE,
  EventSource,
  ImageCleaner,
  ImageProcessor,
  ProcessorTool,
  Reconstructor,
  ShowerProcessor,
  TailcutsImageCleaner,
  ToySource,
  type MARSImageCleaner,
} from '../../../support/test-components.js';
import { build, composeRun, example, standard, subarray } from '../../../support/test-run.js';
import { compose } from '../../../support/compose.js';

const both = 'ShowerProcessor: { reconstructor_types: [HillasReconstructor, HillasIntersection] }\n';
const withDepth = 'ShowerProcessor: { reconstructor_types: [HillasReconstructor, DepthReconstructor] }\n';

describe('compose', () => {
  it('gives components their default values', async () => {
    const { showerProcessor } = await build('ShowerProcessor: { reconstructor_types: [HillasIntersection] }');
    expect(showerProcessor.reconstructors[0].traits).to.deep.equal({ prefix: '', weighting: 'Konrad' });
  });

  it('configures by path, so that two children of one class can differ', async () => {
    const { showerProcessor } = await build(
      `${both}HillasReconstructor: { StereoQualityQuery: { quality_criteria: [[a, x]] } }\nHillasIntersection: { StereoQualityQuery: { quality_criteria: [[b, x]] } }`,
    );
    const [first, second] = showerProcessor.reconstructors;
    expect([first.qualityQuery.names, second.qualityQuery.names]).to.deep.equal([['a'], ['b']]);
    expect(first.qualityQuery).not.to.equal(second.qualityQuery);
  });

  const criteria = (name: string): string => `{ quality_criteria: [[${name}, x]] }`;
  // Verified with traitlets 5.16.
  const precedence: [title: string, yaml: string, expected: string][] = [
    ['applies the section of a base class to its subclass', `QualityQuery: ${criteria('q')}`, 'q'],
    [
      'prefers the section of the subclass over that of the base class',
      `StereoQualityQuery: ${criteria('s')}\nQualityQuery: ${criteria('q')}`,
      's',
    ],
    [
      'prefers the section below the parent over the section of the class',
      `StereoQualityQuery: ${criteria('s')}\nHillasReconstructor: { QualityQuery: ${criteria('hq')} }`,
      'hq',
    ],
    [
      'matches a parent section by the base class of the parent',
      `Reconstructor: { StereoQualityQuery: ${criteria('rs')} }`,
      'rs',
    ],
    [
      'prefers the class of the child over the class of the parent',
      `Reconstructor: { StereoQualityQuery: ${criteria('rs')} }\nHillasReconstructor: { QualityQuery: ${criteria('hq')} }`,
      'rs',
    ],
    [
      'prefers the longer path',
      `HillasReconstructor: { StereoQualityQuery: ${criteria('hs')} }\nShowerProcessor: { HillasReconstructor: { StereoQualityQuery: ${criteria('phs')} } }`,
      'phs',
    ],
    ['ignores a path with a gap', `ShowerProcessor: { StereoQualityQuery: ${criteria('ps')} }`, '> 50 pe'],
    [
      'matches the full path from the tool',
      `ProcessorTool: { ShowerProcessor: { HillasReconstructor: { StereoQualityQuery: ${criteria('t')} } } }`,
      't',
    ],
  ];
  for (const [title, yaml, expected] of precedence) {
    it(title, async () => {
      const { showerProcessor } = await build(yaml);
      expect(showerProcessor.reconstructors[0].qualityQuery.names).to.deep.equal([expected]);
    });
  }

  it('creates one instance per component name selected by telescope type', async () => {
    const { imageProcessor } = await build(`
ImageProcessor:
  image_cleaner_type: [[type, "*", TailcutsImageCleaner], [type, "LST*", MARSImageCleaner]]
ImageCleaner:
  picture_threshold_pe: [[type, "*", 5], [type, "LST*", 8], [id, 2, 9]]
`);
    const cleaners = [1, 2, 5].map((telId) => imageProcessor.cleaners.for(telId));
    expect(cleaners.map(({ name }) => name)).to.deep.equal([
      'MARSImageCleaner',
      'MARSImageCleaner',
      'TailcutsImageCleaner',
    ]);
    expect(cleaners[0]).to.equal(cleaners[1]);
    const { pictureThresholdPe } = (cleaners[0] as MARSImageCleaner).traits;
    expect([1, 2].map((telId) => pictureThresholdPe.for(telId))).to.deep.equal([8, 9]);
    expect(() => pictureThresholdPe.for(5)).to.throw(
      RangeError,
      'No value for telescope 5; there are values for 1, 2.',
    );
    expect(cleaners[0]['context'].telIds).to.deep.equal([1, 2]);
  });

  it('merges layers key by key with precedence of later layers', async () => {
    const layers = [
      objectLayer({
        HillasReconstructor: { minTelescopes: 3, prefix: 'a' },
        ShowerProcessor: { reconstructorTypes: [] },
      }),
      objectLayer({ HillasReconstructor: { min_telescopes: 4 } }),
      objectLayer({ ShowerProcessor: { reconstructorTypes: ['HillasReconstructor'] } }),
    ];
    const composition = await compose({
      plugins: new PluginRegistry([standard]),
      layers,
      root: 'ProcessorTool',
      components: ['ShowerProcessor'],
    });
    await composition.setSubarray(subarray);
    const { reconstructors } = composition.create(ShowerProcessor, 'ShowerProcessor');
    expect(reconstructors[0].traits).to.deep.equal({ prefix: 'a', minTelescopes: 4 });
  });

  it('rejects options for components that the run does not use, but accepts them in files', async () => {
    const option = { ...objectLayer({ MARSImageCleaner: { pictureThresholdPe: 8 } }, 'options'), overrides: true };
    const plugins = new PluginRegistry([standard]);
    const composition = await compose({ plugins, layers: [option], root: 'ProcessorTool' });
    const message =
      'MARSImageCleaner.picture_threshold_pe has no effect: this run uses no MARSImageCleaner; remove the option';
    let refused: unknown;
    await composition.setSubarray(subarray).catch((error: unknown) => (refused = error));
    expect(String(refused)).to.include(message);
    const file = objectLayer({ MARSImageCleaner: { pictureThresholdPe: 8 } }, 'file');
    const withFile = await compose({ plugins, layers: [file], root: 'ProcessorTool' });
    await withFile.setSubarray(subarray);
    const chosen = objectLayer({ ImageProcessor: { imageCleanerType: 'MARSImageCleaner' } });
    const withBoth = await compose({ plugins, layers: [chosen, option], root: 'ProcessorTool' });
    await withBoth.setSubarray(subarray);
  });

  it('builds single components without a root and without a configuration', async () => {
    const composition = await compose({
      plugins: new PluginRegistry([standard]),
      components: ['TailcutsImageCleaner'],
    });
    await composition.setSubarray(subarray);
    const cleaner = composition.create(ImageCleaner, 'TailcutsImageCleaner');
    expect([...cleaner.clean(5, Float32Array.of(9, 10, 11))]).to.deep.equal([0, 1, 1]);
    expect(cleaner['context'].path).to.equal('TailcutsImageCleaner');
  });

  it('creates the event source before the subarray is known', async () => {
    const composition = await compose({
      plugins: new PluginRegistry([standard]),
      layers: [
        objectLayer({ EventSource: { maxEvents: 5, allowedTels: '1,2,5-9', focal_length_choice: 'equivalent' } }),
      ],
      root: 'ProcessorTool',
    });
    const source = await composition.createChosen(EventSource, 'ToySource');
    expect(source).to.be.instanceOf(ToySource);
    expect((source as ToySource).traits).to.deep.equal({
      inputUrl: undefined,
      maxEvents: 5,
      allowedTels: new Set([1, 2, 5, 6, 7, 8, 9]),
      focalLengthChoice: 'EQUIVALENT',
    });
    expect(source['context'].path).to.equal('ProcessorTool.ToySource');
    expect(() => source['context'].subarray).to.throw(
      CherenkitError,
      'ProcessorTool.ToySource uses the subarray before the event source has been opened.',
    );
    expect(() => composition.create(ProcessorTool, 'ProcessorTool')).to.throw(
      CherenkitError,
      'ProcessorTool cannot create ProcessorTool: the subarray has not been set.',
    );
    await composition.setSubarray(subarray);
    expect(composition.create(ImageProcessor, 'ImageProcessor').cleaners.for(1)).to.be.instanceOf(TailcutsImageCleaner);
  });

  it('returns its configuration, which reproduces the run', async () => {
    const layers = [
      await readConfigFile(
        `${withDepth}Reconstructor: { StereoQualityQuery: { quality_criteria: [[a, x]] } }
ImageProcessor: { image_cleaner_type: [[type, "*", TailcutsImageCleaner], [type, "LST*", MARSImageCleaner]] }
EventSource: { allowed_tels: "1-3", max_events: 4 }
`,
        'run.yaml',
      ),
    ];
    const run = async (given: readonly ConfigLayer[]): Promise<Composition> => {
      const composition = await compose({
        plugins: new PluginRegistry([standard, example]),
        layers: given,
        root: 'ProcessorTool',
      });
      await composition.createChosen(EventSource, 'ToySource');
      return composition;
    };
    const { configuration, plan } = await run(layers);
    expect(configuration).to.deep.equal({
      ProcessorTool: {
        overwrite: false,
        ToySource: { input_url: null, max_events: 4, allowed_tels: [1, 2, 3], focal_length_choice: 'EFFECTIVE' },
        ImageProcessor: {
          image_cleaner_type: [
            ['type', '*', 'TailcutsImageCleaner'],
            ['type', 'LST*', 'MARSImageCleaner'],
          ],
          TailcutsImageCleaner: { picture_threshold_pe: 10, keep_isolated_pixels: false },
          MARSImageCleaner: { picture_threshold_pe: 10, keep_isolated_pixels: false, min_number_picture_neighbors: 1 },
        },
        ShowerProcessor: {
          reconstructor_types: ['HillasReconstructor', 'DepthReconstructor'],
          HillasReconstructor: {
            prefix: '',
            min_telescopes: 2,
            StereoQualityQuery: { quality_criteria: [['a', 'x']] },
          },
          DepthReconstructor: { prefix: '', depth: 300, StereoQualityQuery: { quality_criteria: [['a', 'x']] } },
        },
      },
    });
    const again = await run([await readConfigFile(JSON.stringify(configuration), 'stored.json')]);
    expect(again.configuration).to.deep.equal(configuration);
    expect([...walkPlan(again.plan)].map(({ path }) => path)).to.deep.equal(
      [...walkPlan(plan)].map(({ path }) => path),
    );
  });

  it('gives a source its values and children per telescope when the subarray is set', async () => {
    class LateSource extends EventSource.withTraits({
      cleaner: trait.perTelescope(trait.componentName(ImageCleaner, { default: 'TailcutsImageCleaner', help: 'Any.' })),
    }) {
      get thresholds(): number[] {
        const cleaners = this.traits.cleaner.map((name) => this.context.create(ImageCleaner, name));
        return this.context.telIds.map((telId) => cleaners.for(telId).clean(telId, Float32Array.of(7))[0] ?? NaN);
      }
    }
    const late = installedPlugin(definePlugin({ name: 'late', apiVersion: 1, components: [LateSource] }));
    const composition = await compose({
      plugins: new PluginRegistry([standard, late]),
      layers: [
        await readConfigFile(
          `LateSource:
  cleaner: [[type, "*", TailcutsImageCleaner], [type, "SST*", MARSImageCleaner], [id, 5, MARSImageCleaner]]
  MARSImageCleaner: { picture_threshold_pe: [[id, 5, 6]] }
`,
          'run.yaml',
        ),
      ],
    });
    const source = (await composition.createChosen(EventSource, 'LateSource')) as LateSource;
    expect(source.thresholds).to.deep.equal([]);
    expect(composition.warnings).to.deep.equal([]);
    await composition.setSubarray(subarray);
    expect(source.thresholds).to.deep.equal([0, 0, 1]);
    expect(composition.warnings.map(({ message }) => message)).to.deep.equal([
      'LateSource.cleaner: type SST* matches no telescope; the array has LST_LST_LSTCam, MST_MST_NectarCam',
    ]);
  });

  it('creates only declared children', async () => {
    class Secretive extends Reconstructor.withTraits({}) {
      constructor(context: ComponentContext) {
        super(context);
        context.create(ImageCleaner, 'TailcutsImageCleaner');
      }

      override reconstruct(): number {
        return 0;
      }
    }
    const own = installedPlugin(definePlugin({ name: 'own', apiVersion: 1, components: [Secretive] }));
    const composition = await composeRun('ShowerProcessor: { reconstructor_types: [Secretive] }', [standard, own]);
    expect(() => composition.create(ProcessorTool, 'ProcessorTool')).to.throw(
      CherenkitError,
      'ProcessorTool.ShowerProcessor.Secretive cannot create TailcutsImageCleaner: it is neither listed in `static children` nor named by a trait.',
    );
    expect(() => composition.create(ImageCleaner, 'ShowerProcessor')).to.throw(
      CherenkitError,
      'ProcessorTool cannot create ShowerProcessor: it is not of kind ImageCleaner but of kind ShowerProcessor.',
    );
  });
});

describe('services', () => {
  it('are provided by plugins as single instances', async () => {
    const messages: string[] = [];
    const logger = new FunctionLogger((level, message, name) => messages.push(`${level} ${name}: ${message}`));
    const composition = await composeRun(withDepth, [standard, example], { services: [provide(LOGGER, logger)] });
    const { showerProcessor } = composition.create(ProcessorTool, 'ProcessorTool');
    const height = showerProcessor.reconstructors[1].reconstruct();
    expect(height).to.equal(8000 * Math.log(1036 / 300));
    expect(composition.service(ATMOSPHERE)).to.equal(composition.service(ATMOSPHERE));
    showerProcessor['context'].logger.warning('hello');
    expect(messages).to.deep.equal([
      'info : atmosphere for 3 telescopes',
      'warning ProcessorTool.ShowerProcessor: hello',
    ]);
  });

  it('are checked against their constructors at compile time', () => {
    class NeedsArray {
      constructor(readonly subarray: SubarrayDescription) {}
    }
    const token = serviceToken<NeedsArray>('test.NeedsArray');
    service(token, [SUBARRAY], NeedsArray);
    // @ts-expect-error the constructor takes no logger
    service(token, [LOGGER], NeedsArray);
    // @ts-expect-error the constructor takes an array
    service(token, [], NeedsArray);
  });

  it('include the provenance, which records inputs', async () => {
    const composition = await composeRun('');
    const provenance = composition.service(PROVENANCE);
    provenance.addInput({ url: 'gamma.simtel.zst', role: 'DL0/Event' });
    expect(composition.service(PROVENANCE).inputs).to.deep.equal([{ url: 'gamma.simtel.zst', role: 'DL0/Event' }]);
  });

  it('are disposed with the run in reverse order of creation', async () => {
    const disposed: string[] = [];
    class First {
      [Symbol.dispose](): void {
        disposed.push('first');
      }
    }
    class Second {
      constructor(readonly first: First) {}
      async [Symbol.asyncDispose](): Promise<void> {
        await Promise.resolve();
        disposed.push('second');
      }
    }
    const [first, second] = [serviceToken<First>('test.First'), serviceToken<Second>('test.Second')];
    class User extends Reconstructor.withTraits({}) {
      override reconstruct(): number {
        return 0;
      }
    }
    const own = definePlugin({
      name: 'own',
      apiVersion: 1,
      components: [User],
      services: [service(second, [first], Second), service(first, [], First)],
    });
    const composition = await composeRun('ShowerProcessor: { reconstructor_types: [User] }', [
      standard,
      installedPlugin(own),
    ]);
    expect(composition.service(second).first).to.equal(composition.service(first));
    await composition[Symbol.asyncDispose]();
    expect(disposed).to.deep.equal(['second', 'first']);
  });

  it('are reported with the plugin that provides them when missing', async () => {
    const composition = await composeRun('', [standard, example]);
    expect(() => composition.service(ATMOSPHERE)).to.throw(
      CherenkitError,
      'There is no service example.Atmosphere: plugin example provides it, but none of its components is used.',
    );
    expect(() => composition.service(serviceToken('test.Unknown'))).to.throw(
      CherenkitError,
      'There is no service test.Unknown: no plugin provides it.',
    );
  });

  it('must not be provided by two plugins', async () => {
    class User extends Reconstructor.withTraits({}) {
      override reconstruct(): number {
        return 0;
      }
    }
    const own = definePlugin({
      name: 'own',
      apiVersion: 1,
      components: [User],
      services: [
        service(
          ATMOSPHERE,
          [],
          class {
            height = () => 0;
          },
        ),
      ],
    });
    const yaml = 'ShowerProcessor: { reconstructor_types: [User, DepthReconstructor] }';
    let thrown: unknown;
    await composeRun(yaml, [standard, example, installedPlugin(own)]).catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(CherenkitError).with.property('code', 'SERVICE_TWICE');
  });
});
