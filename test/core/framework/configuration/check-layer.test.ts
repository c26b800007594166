import { expect } from 'chai';
import { definePlugin, installedPlugin, trait } from '@cherenkit/core';
import { HillasReconstructor, QualityQuery, Reconstructor } from '../../../support/test-components.js';
import { build, example, problemsOf, standard } from '../../../support/test-run.js';

describe('the static check of a configuration', () => {
  it('refuses patterns of more than 1000 characters', async () => {
    const checked = (pattern: string): Promise<string[]> =>
      problemsOf(`MARSImageCleaner:\n  picture_threshold_pe: [[type, "*", 7], [type, "${pattern}", 1]]\n`);
    const problems = await checked('*a'.repeat(500) + '*');
    expect(problems).to.have.length(1);
    expect(problems[0]).to.include('run.yaml:2:').and.include('expected at most 1000 characters, found 1001');
    // One of 1000 characters is valid, and matches no telescope within linear time.
    for (const problem of await checked('*a'.repeat(500))) expect(problem).not.to.include('1000 characters');
  });

  it('reports all mistakes, each with its position and the nearest valid name', async () => {
    const problems = await problemsOf(`ShowerProcessor:
  reconstructor_types: [HillasReconstructer]
TailcutImageCleaner:
  picture_threshold_pe: 7
MARSImageCleaner:
  picture_treshold_pe: 7
  keep_isolated_pixels: false
  keep_isolated_pixels: yes
  picture_threshold_pe: [[type, "LST*", ten], [name, "*", 5], [type, "MST*", -1], [type, "SST["], [type, "S[", 1]]
HillasIntersection:
  weighting: konrad
ImageProcessor:
  image_cleaner_type: [[type, "LST*", TailcutsImageCleaner], [type, "*", MarsImageCleaner]]
ImageCleaner:
  picture_threshold_pe: 5
Reconstructor:
  DepthReconstructor: { depth: 1 }
  prefix: 3
StereoQualityQuery:
  quality_criteria: [[a, "b >"], [c], d]
EventSource:
  max_events: 2.5
  allowed_tels: 1,x
ImageCleaner.picture_threshold_pe: 3
max_events: 3
plugins: plane-fit
`);
    expect(problems).to.deep.equal([
      'run.yaml:2:25: error: ShowerProcessor.reconstructor_types: expected the name of a component of kind Reconstructor, found "HillasReconstructer"; did you mean "HillasReconstructor"?',
      'run.yaml:3:1: error: unknown section TailcutImageCleaner; did you mean "TailcutsImageCleaner"?',
      'run.yaml:6:3: error: MARSImageCleaner has no trait picture_treshold_pe; did you mean "picture_threshold_pe"?',
      'run.yaml:8:3: error: duplicate key keep_isolated_pixels',
      'run.yaml:9:41: error: MARSImageCleaner.picture_threshold_pe: expected a number in pe, found "ten"',
      'run.yaml:9:48: error: MARSImageCleaner.picture_threshold_pe: expected type or id, found "name"',
      'run.yaml:9:78: error: MARSImageCleaner.picture_threshold_pe: expected at least 0 pe, found -1',
      'run.yaml:9:83: error: MARSImageCleaner.picture_threshold_pe: expected a rule, [type, GLOB, value] or [id, N, value], found ["type","SST["]',
      'run.yaml:9:90: error: MARSImageCleaner.picture_threshold_pe: expected a pattern for telescope types, found "SST[": a [ is not closed',
      'run.yaml:9:106: error: MARSImageCleaner.picture_threshold_pe: expected a pattern for telescope types, found "S[": a [ is not closed',
      'run.yaml:11:14: error: HillasIntersection.weighting: expected Konrad or hess, found "konrad"; did you mean "Konrad"?',
      'run.yaml:13:74: error: ImageProcessor.image_cleaner_type: expected the name of a component of kind ImageCleaner, found "MarsImageCleaner"; did you mean "MARSImageCleaner"?',
      'run.yaml:17:3: error: unknown section DepthReconstructor',
      'run.yaml:18:11: error: Reconstructor.prefix: expected a string, found 3',
      'run.yaml:20:26: error: StereoQualityQuery.quality_criteria: criterion a: invalid expression "b >": expected a value, found the end of the expression',
      'run.yaml:20:34: error: StereoQualityQuery.quality_criteria: expected a list [string, expression], found ["c"]',
      'run.yaml:20:39: error: StereoQualityQuery.quality_criteria: expected a list [string, expression], found "d"',
      'run.yaml:22:15: error: EventSource.max_events: expected an integer or null, found 2.5',
      'run.yaml:23:17: error: EventSource.allowed_tels: expected a list of integers, or "1,2,5-9" or null, found "1,x"',
      'run.yaml:24:1: error: ImageCleaner.picture_threshold_pe: expected sections within sections; dotted names are for options (--ImageCleaner.picture_threshold_pe=...)',
      'run.yaml:25:1: error: max_events is outside of any section; write a trait below the name of its component: EventSource',
      'run.yaml:26:10: error: plugins: expected a list of packages or paths',
    ]);
  });

  it('reads YAML 1.1 booleans and numbers as strings, with a hint', async () => {
    expect(
      await problemsOf('TailcutsImageCleaner: { keep_isolated_pixels: yes, picture_threshold_pe: 1_000 }'),
    ).to.deep.equal([
      'run.yaml:1:47: error: TailcutsImageCleaner.keep_isolated_pixels: expected true or false, found "yes", which is a string in YAML 1.2; write true or false',
      'run.yaml:1:74: error: TailcutsImageCleaner.picture_threshold_pe: expected a number in pe, found "1_000", which is a string; write the digits only',
    ]);
  });

  it('gives the new names of traits that ctapipe renamed, or when it removed them', async () => {
    const problems = await problemsOf(
      'DataWriter: { write_images: true, write_index_tables: true }\nNeighborPeakWindowSum: { lwt: 1 }',
    );
    expect(problems.filter((problem) => problem.includes('error'))).to.deep.equal([
      'run.yaml:1:15: error: DataWriter has no trait write_images; write_images was a trait of ctapipe until 0.20 and is now write_dl1_images',
      'run.yaml:1:35: error: DataWriter has no trait write_index_tables; write_index_tables was a trait of ctapipe until 0.26 and was removed',
      'run.yaml:2:26: error: NeighborPeakWindowSum has no trait lwt; lwt was a trait of ctapipe until 0.15 and is now local_weight',
    ]);
  });

  it('reports rules without effect', async () => {
    expect(
      await problemsOf(`TailcutsImageCleaner:
  picture_threshold_pe: [[type, "LST*", 8], [type, "*", 5]]
MARSImageCleaner:
  picture_threshold_pe: [[type, "*", 5], [id, 1, 3], [id, "1", 4]]
`),
    ).to.deep.equal([
      'run.yaml:2:26: error: TailcutsImageCleaner.picture_threshold_pe: this rule has no effect, a later rule matches the same telescopes in any array',
      'run.yaml:4:42: error: MARSImageCleaner.picture_threshold_pe: this rule has no effect, a later rule matches the same telescopes in any array',
    ]);
  });

  it('reports a single rule where a list of rules is expected', async () => {
    expect(await problemsOf('TailcutsImageCleaner:\n  picture_threshold_pe: [type, "LST*", 8]\n')).to.deep.equal([
      'run.yaml:2:25: error: TailcutsImageCleaner.picture_threshold_pe: expected a list of rules, [[type, GLOB, value], [id, N, value], ...], found ["type","LST*",8]',
    ]);
  });

  it('reports components of the wrong kind and abstract classes', async () => {
    expect(
      await problemsOf('ShowerProcessor:\n  reconstructor_types: [TailcutsImageCleaner, Reconstructor]\n'),
    ).to.deep.equal([
      'run.yaml:2:25: error: ShowerProcessor.reconstructor_types: expected the name of a component of kind Reconstructor, found "TailcutsImageCleaner", which is a component of kind ImageCleaner; choose HillasIntersection, HillasReconstructor',
      'run.yaml:2:47: error: ShowerProcessor.reconstructor_types: expected the name of a component of kind Reconstructor, found "Reconstructor", which is an abstract class; choose HillasIntersection, HillasReconstructor',
    ]);
  });

  it('reports a component that no plugin provides, including one named by a default', async () => {
    const { TailcutsImageCleaner: _absent, MARSImageCleaner: _also, ...components } = standard.manifest.components;
    expect(await problemsOf('', [{ ...standard, manifest: { ...standard.manifest, components } }])).to.deep.equal([
      'error: ProcessorTool.ImageProcessor.image_cleaner_type: TailcutsImageCleaner is a component of ctapipe that is not available here; it is chosen for telescopes 1 (LST_LST_LSTCam), 2 (LST_LST_LSTCam), 5 (MST_MST_NectarCam)',
    ]);
    const { StereoQualityQuery: _query, HillasReconstructor: _hillas, ...others } = standard.manifest.components;
    const renamed = { ...others, OwnReconstructor: standard.manifest.components['HillasReconstructor'] };
    expect(
      await problemsOf('ShowerProcessor: { reconstructor_types: [OwnReconstructor] }', [
        { ...standard, manifest: { ...standard.manifest, components: renamed } },
      ]),
    ).to.deep.equal([
      'error: ProcessorTool.ShowerProcessor.OwnReconstructor.StereoQualityQuery: StereoQualityQuery is a component of ctapipe that is not available here',
    ]);
  });

  it('does not import plugins', async () => {
    const absent = { ...example, load: () => Promise.reject(new Error('must not be imported')) };
    expect(await problemsOf('DepthReconstructor: { depht: 3 }', [standard, absent])).to.deep.equal([
      'run.yaml:1:23: error: DepthReconstructor has no trait depht; did you mean "depth"?',
    ]);
    // Configured but unused, so not imported either.
    await build('DepthReconstructor: { depth: 3 }', [standard, absent]);
  });

  it('accepts traits of subclasses in the section of a base class and checks them where they are used', async () => {
    class OwnReconstructor extends Reconstructor.withTraits({
      weighting: trait.integer({ default: 1, help: 'Not the words of another class.' }),
    }) {
      override reconstruct(): number {
        return this.traits.weighting;
      }
    }
    const own = installedPlugin(definePlugin({ name: 'own', apiVersion: 1, components: [OwnReconstructor] }));
    const yaml = (name: string): string =>
      `ShowerProcessor: { reconstructor_types: [${name}] }\nReconstructor: { weighting: hess }\n`;
    expect(await problemsOf(yaml('HillasIntersection'), [standard, own])).to.deep.equal([]);
    expect(await problemsOf(yaml('HillasReconstructor'), [standard, own])).to.deep.equal([]);
    expect(await problemsOf(yaml('OwnReconstructor'), [standard, own])).to.deep.equal([
      'run.yaml:2:29: error: ProcessorTool.ShowerProcessor.OwnReconstructor.weighting: expected an integer, found "hess"',
    ]);
  });

  it('checks the names used in an expression', async () => {
    class NamedQuery extends QualityQuery.withTraits({
      limits: trait.list(trait.expression({ names: ['image'] }), { default: [], help: 'Expressions of one name.' }),
    }) {}
    const own = installedPlugin(definePlugin({ name: 'own', apiVersion: 1, components: [NamedQuery] }));
    expect(await problemsOf('NamedQuery: { limits: ["image > 3", "imge > 3"] }', [standard, own])).to.deep.equal([
      'run.yaml:1:37: error: NamedQuery.limits: invalid expression "imge > 3": unknown name "imge"; did you mean "image"?',
    ]);
  });

  it('requires a value for a trait without default', async () => {
    class OwnReconstructor extends Reconstructor.withTraits({
      model: trait.path({ help: 'The file of the model.' }),
      seed: trait.optional(trait.integer({ help: 'Of the random numbers.' })),
    }) {
      override reconstruct(): number {
        return 0;
      }
    }
    const own = installedPlugin(definePlugin({ name: 'own', apiVersion: 1, components: [OwnReconstructor] }));
    expect(
      await problemsOf('ShowerProcessor: { reconstructor_types: [OwnReconstructor] }', [standard, own]),
    ).to.deep.equal(['error: ProcessorTool.ShowerProcessor.OwnReconstructor.model: a value is required']);
  });

  it('rejects a component that contains itself', async () => {
    class RecursiveReconstructor extends Reconstructor.withTraits({
      inner: trait.componentName(Reconstructor, { default: 'RecursiveReconstructor', help: 'The one within.' }),
    }) {
      override reconstruct(): number {
        return 0;
      }
    }
    const own = installedPlugin(definePlugin({ name: 'own', apiVersion: 1, components: [RecursiveReconstructor] }));
    expect(
      await problemsOf('ShowerProcessor: { reconstructor_types: [RecursiveReconstructor] }', [standard, own]),
    ).to.deep.equal([
      'error: ProcessorTool.ShowerProcessor.RecursiveReconstructor.inner: RecursiveReconstructor cannot contain itself',
    ]);
  });

  it('requires the qualified name for a component that two plugins provide', async () => {
    const twin = class extends HillasReconstructor {};
    Object.defineProperty(twin, 'name', { value: 'HillasReconstructor' });
    const other = installedPlugin(
      definePlugin({ name: 'other', apiVersion: 1, components: [twin] }),
      '@other/reconstructors',
    );
    const plugins = [standard, other];
    const which = 'write standard/HillasReconstructor or other/HillasReconstructor';
    expect(await problemsOf('HillasReconstructor: {}', plugins)).to.deep.equal([
      `run.yaml:1:1: error: section HillasReconstructor: several plugins provide HillasReconstructor; ${which}`,
      `error: ProcessorTool.ShowerProcessor.reconstructor_types: several plugins provide HillasReconstructor; ${which}`,
    ]);
    expect(await problemsOf('ShowerProcessor: { reconstructor_types: [HillasReconstructor] }', plugins)).to.deep.equal([
      `run.yaml:1:42: error: ShowerProcessor.reconstructor_types: expected the name of a component of kind Reconstructor, found "HillasReconstructor", which several plugins provide; ${which}`,
    ]);
    const { showerProcessor } = await build(
      `ShowerProcessor: { reconstructor_types: [standard/HillasReconstructor, "@other/reconstructors/HillasReconstructor"] }
standard/HillasReconstructor: { min_telescopes: 4 }
other/HillasReconstructor: { min_telescopes: 5 }`,
      plugins,
    );
    expect(showerProcessor.reconstructors.map((reconstructor) => reconstructor.constructor)).to.deep.equal([
      HillasReconstructor,
      twin,
    ]);
    expect(showerProcessor.reconstructors.map((reconstructor) => reconstructor.reconstruct())).to.deep.equal([
      2500, 2000,
    ]);
  });

  it('reports classes and traits that only ctapipe has: a warning if without effect, otherwise an error', async () => {
    const section = 'MuonProcessor: { completeness_threshold: 20 }\nCrossValidator: { rng_seed: 1 }\n';
    expect(await problemsOf(section)).to.deep.equal([
      'run.yaml:1:1: warning: MuonProcessor is a class of ctapipe that is not available here; its section has no effect',
      'run.yaml:2:1: warning: CrossValidator is a class of ctapipe that is not available here; its section has no effect',
    ]);
    const missing = 'is a trait of ctapipe that is not available here';
    expect(
      await problemsOf(`MARSImageCleaner: { boundary_threshold_pe: 4 }
HillasReconstructor: { n_jobs: 2 }
ImageProcessor: { use_telescope_frame: true }
`),
    ).to.deep.equal([
      `run.yaml:1:21: warning: MARSImageCleaner.boundary_threshold_pe ${missing}`,
      `run.yaml:2:24: error: ProcessorTool.ShowerProcessor.HillasReconstructor.n_jobs ${missing}`,
      // Equals ctapipe's default, so it has no effect.
      `run.yaml:3:19: warning: ImageProcessor.use_telescope_frame ${missing}`,
    ]);
    const cleaner = (rules: string): string => `ImageProcessor: { image_cleaner_type: ${rules} }`;
    const name = 'FACTImageCleaner is a component of ctapipe that is not available here';
    expect(
      await problemsOf(cleaner('[[type, "*", TailcutsImageCleaner], [type, "SST*", FACTImageCleaner]]')),
    ).to.deep.equal([
      `run.yaml:1:90: warning: ImageProcessor.image_cleaner_type: ${name}`,
      'run.yaml:1:75: warning: ProcessorTool.ImageProcessor.image_cleaner_type: type SST* matches no telescope; the array has LST_LST_LSTCam, MST_MST_NectarCam',
    ]);
    expect(
      await problemsOf(cleaner('[[type, "*", TailcutsImageCleaner], [type, "MST*", FACTImageCleaner]]')),
    ).to.deep.equal([
      `run.yaml:1:90: error: ProcessorTool.ImageProcessor.image_cleaner_type: ${name}; it is chosen for telescope 5 (MST_MST_NectarCam)`,
    ]);
    expect(await problemsOf('ShowerProcessor: { reconstructor_types: [ImPACTReconstructor] }')).to.deep.equal([
      'run.yaml:1:42: error: ProcessorTool.ShowerProcessor.reconstructor_types: ImPACTReconstructor is a component of ctapipe that is not available here',
    ]);
  });

  it('warns of nested sections without effect', async () => {
    const gap = (name: string, owners: string): string =>
      `section ${name} has no effect here; move it ${owners} to the top level`;
    expect(
      await problemsOf(`ProcessorTool:
  EventSource: { max_events: 3 }
  ToySource: { max_events: 3 }
  StereoQualityQuery: {}
ShowerProcessor:
  QualityQuery: {}
  Reconstructor: { QualityQuery: {} }
  HillasReconstructor: { StereoQualityQuery: {}, HillasIntersection: { StereoQualityQuery: {} } }
TailcutsImageCleaner:
  ImageProcessor: { TailcutsImageCleaner: {}, ShowerProcessor: {} }
ImageProcessor: { ImageCleaner: {}, MARSImageCleaner: {} }
`),
    ).to.deep.equal([
      `run.yaml:4:3: warning: ${gap('StereoQualityQuery', 'directly below Reconstructor, or')}`,
      `run.yaml:6:3: warning: ${gap('QualityQuery', 'directly below Reconstructor, or')}`,
      `run.yaml:8:50: warning: ${gap('HillasIntersection', 'directly below ShowerProcessor, or')}`,
      `run.yaml:10:3: warning: ${gap('ImageProcessor', 'directly below ProcessorTool, or')}`,
    ]);
  });

  it('warns of classes that ctapipe has removed', async () => {
    expect(await problemsOf('ShowerProcessor: { ShowerQualityQuery: { whatever: 1 } }\nDL1Writer: {}\n')).to.deep.equal(
      [
        'run.yaml:1:20: warning: ShowerQualityQuery was a class of ctapipe until 0.13; its section has no effect; did you mean "StereoQualityQuery"?',
        'run.yaml:2:1: warning: DL1Writer was a class of ctapipe until 0.11; its section has no effect',
      ],
    );
  });

  it("checks the traits of ctapipe's classes that are not available here", async () => {
    const [, ...problems] = await problemsOf('CrossValidator: { n_cross_validation: 5, output_path: a }\n');
    expect(problems).to.deep.equal([
      'run.yaml:1:19: error: CrossValidator has no trait n_cross_validation; did you mean "n_cross_validations"?',
    ]);
  });
});
