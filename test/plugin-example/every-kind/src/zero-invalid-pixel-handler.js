import { InvalidPixelHandler } from '@cherenkit/core';

export class ZeroInvalidPixelHandler extends InvalidPixelHandler {
  static help = 'Sets invalid pixels to 0.';

  handle(telId, image, peakTime, invalidPixels) {
    for (let pixel = 0; pixel < image.length; pixel++) {
      if (invalidPixels[pixel] === 0) continue;
      image[pixel] = 0; // in place
      if (peakTime) peakTime[pixel] = 0;
    }
  }
}
