import { EventType } from '@cherenkit/core';
import type { Nanoseconds, PhotoElectrons, RandomStream } from '@cherenkit/kernels';

import { PhotoElectronList } from './photo-electrons.js';
import type { PlacedTelescope, ToyArray } from './toy-array.js';
import { eventRandom, Purpose } from './toy-random.js';

/** Light of a calibration event in all telescopes. */
export interface CalibrationLight {
  /** Negative, since such events have no shower number. */
  readonly eventId: number;
  readonly eventType: EventType;
  readonly views: ReadonlyMap<number, CalibrationView>;
}

interface CalibrationView {
  readonly telescope: PlacedTelescope;
  readonly photons: PhotoElectronList;
  readonly image: Int32Array;
}

/** Mean charge of a flat-field flash per pixel, its relative spread from flash to flash, and its duration. */
const FLASH: PhotoElectrons = 80;
const FLASH_SPREAD = 0.03;
const FLASH_DURATION: Nanoseconds = 0.8;

/**
 * Generates flat-field events (even indices) and sky pedestals (odd indices).
 *
 * @param isWanted - whether the light of a telescope is needed; that of the others does not depend on it
 */
export function calibrationLight(
  seed: number,
  index: number,
  { telescopes }: ToyArray,
  isWanted: (telId: number) => boolean,
): CalibrationLight {
  const eventId = -1 - index;
  const isFlash = index % 2 === 0;
  const views = new Map<number, CalibrationView>();
  for (const [telId, telescope] of telescopes) {
    if (!isWanted(telId)) continue;
    const { nPixels } = telescope.description.camera.readout;
    const photons = new PhotoElectronList();
    if (isFlash) addFlash(eventRandom(seed, eventId, telId, Purpose.LIGHT), nPixels, photons);
    views.set(telId, { telescope, photons, image: photons.image(nPixels) });
  }
  return { eventId, eventType: isFlash ? EventType.FLATFIELD : EventType.SKY_PEDESTAL, views };
}

function addFlash(random: RandomStream, nPixels: number, photons: PhotoElectronList): void {
  const mean = FLASH * Math.max(0.5, 1 + FLASH_SPREAD * random.normal());
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const n = random.poisson(mean);
    for (let i = 0; i < n; i++) photons.add(pixel, FLASH_DURATION * random.normal(), 1);
  }
}
