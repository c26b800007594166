import {
  ImageParametersContainer,
  type ArrayEvent,
  type Container,
  type DL2Container,
  type Reconstructor,
  type SubarrayDescription,
  valueOf,
} from '@cherenkit/core';
import { snapshotOf } from './first-difference.js';
import { addOtherResult } from './other-result.js';
import { showerEventAt } from './shower-event.js';
import { ensure, type CaseRun, type KindSuite, type TestCase, type TestCaseOptions } from './test-case.js';

const SATURATED = 4095;

/** Test cases: events with showers, one telescope, no telescopes, and images without parameters, with NaN or saturated pixels. */
export const reconstructorSuite: KindSuite<Reconstructor> = {
  kind: 'Reconstructor',
  cases: (subarray, options) => {
    const testCase = (name: string, index: number, change: (event: ArrayEvent) => void = () => undefined) =>
      eventCase(name, subarray, index, change, options);
    return [
      ...['a shower', 'another shower', 'a third shower'].map((name, index) => testCase(name, index)),
      testCase('an event of one telescope', 0, (event) => keepTelescopes(event, 1)),
      testCase('an event without telescopes', 0, (event) => keepTelescopes(event, 0)),
      testCase('images without parameters', 1, (event) => {
        for (const dl1 of event.dl1.tel.values()) dl1.parameters = undefined;
      }),
      testCase('images whose parameters are all NaN', 1, (event) => {
        for (const dl1 of event.dl1.tel.values()) dl1.parameters = new ImageParametersContainer();
      }),
      testCase('one telescope with NaN in all parameters', 2, (event) => {
        const [dl1] = event.dl1.tel.values();
        if (dl1) dl1.parameters = new ImageParametersContainer();
      }),
      testCase('images whose pixels are all NaN', 1, (event) => {
        for (const dl1 of event.dl1.tel.values()) {
          dl1.image?.fill(NaN);
          dl1.peakTime?.fill(NaN);
          dl1.parameters = new ImageParametersContainer();
        }
      }),
      testCase('images whose pixels are all saturated', 2, saturate),
      testCase('an unknown pointing', 2, (event) => {
        event.monitoring.pointing.arrayAltitude = event.monitoring.pointing.arrayAzimuth = NaN;
        for (const { pointing } of event.monitoring.tel.values()) pointing.altitude = pointing.azimuth = NaN;
      }),
    ];
  },
  verifyAll: (results) => {
    const all = results as readonly DL2Container[];
    const valid = all.some((dl2) => resultsOf(dl2).some(([, result]) => valueOf(result, 'isValid') === true));
    ensure(valid, 'no event has a valid result; expected valid results for the showers');
    const names = all.map((dl2) => [
      ...dl2.stereo.geometry.keys(),
      ...dl2.stereo.energy.keys(),
      ...dl2.stereo.particleType.keys(),
    ]);
    const missing = names[0]?.find((name) => !names.every((each) => each.includes(name)));
    ensure(
      missing === undefined,
      `${missing} has no result for some events; expected one with isValid false and a reason`,
    );
  },
};

function eventCase(
  name: string,
  subarray: SubarrayDescription,
  index: number,
  change: (event: ArrayEvent) => void,
  { prepare }: TestCaseOptions,
): TestCase<Reconstructor> {
  const start = (): CaseRun<Reconstructor> => {
    const event = showerEventAt(subarray, index);
    change(event);
    prepare?.(event);
    const prepared = resultsOf(event.dl2).map(([, result]) => result);
    const other = addOtherResult(event);
    return {
      perform(reconstructor) {
        reconstructor.reconstruct(event);
        other.remove();
        for (const [place, result] of resultsOf(event.dl2)) verifyResult(place, result, event);
        return event.dl2;
      },
      inputs: () => ({ ...withoutResults(event), prepared, other: other.state() }),
    };
  };
  return { name, start };
}

/** All results of an event that have `isValid`, with their paths. */
export function resultsOf({ stereo, tel }: Pick<DL2Container, 'stereo' | 'tel'>): [string, Container][] {
  const levels = [
    ['dl2.stereo', stereo] as const,
    ...[...tel].map(([telId, level]) => [`dl2.tel[${telId}]`, level] as const),
  ];
  return levels.flatMap(([place, level]) =>
    (['geometry', 'energy', 'particleType'] as const).flatMap((property) =>
      [...level[property]].map(([name, result]): [string, Container] => [`${place}.${property}[${name}]`, result]),
    ),
  );
}

/** Checks that a valid result has finite values in all required fields, and an invalid one a reason. */
export function verifyResult(place: string, result: Container, { dl1 }: ArrayEvent): void {
  if (valueOf(result, 'isValid') === true) {
    for (const [name, { required }] of Object.entries(result.fields)) {
      const value = valueOf(result, name);
      ensure(
        !required || Number.isFinite(value),
        `${place} is valid, but its ${name} is ${String(value)}, expected a finite value`,
      );
    }
  } else {
    ensure(Boolean(valueOf(result, 'reason')), `${place} is invalid, but has no reason`);
  }
  const telescopes = valueOf(result, 'telescopes') as readonly number[];
  const unknown = telescopes.find((telId) => !dl1.tel.has(telId));
  ensure(unknown === undefined, `${place} contains telescope ${unknown}, which is not in the event`);
}

/** The data of an event without dl2 and without the image parameters filled by the stereo reconstruction. */
export function withoutResults(event: ArrayEvent): object {
  const { index, r0, r1, dl0, dl1, simulation, trigger, monitoring, count } = event;
  const copy = snapshotOf(dl1) as { tel: Map<number, { parameters?: { core?: unknown } }> };
  for (const { parameters } of copy.tel.values()) delete parameters?.core;
  return { index, r0, r1, dl0, dl1: copy, simulation, trigger, monitoring, count };
}

function keepTelescopes(event: ArrayEvent, count: number): void {
  const telIds = event.trigger.telsWithTrigger.slice(0, count);
  event.trigger.telsWithTrigger = telIds;
  const levels = [event.r0, event.r1, event.dl1, event.monitoring, event.trigger, event.simulation];
  for (const level of levels) {
    for (const telId of [...(level?.tel.keys() ?? [])]) if (!telIds.includes(telId)) level?.tel.delete(telId);
  }
}

function saturate(event: ArrayEvent): void {
  for (const dl1 of event.dl1.tel.values()) {
    dl1.image?.fill(SATURATED);
    dl1.imageMask?.fill(1);
    if (!dl1.parameters) continue;
    // The image is as round as the camera, so that its axis is undefined.
    const { hillas, morphology } = dl1.parameters;
    hillas.intensity = SATURATED * (dl1.image?.length ?? 0);
    hillas.width = hillas.length;
    hillas.r = 0;
    if (hillas.frame === 'TelescopeFrame') hillas.fovLon = hillas.fovLat = 0;
    morphology.nPixels = dl1.image?.length ?? 0;
  }
}
