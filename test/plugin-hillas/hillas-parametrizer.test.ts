import {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  HillasParametersContainer,
  IntensityStatisticsContainer,
  LeakageContainer,
  TimingParametersContainer,
  TrueIntensityStatisticsContainer,
  TrueLeakageContainer,
} from '@cherenkit/core';
import { hillasParameters, selectedPixels, timingParameters } from '@cherenkit/kernels';
import { HillasParametrizer } from '@cherenkit/plugin-hillas';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { imageOf, REFERENCE, referenceGeometry } from '../support/image-parameter-reference.js';
import { unpack } from '../support/packed-array.js';

describe('HillasParametrizer', () => {
  let parametrizer: HillasParametrizer;
  before(async () => (parametrizer = await buildComponent(HillasParametrizer)));

  for (const reference of REFERENCE.images) {
    const image = imageOf(reference);
    const mask = unpack('u1', reference.mask);
    const peakTime = reference.peakTime ? unpack('f4', reference.peakTime) : undefined;
    const camera = referenceGeometry(reference.camera);

    it(`uses the containers for the frame and type of image: ${reference.camera} camera, ${reference.name}`, () => {
      const onSky = parametrizer.parametrize(camera.toTelescopeFrame(), image, mask, peakTime);
      const inCamera = parametrizer.parametrize(camera, image, mask, peakTime);
      expect(onSky.hillas).to.be.instanceOf(HillasParametersContainer);
      expect(onSky.timing).to.be.instanceOf(TimingParametersContainer);
      expect(inCamera.hillas).to.be.instanceOf(CameraHillasParametersContainer);
      expect(inCamera.timing).to.be.instanceOf(CameraTimingParametersContainer);
      const isTrue = image instanceof Int32Array;
      expect(inCamera.leakage).to.be.instanceOf(isTrue ? TrueLeakageContainer : LeakageContainer);
      expect(inCamera.intensityStatistics).to.be.instanceOf(
        isTrue ? TrueIntensityStatisticsContainer : IntensityStatisticsContainer,
      );

      const selected = selectedPixels(mask);
      const hillas = hillasParameters(camera, image, selected);
      expect({ ...inCamera.hillas }).to.deep.equal({ ...new CameraHillasParametersContainer(hillas) });
      const timing = hillas && peakTime && timingParameters(camera, peakTime, selected, hillas);
      expect({ ...inCamera.timing }).to.deep.equal({ ...new CameraTimingParametersContainer(timing) });

      // The axes are swapped between the frames: fov_lon is y and fov_lat is x, divided by the focal length.
      const { focalLength } = REFERENCE.cameras[reference.camera];
      if (hillas === undefined) {
        expect(onSky.hillas.intensity).to.be.NaN;
        expect(onSky.concentration.pixel).to.be.NaN;
      } else {
        expect(onSky.hillas)
          .to.have.property('fovLon')
          .that.is.closeTo(hillas.y / focalLength, 1e-15);
        expect(onSky.hillas)
          .to.have.property('fovLat')
          .that.is.closeTo(hillas.x / focalLength, 1e-15);
      }
      expect(onSky.morphology.nPixels).to.equal(reference.morphology.n_pixels);
      expect(inCamera.core.psi).to.be.NaN;
    });
  }
});
