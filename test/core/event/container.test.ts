import { inspect } from 'node:util';
import {
  ArrayEvent,
  EventType,
  HillasParametersContainer,
  ImageParametersContainer,
  ReconstructedGeometryContainer,
} from '@cherenkit/core';
import { expect } from 'chai';

describe('Container', () => {
  it('has the defaults NaN, -1, empty and undefined', () => {
    const event = new ArrayEvent();
    expect(event.index.obsId).to.equal(-1);
    expect(event.trigger.eventType).to.equal(EventType.SUBARRAY);
    expect(event.simulation).to.equal(undefined);
    const parameters = new ImageParametersContainer();
    expect(parameters.hillas.intensity).to.be.NaN;
    expect(parameters.morphology.nPixels).to.equal(-1);
  });

  it('takes values by name and does not share maps between instances', () => {
    const geometry = new ReconstructedGeometryContainer({ alt: 1, isValid: true });
    expect(geometry.alt).to.equal(1);
    expect(geometry.az).to.be.NaN;
    const [first, second] = [new ArrayEvent(), new ArrayEvent()];
    first.dl2.stereo.geometry.set('HillasReconstructor', geometry);
    expect(second.dl2.stereo.geometry.size).to.equal(0);
    // @ts-expect-error a container has the fields of its table only
    void new ReconstructedGeometryContainer({ altitude: 1 });
  });

  it('prints names, values in the unit of the column, and descriptions', () => {
    const text = inspect(new HillasParametersContainer({ length: Math.PI / 180, intensity: 12 }));
    expect(text).to.match(/^HillasParametersContainer:\n/);
    expect(text).to.match(/length +1 deg +Standard deviation along the major axis/);
    expect(text).to.match(/intensity +12 +Sum of all charges/);
    expect(inspect(new ArrayEvent())).to.match(/tel|index +EventIndexContainer/);
  });
});
