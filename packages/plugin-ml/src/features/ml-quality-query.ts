import { qualityCriterion, QualityQuery, trait } from '@cherenkit/core';

/** Quality criteria of the telescope events of which models are trained and to which they are applied. Source: ctapipe 0.32 `MLQualityQuery`. */
export class MLQualityQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(qualityCriterion(), {
    default: [
      ['> 50 phe', 'hillas_intensity > 50'],
      ['Positive width', 'hillas_width > 0'],
      ['> 3 pixels', 'morphology_n_pixels > 3'],
      ['valid stereo reco', 'HillasReconstructor_is_valid'],
    ],
    help: '(name, expression) pairs over columns; all must be true.',
  }),
}) {
  static override readonly help = 'Quality criteria of telescope events for models.';
}
