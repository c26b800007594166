import { expect } from 'chai';
import { problemsOf } from '../../../support/test-run.js';

describe('the check of a configuration against the array', () => {
  it('reports telescopes without a value, only for used components and the telescopes they are selected for', async () => {
    const yaml = (cleaner: string): string =>
      `ImageProcessor: { image_cleaner_type: ${cleaner} }\nMARSImageCleaner:\n  picture_threshold_pe: [[type, "LST*", 8]]\n`;
    expect(await problemsOf(yaml('MARSImageCleaner'))).to.deep.equal([
      'run.yaml:3:3: error: ProcessorTool.ImageProcessor.MARSImageCleaner.picture_threshold_pe has no value for telescope 5 (MST_MST_NectarCam); begin with a rule for all telescopes, [type, "*", value]',
    ]);
    expect(await problemsOf(yaml('TailcutsImageCleaner'))).to.deep.equal([]);
    expect(
      await problemsOf(yaml('[[type, "*", TailcutsImageCleaner], [type, "LST*", MARSImageCleaner]]')),
    ).to.deep.equal([]);
  });

  it('reports all missing values in one run', async () => {
    expect(
      await problemsOf(`TailcutsImageCleaner:
  picture_threshold_pe: [[id, 2, 8]]
ImageProcessor:
  image_cleaner_type: [[id, 1, TailcutsImageCleaner], [id, 2, TailcutsImageCleaner]]
`),
    ).to.deep.equal([
      'run.yaml:2:3: error: ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe has no value for telescope 1 (LST_LST_LSTCam); begin with a rule for all telescopes, [type, "*", value]',
      'run.yaml:4:3: error: ProcessorTool.ImageProcessor.image_cleaner_type has no value for telescope 5 (MST_MST_NectarCam); begin with a rule for all telescopes, [type, "*", value]',
    ]);
  });

  const unmatched = 'TailcutsImageCleaner:\n  picture_threshold_pe: [[type, "*", 5], [type, "SST*", 3], [id, 7, 3]]\n';
  const trait = 'ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe';

  it('warns of a pattern that matches no telescope', async () => {
    expect(await problemsOf(unmatched)).to.deep.equal([
      `run.yaml:2:42: warning: ${trait}: type SST* matches no telescope; the array has LST_LST_LSTCam, MST_MST_NectarCam`,
      `run.yaml:2:61: warning: ${trait}: id 7 matches no telescope; the array has telescopes 1, 2, 5`,
    ]);
  });

  it('rejects such a pattern with strictPatterns', async () => {
    expect(await problemsOf(unmatched, undefined, { strictPatterns: true })).to.deep.equal([
      `run.yaml:2:42: error: ${trait}: type SST* matches no telescope; the array has LST_LST_LSTCam, MST_MST_NectarCam`,
      `run.yaml:2:61: error: ${trait}: id 7 matches no telescope; the array has telescopes 1, 2, 5`,
    ]);
  });

  it('warns of a specific rule that a later, more general rule overrides', async () => {
    const rules = (list: string): Promise<string[]> =>
      problemsOf(`TailcutsImageCleaner:\n  picture_threshold_pe: [${list}]\n`);
    expect(await rules('[id, 1, 3], [type, "[LM]ST*", 5]')).to.deep.equal([
      `run.yaml:2:26: warning: ${trait}: this rule has no effect in this array, a later and wider rule matches all its telescopes`,
    ]);
    expect(await rules('[type, "*", 3], [type, "LST*", 5], [type, "MST*", 6]')).to.deep.equal([]);
    expect(await rules('[type, "MST*", 3], [type, "LST*", 5], [id, 5, 6]')).to.deep.equal([]);
  });
});
