import {
  CherenkitError,
  DataVolumeReducer,
  ExitCode,
  ImageExtractor,
  trait,
  type ComponentContext,
  type TelescopeValues,
  type Waveforms,
} from '@cherenkit/core';
import { dilate, growMask, markAbove } from '@cherenkit/kernels';

import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Keeps the waveforms of the pixels that tail cuts leave, of all that are connected to them above the boundary threshold,
 * and of some rows around. It has an extractor and a cleaner of its own, and knows of no broken pixels.
 *
 * Source: ctapipe 0.32 `TailCutsDataVolumeReducer`.
 */
export class TailCutsDataVolumeReducer extends DataVolumeReducer.withTraits({
  imageExtractorType: trait.perTelescope(
    trait.componentName(ImageExtractor, {
      default: 'NeighborPeakWindowSum',
      help: 'What finds the charges that the pixels are chosen by.',
    }),
  ),
  nEndDilates: trait.perTelescope(
    trait.integer({ default: 1, minimum: 0, help: 'Rows of pixels that are added around the chosen ones.' }),
  ),
  doBoundaryDilation: trait.perTelescope(
    trait.boolean({
      default: true,
      help: 'Add all pixels at or above the boundary threshold that are connected to the chosen ones.',
    }),
  ),
}) {
  static override readonly help = 'Keeps the waveforms of pixels with light, and of some around.';
  static override readonly children = [TailcutsImageCleaner];

  override readonly needsSelectedGain = true;

  private readonly extractors: TelescopeValues<ImageExtractor>;
  private readonly cleaner: TailcutsImageCleaner;

  constructor(context: ComponentContext) {
    super(context);
    this.extractors = this.traits.imageExtractorType.map((name) => context.create(ImageExtractor, name));
    this.cleaner = context.create(TailcutsImageCleaner, 'TailcutsImageCleaner');
  }

  /** @throws CherenkitError for waveforms of both gains */
  override reduce(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
  ): Uint8Array {
    if (waveforms.nChannels !== 1) throw bothGains(this.context.path, telId);
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    const { image } = this.extractors.for(telId).extract(waveforms, telId, selectedGainChannel, undefined);
    if (image === undefined) return new Uint8Array(waveforms.nPixels);

    let mask = this.cleaner.clean(telId, image);
    let next: Uint8Array = new Uint8Array(mask.length);
    if (this.traits.doBoundaryDilation.for(telId)) {
      const allowed = new Uint8Array(mask.length);
      markAbove(image, this.cleaner.traits.boundaryThresholdPe.for(telId), 1, allowed);
      growMask(neighbors, allowed, mask, next);
      [mask, next] = [next, mask];
    }
    for (let row = 0; row < this.traits.nEndDilates.for(telId); row++) {
      dilate(neighbors, mask, next);
      [mask, next] = [next, mask];
    }
    return mask;
  }
}

function bothGains(path: string, telId: number): CherenkitError {
  return new CherenkitError(
    'GAIN_NOT_SELECTED',
    ExitCode.USAGE,
    `${path} needs one gain channel per pixel, but telescope ${telId} has waveforms of both. ` +
      'Let gains be selected (select_gain: true), or keep all waveforms (NullDataVolumeReducer).',
  );
}
