import { ImageModifier, trait } from '@cherenkit/core';

export class ScaleImageModifier extends ImageModifier.withTraits({
  factor: trait.perTelescope(trait.number({ default: 1, minimum: 0, help: 'Factor of all charges.' })),
}) {
  static help = 'Multiplies all charges by a factor.';

  modify(telId, image) {
    const factor = this.traits.factor.for(telId);
    return image.map((charge) => factor * charge); // a new array
  }
}
