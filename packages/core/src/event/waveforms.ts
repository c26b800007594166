/** Samples of all pixels of a camera: channel by channel, in each pixel by pixel, the samples of a pixel side by side. */
export interface Waveforms<A extends Uint16Array | Float32Array> {
  /** nChannels * nPixels * nSamples values. */
  readonly samples: A;
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
}
