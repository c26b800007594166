import {
  CherenkitError,
  type ComponentContext,
  type ComponentKind,
  DataVolumeReducer,
  ExitCode,
  ImageExtractor,
  type TelescopeValues,
  trait,
  type Waveforms,
} from '@cherenkit/core';
import { dilate, growMask, markAbove } from '@cherenkit/kernels';

import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Keeps the waveforms of the pixels that survive tail cuts, of all connected pixels above the boundary threshold, and
 * of some rows around them. Uses an image extractor and a cleaner of its own; broken pixels are not excluded.
 *
 * Source: ctapipe 0.32 `TailCutsDataVolumeReducer`.
 */
export class TailCutsDataVolumeReducer extends DataVolumeReducer.withTraits({
  imageExtractorType: trait.perTelescope(
    trait.componentName(ImageExtractor, {
      default: 'NeighborPeakWindowSum',
      help: 'Image extractor for the charges on which the selection is based.',
    }),
  ),
  nEndDilates: trait.perTelescope(
    trait.integer({ default: 1, minimum: 0, help: 'Number of rows of pixels to add around the selected pixels.' }),
  ),
  doBoundaryDilation: trait.perTelescope(
    trait.boolean({
      default: true,
      help: 'Add all pixels at or above the boundary threshold that are connected to the selected pixels.',
    }),
  ),
}) {
  static override readonly help = 'Keeps the waveforms of pixels with light, and of some rows around them.';
  static override readonly children: readonly ComponentKind[] = [TailcutsImageCleaner];

  override readonly needsSelectedGain = true;

  private readonly extractors: TelescopeValues<ImageExtractor>;
  private readonly cleaner: TailcutsImageCleaner;

  constructor(context: ComponentContext) {
    super(context);
    this.extractors = this.traits.imageExtractorType.map((name) => context.create(ImageExtractor, name));
    this.cleaner = context.create(TailcutsImageCleaner, 'TailcutsImageCleaner');
  }

  /** @throws CherenkitError GAIN_NOT_SELECTED (2) for waveforms of both gain channels */
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
    `${path} requires one gain channel per pixel, but telescope ${telId} has waveforms of both. ` +
      'Enable gain selection (select_gain: true), or keep all waveforms (NullDataVolumeReducer).',
  );
}
