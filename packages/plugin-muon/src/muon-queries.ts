import {
  ImageParametersContainer,
  MuonParametersContainer,
  MuonRingContainer,
  qualityCriterion,
  QualityQuery,
  trait,
} from '@cherenkit/core';

const help = 'Pairs of a name and an expression; all expressions must evaluate to True.';

/** Quality criteria for images to be searched for muon rings. Source: ctapipe 0.32 `ImageParameterQuery`. */
export class ImageParameterQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(qualityCriterion({ dl1_params: ImageParametersContainer }), {
    default: [
      ['min_pixels', 'dl1_params.morphology.n_pixels > 100'],
      ['min_intensity', 'dl1_params.hillas.intensity > 500'],
    ],
    help: `${help} \`dl1_params\` are the parameters of the image.`,
  }),
}) {
  static override readonly help = 'Quality criteria for images to be searched for muon rings.';
  static override readonly names = ['dl1_params'];

  readonly #values = new Map<string, unknown>();

  passesParameters(parameters: ImageParametersContainer): boolean {
    return this.passes(this.#values.set('dl1_params', parameters));
  }
}

/** Quality criteria for muon rings whose light is fitted. Source: ctapipe 0.32 `RingQuery`. */
export class RingQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(
    qualityCriterion({ parameters: MuonParametersContainer, ring: MuonRingContainer, mask: Uint8Array }),
    {
      default: [
        ['radius_not_nan', 'np.isfinite(ring.radius.value)'],
        ['min_pixels', 'np.count_nonzero(mask) > 50'],
        ['ring_containment', 'parameters.containment > 0.5'],
      ],
      help: `${help} \`ring\` is the fitted circle, \`parameters\` are the parameters of the ring, \`mask\` selects the pixels near it.`,
    },
  ),
}) {
  static override readonly help = 'Quality criteria for muon rings whose light is fitted.';
  static override readonly names = ['parameters', 'ring', 'mask'];

  readonly #values = new Map<string, unknown>();

  passesRing(ring: MuonRingContainer, parameters: MuonParametersContainer, mask: Uint8Array): boolean {
    this.#values.set('ring', ring).set('parameters', parameters).set('mask', mask);
    return this.passes(this.#values);
  }
}
