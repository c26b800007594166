import assert from 'node:assert/strict';
import {
  ArrayEvent,
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  DL1CameraContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  R0CameraContainer,
  ReconstructedGeometryContainer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  SimulatedShowerContainer,
  TelescopeReconstructedContainer,
  TelescopeTriggerContainer,
  TrueLeakageContainer,
  timeFromUnix,
  waveformsOf,
} from '@cherenkit/core';
import { expect } from 'chai';
import fc from 'fast-check';

/** An event with a value of every kind. */
function anEvent(): ArrayEvent {
  const event = new ArrayEvent({ count: 3 });
  event.index.obsId = 5_000_000_000;
  event.index.eventId = 2 ** 53 - 1;
  event.trigger.time = timeFromUnix(1_700_000_000, 123);
  event.trigger.telsWithTrigger = [1, 7];
  event.trigger.tel.set(1, new TelescopeTriggerContainer({ triggerPixels: Int32Array.of(3, 8) }));
  event.r0.tel.set(1, new R0CameraContainer({ waveform: waveformsOf(Uint16Array.of(1, 2, 3, 4), 2, 1, 2) }));
  event.dl1.tel.set(
    1,
    new DL1CameraContainer({
      image: Float32Array.of(0.1, NaN, Infinity, -Infinity),
      imageMask: Uint8Array.of(1, 0, 1, 0),
      parameters: new ImageParametersContainer({ hillas: new HillasParametersContainer({ fovLon: 0.25 }) }),
    }),
  );
  event.dl1.tel.set(
    7,
    new DL1CameraContainer({
      parameters: new ImageParametersContainer({
        hillas: new CameraHillasParametersContainer({ x: 0.5 }),
        timing: new CameraTimingParametersContainer({ slope: 2 }),
      }),
    }),
  );
  event.simulation = new SimulatedEventContainer({
    tel: new Map([
      [
        1,
        new SimulatedCameraContainer({
          trueImage: Int32Array.of(3, 0),
          trueParameters: new ImageParametersContainer({ leakage: new TrueLeakageContainer({ pixelsWidth_1: 0.5 }) }),
        }),
      ],
    ]),
  });
  event.dl2.stereo.geometry.set('Mine', new ReconstructedGeometryContainer({ alt: 1.2, telescopes: [1, 7] }));
  event.dl2.tel.set(1, new TelescopeReconstructedContainer());
  event.rejections.push({ level: 'image', telId: 7, component: 'ImageQualityQuery', reason: 'too small' });
  return event;
}

const COPIES: Readonly<Record<string, (event: ArrayEvent) => ArrayEvent>> = {
  clone: (event) => event.clone(),
  'structuredClone and from': (event) => ArrayEvent.from(structuredClone(event)),
  'JSON and from': (event) => ArrayEvent.from(JSON.parse(JSON.stringify(event))),
};

