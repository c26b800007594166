import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { objectLayer, type Configuration, type ConfigurationOf, type ConfigurationSections } from 'cherenkit';
import { CpuStopwatch } from '../support/cpu-stopwatch.js';
import { inEditor } from '../support/in-editor.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

/** Values of all kinds, as they compile. */
const VALID: ConfigurationSections = {
  plugins: ['./mine'],
  CameraCalibrator: {
    image_extractor_type: [['type', 'LST*', 'FlashCamExtractor']],
    LocalPeakWindowSum: { window_width: 5 },
  },
  ImageProcessor: {
    image_cleaner_type: 'a-plugin/AnImageCleaner',
    TailcutsImageCleaner: {
      picture_threshold_pe: [
        ['type', '*', 8],
        ['id', 3, 10],
      ],
    },
  },
  SimTelEventSource: { focal_length_choice: 'equivalent', allowed_tels: [1, 2], max_events: null },
  HillasReconstructor: { StereoQualityQuery: { quality_criteria: [['bright', 'parameters.hillas.intensity > 50']] } },
  SoftwareTrigger: { min_telescopes: 2 },
};

const CLEANER: ConfigurationOf<'TailcutsImageCleaner'> = { keep_isolated_pixels: true };

describe('the types of configuration objects', function () {
  this.timeout(120_000);

  it('refuse misspelt sections, traits and values', () => {
    const configurations: Configuration[] = [
      VALID,
      { TailcutsImageCleaner: CLEANER },
      objectLayer({ MyReconstructor: { min_telescopes: 3 } }),
      // @ts-expect-error A misspelt section.
      { ImageProcesor: {} },
      // @ts-expect-error A misspelt trait.
      { ImageProcessor: { TailcutsImageCleaner: { picture_treshold_pe: 8 } } },
      // @ts-expect-error A trait of another component.
      { ImageProcessor: { picture_threshold_pe: 8 } },
      // @ts-expect-error A section where it has no effect.
      { ImageProcessor: { StereoQualityQuery: {} } },
      // @ts-expect-error A trait of a component that has none.
      { HillasParametrizer: { min_pixels: 3 } },
      // @ts-expect-error A value of another type.
      { TailcutsImageCleaner: { picture_threshold_pe: 'high' } },
      // @ts-expect-error A rule with a misspelt command.
      { TailcutsImageCleaner: { picture_threshold_pe: [['typ', '*', 8]] } },
    ];
    expect(configurations).to.have.lengthOf(10);
  });

  it('explain and complete keys in an editor, also those that a plugin adds', () => {
    const text = `import { createPipeline, DataWriter, EventSource } from 'cherenkit';
declare module 'cherenkit' {
  interface ConfigurationSections {
    /** Fits planes. */
    PlaneFitReconstructor?: { min_telescopes?: number };
  }
}
export async function run(): Promise<void> {
  const source = await EventSource.open('gamma.simtel.zst', { focalLengthChoice: 'EQUIVALENT' });
  await createPipeline({
    subarray: source.subarray,
    config: {
      ImageProcessor: { TailcutsImageCleaner: { picture_threshold_pe: 8, /*here*/ } },
      PlaneFitReconstructor: { min_telescopes: 3 },
    },
  });
  await DataWriter.open('events.dl1.h5', { source, compressionLevel: 3 });
}
`;
    const { service, file } = inEditor(text);
    const problems = [...service.getSemanticDiagnostics(file), ...service.getSyntacticDiagnostics(file)];
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).to.deep.equal([]);
    const documentationOf = (name: string): string =>
      ts.displayPartsToString(service.getQuickInfoAtPosition(file, text.lastIndexOf(name))?.documentation);
    expect(documentationOf('picture_threshold_pe')).to.equal(
      'Picture threshold: minimum charge of a picture pixel. (number in pe; per telescope; default 10)',
    );
    expect(documentationOf('ImageProcessor')).to.equal('Cleans and parametrizes images.');
    expect(documentationOf('focalLengthChoice')).to.match(/^Focal length.*default "EFFECTIVE"\)$/i);
    expect(documentationOf('compressionLevel')).to.match(/default 5\)$/);
    expect(documentationOf('PlaneFitReconstructor')).to.equal('Fits planes.');
    const offered = service
      .getCompletionsAtPosition(file, text.indexOf('/*here*/'), {})
      ?.entries.map(({ name }) => name);
    expect(offered).to.include.members(['boundary_threshold_pe', 'keep_isolated_pixels', 'min_picture_neighbors']);

    // The time of a hover, when the types have been read once.
    const work = new CpuStopwatch();
    for (let i = 0; i < 10; i++) documentationOf('min_telescopes');
    expect(work.milliseconds / 10).to.be.below(100);
  });

  it('are those of the manifests', () => {
    const script = join(REPOSITORY_ROOT, 'scripts', 'write-configuration-types.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
  });
});
