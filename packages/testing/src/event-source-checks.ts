import type { ArrayEvent, ComponentClass, EventSource, RunDescription } from '@cherenkit/core';
import { openSource } from './build-component.js';
import type { ConformanceCheck, ConformanceOptions } from './conformance-check.js';
import { firstDifference, snapshotOf } from './first-difference.js';
import { ensure } from './test-case.js';

/** Maximum number of events to read, since inputs may be long. */
const MAX_EVENTS = 20;

/** Checks for event sources. */
export function eventSourceChecks(
  component: ComponentClass<EventSource>,
  options: ConformanceOptions,
): ConformanceCheck[] {
  const open = (traits: object = {}): Promise<EventSource> =>
    openSource(component, { ...options, config: [options.config ?? {}, { EventSource: traits }].flat() });
  return [
    {
      name: 'yields the same events when opened again',
      run: async () => {
        const [first, second] = [await readAll(await open()), await readAll(await open())];
        ensure(first.length > 0, 'the input has no events; use an input with events');
        const difference = firstDifference(second.map(snapshotOf), first.map(snapshotOf), 'event');
        ensure(difference === undefined, `the second pass differs: ${difference}`);
      },
    },
    {
      name: 'does not modify events after yielding them',
      run: async () => {
        const atFirst: unknown[] = [];
        const events = await readAll(await open(), (event) => atFirst.push(snapshotOf(event)));
        const difference = firstDifference(events.map(snapshotOf), atFirst, 'event');
        ensure(difference === undefined, `modified after it was yielded: ${difference}`);
      },
    },
    {
      name: 'yields events consistent with its subarray',
      run: async () => {
        const source = await open();
        const { subarray, observationBlocks } = source.run;
        const array = snapshotOf(subarray);
        const seen = new Set<string>();
        for (const event of await readAll(source)) verifyEvent(event, subarray, observationBlocks, seen);
        const difference = firstDifference(snapshotOf(subarray), array, 'subarray');
        ensure(difference === undefined, `the subarray was modified after open(): ${difference}`);
      },
    },
    {
      name: 'stops after max_events',
      run: async () => {
        const events = await readAll(await open({ max_events: 1 }));
        ensure(events.length === 1, `found ${events.length} events with max_events 1, expected 1`);
      },
    },
    {
      name: 'restricts the array to allowed_tels',
      run: async () => {
        const whole = await open();
        const [telId = 0] = whole.subarray.telIds;
        await whole[Symbol.asyncDispose]();
        const source = await open({ allowed_tels: [telId] });
        const found = source.subarray.telIds;
        ensure(
          found.length === 1 && found[0] === telId,
          `the subarray has telescopes ${found.join(', ')}, expected ${telId}`,
        );
        for (const event of await readAll(source))
          verifyEvent(event, source.subarray, source.run.observationBlocks, new Set());
      },
    },
    {
      name: 'can be stopped early and disposed twice',
      run: async () => {
        const source = await open();
        for await (const event of source) if (event.count >= 0) break;
        await source[Symbol.asyncDispose]();
        await source[Symbol.asyncDispose]();
      },
    },
  ];
}

async function readAll(source: EventSource, onEvent?: (event: ArrayEvent) => void): Promise<ArrayEvent[]> {
  const events: ArrayEvent[] = [];
  try {
    for await (const event of source) {
      onEvent?.(event);
      if (events.push(event) >= MAX_EVENTS) break;
    }
  } finally {
    await source[Symbol.asyncDispose]();
  }
  return events;
}

function verifyEvent(
  { index, r1, dl1, trigger }: ArrayEvent,
  { tel }: RunDescription['subarray'],
  observationBlocks: RunDescription['observationBlocks'],
  seen: Set<string>,
): void {
  const id = `event ${index.eventId} of observation ${index.obsId}`;
  ensure(!seen.has(id), `${id} is a duplicate`);
  seen.add(id);
  ensure(observationBlocks.has(index.obsId), `${id} belongs to no observation block`);
  for (const telId of [...trigger.telsWithTrigger, ...r1.tel.keys(), ...dl1.tel.keys()]) {
    ensure(tel.has(telId), `${id} has telescope ${telId}, which is not in the subarray`);
  }
  for (const [telId, { waveform, selectedGainChannel }] of r1.tel) {
    if (!waveform) continue;
    const nPixels = tel.get(telId)?.camera.geometry.nPixels ?? 0;
    ensure(
      waveform.nPixels === nPixels,
      `${id}: ${waveform.nPixels} pixels in telescope ${telId}, expected ${nPixels}`,
    );
    const { samples, nChannels, nSamples } = waveform;
    ensure(samples.length === nChannels * nPixels * nSamples, `${id}: ${samples.length} samples in telescope ${telId}`);
    const isSelected = nChannels === 1 || selectedGainChannel === undefined;
    ensure(isSelected, `${id}: telescope ${telId} has ${nChannels} channels, although one is selected for each pixel`);
  }
}