describe('copies of containers', () => {
  for (const [name, copyOf] of Object.entries(COPIES)) {
    it(`have all values, classes and types: ${name}`, () => {
      const event = anEvent();
      const copy = copyOf(event);
      assert.deepStrictEqual(copy, event);
      expect(copy).to.be.instanceOf(ArrayEvent);
      expect(copy.toString()).to.equal(event.toString());
      const [telescope, camera] = [copy.dl1.tel.get(1)?.parameters, copy.dl1.tel.get(7)?.parameters];
      expect([telescope?.frame, telescope?.timing.frame]).to.deep.equal(['TelescopeFrame', 'TelescopeFrame']);
      expect([camera?.frame, camera?.timing.frame]).to.deep.equal(['CameraFrame', 'CameraFrame']);
      expect(copy.r0.tel.get(1)?.waveform?.channel(1)).to.deep.equal(Uint16Array.of(3, 4));
    });

    it(`share nothing with the original: ${name}`, () => {
      const event = anEvent();
      const copy = copyOf(event);
      copy.dl1.tel.get(1)?.image?.fill(9);
      copy.r0.tel.get(1)?.waveform?.samples.fill(9);
      copy.dl2.stereo.geometry.clear();
      copy.rejections.length = 0;
      copy.index.eventId = 1;
      expect(event).to.deep.equal(anEvent());
    });
  }

  it('are readable as JSON', () => {
    const json = JSON.parse(JSON.stringify(anEvent())) as Record<string, unknown>;
    expect(json).to.have.nested.property('index.obsId', 5_000_000_000);
    expect(json)
      .to.have.nested.property('dl1.tel.1.image')
      .that.deep.equals([Math.fround(0.1), null, 'Infinity', '-Infinity']);
    expect(json).to.have.nested.property('dl1.tel.1.parameters.hillas.fovLon', 0.25);
    expect(json).to.have.nested.property('dl1.tel.1.parameters.hillas.length', null);
    expect(json)
      .to.have.nested.property('r0.tel.1.waveform')
      .that.deep.equals({
        type: 'uint16',
        nChannels: 2,
        nPixels: 1,
        nSamples: 2,
        samples: [1, 2, 3, 4],
      });
  });

  it('keep members that are no fields of the class, such as those of a plugin', () => {
    const event = new ArrayEvent();
    event.dl2.stereo.geometry.set('Mine', Object.assign(new ReconstructedGeometryContainer(), { quality: 3 }));
    for (const copyOf of Object.values(COPIES)) {
      expect(copyOf(event).dl2.stereo.geometry.get('Mine')).to.have.property('quality', 3);
    }
  });

  it('are equal for any numbers and names', () => {
    // JSON has no negative zero.
    const number = fc.double().map((value) => value + 0);
    const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toJSON'));
    fc.assert(
      fc.property(fc.array(number), number, fc.dictionary(names, number), (charges, energy, results) => {
        const event = new ArrayEvent();
        event.dl1.tel.set(3, new DL1CameraContainer({ image: Float32Array.from(charges).map((value) => value + 0) }));
        event.simulation = new SimulatedEventContainer({ shower: new SimulatedShowerContainer({ energy }) });
        for (const [name, alt] of Object.entries(results)) {
          event.dl2.stereo.geometry.set(name, new ReconstructedGeometryContainer({ alt }));
        }
        for (const copyOf of Object.values(COPIES)) assert.deepStrictEqual(copyOf(event), event);
      }),
    );
  });

  it('do not change the class for data with __proto__', () => {
    const json = JSON.stringify(new ArrayEvent());
    const plain: unknown = JSON.parse(json.replace('{', '{"__proto__": {"clone": 1}, '));
    const event = ArrayEvent.from(plain);
    expect(event).to.be.instanceOf(ArrayEvent);
    expect(event.clone().dl2.stereo.geometry.size).to.equal(0);
    const partial: unknown = JSON.parse('{"dl2": {"__proto__": {}}}');
    expect(() => ArrayEvent.from(partial)).to.throw(TypeError, 'ArrayEvent.dl2: unknown field "__proto__"');
  });

  it('are refused for data of another form', () => {
    expect(() => ArrayEvent.from('event')).to.throw(TypeError, 'ArrayEvent: expected an object, found string');
    expect(() => ArrayEvent.from({ dl1: { tel: { 1: { image: 'bright' } } } })).to.throw(
      TypeError,
      'ArrayEvent.dl1.tel[1].image: expected a list of numbers, found string',
    );
  });

  it('are refused for unknown fields in data that was written by hand', () => {
    for (const [plain, message] of [
      [{ a: 1 }, 'ArrayEvent: unknown field "a"; the fields are index, r0, r1'],
      [{ simulated: {} }, 'ArrayEvent: unknown field "simulated"'],
      [{ index: { event_id: 3 } }, 'ArrayEvent.index: unknown field "event_id"; did you mean "eventId"?'],
      [
        { dl1: { tel: { 1: { peaktimes: [1] } } } },
        'ArrayEvent.dl1.tel[1]: unknown field "peaktimes"; did you mean "peakTime"?',
      ],
    ] as const) {
      expect(() => ArrayEvent.from(plain)).to.throw(TypeError, message);
    }
    expect(ArrayEvent.from({ index: { eventId: 3 } }).index.eventId).to.equal(3);
  });

  it('have the class of the frame also with members of a plugin', () => {
    const event = anEvent();
    const { hillas } = event.dl1.tel.get(7)?.parameters ?? {};
    Object.assign(hillas ?? {}, { quality: 3 });
    for (const copyOf of Object.values(COPIES)) assert.deepStrictEqual(copyOf(event), event);
  });
});
