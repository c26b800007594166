import {
  ArrayEvent,
  DL1CameraContainer,
  DL1Container,
  MonitoringContainer,
  plainSubarray,
  SimulatedEventContainer,
  subarrayFrom,
  TelescopeMonitoringContainer,
  type PlainSubarray,
  type SubarrayDescription,
} from '@cherenkit/core';
import { packJson, unpackJson } from './packed-json.js';

/** Packs what pictures show of an event: images, parameters, results, truth, pointing. */
export function packEvent({ index, dl1, dl2, muon, simulation, monitoring, rejections }: ArrayEvent): Promise<string> {
  const { shower } = simulation ?? {};
  const shown = new ArrayEvent({
    index,
    dl1: new DL1Container({ tel: mapValues(dl1.tel, shownImage) }),
    dl2,
    muon,
    monitoring: new MonitoringContainer({
      pointing: monitoring.pointing,
      tel: mapValues(monitoring.tel, ({ pointing }) => new TelescopeMonitoringContainer({ pointing })),
    }),
    rejections,
    ...(shower && { simulation: new SimulatedEventContainer({ shower }) }),
  });
  return packJson(structuredClone(shown));
}

/** Images per gain channel cannot be drawn and are left out. */
function shownImage({ image, imageMask, parameters, hasChannelAxis }: DL1CameraContainer): DL1CameraContainer {
  return new DL1CameraContainer({
    ...(image && !hasChannelAxis && { image }),
    ...(imageMask && { imageMask }),
    ...(parameters && { parameters }),
  });
}

function mapValues<A, B>(map: ReadonlyMap<number, A>, change: (value: A) => B): Map<number, B> {
  return new Map(Array.from(map, ([key, value]) => [key, change(value)]));
}

export async function unpackEvent(text: string): Promise<ArrayEvent> {
  return ArrayEvent.from(await unpackJson(text));
}

export function packSubarray(subarray: SubarrayDescription): Promise<string> {
  return packJson(plainSubarray(subarray));
}

export async function unpackSubarray(text: string): Promise<SubarrayDescription> {
  return subarrayFrom((await unpackJson(text)) as PlainSubarray);
}
