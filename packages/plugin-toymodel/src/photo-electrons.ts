import type { Nanoseconds } from '@cherenkit/kernels';

/** The photo-electrons of one telescope, one entry for each of them or for a bunch of them. */
export class PhotoElectronList {
  length = 0;
  pixel = new Int32Array(256);
  /** Against the moment at which the shower's front reaches the core, ns. */
  time = new Float64Array(256);
  /** How many there are in the bunch. */
  count = new Int32Array(256);

  add(pixel: number, time: Nanoseconds, count: number): void {
    if (this.length === this.pixel.length) this.#grow();
    this.pixel[this.length] = pixel;
    this.time[this.length] = time;
    this.count[this.length] = count;
    this.length++;
  }

  /** How many there are in each pixel. */
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

  /** 0 for an empty list. */
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
