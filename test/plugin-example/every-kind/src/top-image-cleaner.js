import { ImageCleaner, trait } from '@cherenkit/core';

export class TopImageCleaner extends ImageCleaner.withTraits({
  fraction: trait.perTelescope(
    trait.number({ default: 0.2, minimum: 0, maximum: 1, help: 'Minimum fraction of the largest charge.' }),
  ),
}) {
  static help = 'Keeps pixels with a fraction of the largest charge.';

  clean(telId, image) {
    const largest = image.reduce((largest, charge) => (charge > largest ? charge : largest), 0);
    const threshold = this.traits.fraction.for(telId) * largest;
    return Uint8Array.from(image, (charge) => (charge > threshold ? 1 : 0)); // 0 for NaN
  }
}
