import { ArrayEvent, DL0Container, R0Container, R1CameraContainer, R1Container } from '@cherenkit/core';
import type { EventResult } from '../protocol.js';

/** The results of an event for the page, without waveforms. */
export function resultOf(event: ArrayEvent, origin: EventResult['origin'], without: ReadonlySet<number>): EventResult {
  const { index, trigger, count, monitoring, simulation, dl1, dl2, muon, rejections } = event;
  const parts = { index, trigger, count, monitoring, simulation, dl1, dl2, muon, rejections };
  const r1 = new R1Container({
    tel: new Map(Array.from(event.r1.tel, ([telId, each]) => [telId, withoutSamples(each)])),
  });
  return {
    event: new ArrayEvent({ ...parts, r0: new R0Container(), r1, dl0: new DL0Container() }),
    origin,
    unused: unusedTelescopes(event, without),
    weights: weightsOf(event),
  };
}

function withoutSamples(camera: R1CameraContainer): R1CameraContainer {
  return new R1CameraContainer({ ...camera, waveform: undefined });
}

/** Why telescopes with an image did not take part in any reconstruction, by telescope id. */
function unusedTelescopes({ dl1, dl2, rejections }: ArrayEvent, without: ReadonlySet<number>): Map<number, string> {
  const results = [...dl2.stereo.geometry.values()];
  const used = new Set(results.flatMap(({ isValid, telescopes }) => (isValid ? telescopes : [])));
  const failed = results.find(({ isValid }) => !isValid)?.reason;
  const reasons = new Map<number, string>();
  for (const [telId, { parameters, image }] of dl1.tel) {
    if (used.has(telId)) continue;
    const rejection = rejections.findLast((each) => each.telId === telId);
    const reason = without.has(telId)
      ? 'left out by hand'
      : rejection
        ? `${rejection.reason} (${rejection.component.split('.').at(-1)})`
        : parameters === undefined
          ? image === undefined
            ? 'no image'
            : 'no parameters'
          : results.length === 0
            ? 'no reconstruction'
            : (failed ?? 'not used');
    reasons.set(telId, reason);
  }
  return reasons;
}

/**
 * Share of each telescope in the direction of the shower, by the weights of `HillasReconstructor`: intensity times length
 * over width.
 */
function weightsOf({ dl1, dl2 }: ArrayEvent): Map<number, number> {
  const used = [...dl2.stereo.geometry.values()].find(({ isValid }) => isValid)?.telescopes ?? [];
  const weights = used.map((telId) => {
    const { intensity, length, width } = dl1.tel.get(telId)?.parameters?.hillas ?? {};
    return ((intensity ?? NaN) * (length ?? NaN)) / (width ?? NaN);
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return new Map(used.map((telId, i) => [telId, weights[i] / sum]));
}
