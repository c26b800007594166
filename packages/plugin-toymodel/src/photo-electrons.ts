import type { Nanoseconds } from '@cherenkit/kernels';

/** Photo-electrons of one telescope; an entry is a single photo-electron or a bunch of them. */
export class PhotoElectronList {
  length = 0;
  pixel = new Int32Array(256);
  /** Arrival time relative to that of the shower front at the core, ns. */
  time = new Float64Array(256);
  /** Number of photo-electrons in the bunch. */
  count = new Int32Array(256);

  add(pixel: number, time: Nanoseconds, count: number): void {
    if (this.length === this.pixel.length) this.#grow();
    this.pixel[this.length] = pixel;
    this.time[this.length] = time;
    this.count[this.length] = count;
    this.length++;
  }

  /** Number of photo-electrons in each pixel. */
  image(nPixels: number): Int32Array {
    const image = new Int32Array(nPixels);
    for (let i = 0; i < this.length; i++) image[this.pixel[i]] += this.count[i];
    return image;
  }

  sum(): number {
    let sum = 0;
    for (let i = 0; i < this.length; i++) sum += this.count[i];
    return sum;
  }

  /** Mean arrival time; 0 for an empty list. */
  meanTime(): Nanoseconds {
    let sum = 0;
    let weights = 0;
    for (let i = 0; i < this.length; i++) {
      sum += this.count[i] * this.time[i];
      weights += this.count[i];
    }
    return weights > 0 ? sum / weights : 0;
  }

  #grow(): void {
    const size = 4 * this.pixel.length;
    const [pixel, time, count] = [new Int32Array(size), new Float64Array(size), new Int32Array(size)];
    pixel.set(this.pixel);
    time.set(this.time);
    count.set(this.count);
    [this.pixel, this.time, this.count] = [pixel, time, count];
  }
}
