import type { Composition } from '@cherenkit/core/internal';
import {
  ArrayEvent,
  ConfigurationError,
  corePlugin,
  EventType,
  EventTypeFilter,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  R1CameraContainer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  SoftwareTrigger,
  TelescopeMonitoringContainer,
  TelescopeTriggerContainer,
  TriggerContainer,
} from '@cherenkit/core';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { readCheckedIn } from '../../support/ctapipe-reference.js';
import { arrayOf } from '../../support/test-array.js';
import { compose } from '../../support/compose.js';

type TypeName = keyof typeof EventType;

interface EventDescription {
  readonly eventType: TypeName;
  readonly tels: readonly (readonly [telId: number, eventType: TypeName])[];
}

interface SelectionReference {
  readonly types: Readonly<Record<number, string>>;
  readonly events: readonly EventDescription[];
  readonly filters: readonly { readonly traits: object; readonly kept: readonly boolean[] }[];
  /** The remaining telescopes in order; null for a rejected event. */
  readonly triggers: readonly { readonly traits: object; readonly telsWithTrigger: readonly (number[] | null)[] }[];
}

const REFERENCE = readCheckedIn('selection.json') as SelectionReference;
const subarray = arrayOf(REFERENCE.types);

async function composed(config: object): Promise<Composition> {
  const composition = await compose({
    plugins: new PluginRegistry([installedPlugin(corePlugin)]),
    layers: [objectLayer(config, 'test')],
    components: ['EventTypeFilter', 'SoftwareTrigger'],
  });
  await composition.setSubarray(subarray);
  return composition;
}

const filterOf = async (traits: object): Promise<EventTypeFilter> =>
  (await composed({ EventTypeFilter: traits })).create(EventTypeFilter, 'EventTypeFilter');

const triggerOf = async (traits: object): Promise<SoftwareTrigger> =>
  (await composed({ SoftwareTrigger: traits })).create(SoftwareTrigger, 'SoftwareTrigger');

function eventOf({ eventType, tels }: EventDescription): ArrayEvent {
  const byTelescope = <V>(make: (eventType: TypeName) => V): Map<number, V> =>
    new Map(tels.map(([telId, type]) => [telId, make(type)]));
  const event = new ArrayEvent({
    trigger: new TriggerContainer({
      eventType: EventType[eventType],
      telsWithTrigger: tels.map(([telId]) => telId),
      tel: byTelescope((type) => new TelescopeTriggerContainer({ eventType: EventType[type] })),
    }),
    simulation: new SimulatedEventContainer({ tel: byTelescope(() => new SimulatedCameraContainer()) }),
  });
  event.r1.tel = byTelescope(() => new R1CameraContainer());
  event.monitoring.tel = byTelescope(() => new TelescopeMonitoringContainer());
  return event;
}

describe('EventTypeFilter', () => {
  for (const { traits, kept } of REFERENCE.filters) {
    it(`accepts the same events as ctapipe with ${JSON.stringify(traits)}`, async () => {
      const filter = await filterOf(traits);
      REFERENCE.events.forEach((description, index) => {
        const event = eventOf(description);
        expect(filter.keep(event)).to.equal(kept[index]);
        const reason = `event type ${description.eventType}`;
        const dropped = kept[index] ? [] : [{ level: 'event', component: 'EventTypeFilter', reason }];
        expect(event.rejections).to.deep.equal(dropped);
      });
    });
  }

  it('reads event types in any case and reports unknown ones', async () => {
    const filter = await filterOf({ allowed_types: ['subarray', 'EventType.muon', '16'] });
    expect(filter.traits.allowedTypes).to.deep.equal([EventType.SUBARRAY, EventType.MUON, EventType.MUON]);
    const error = await errorOf(filterOf({ allowed_types: ['SUBARAY', 99] }));
    expect(error).to.be.instanceOf(ConfigurationError);
    expect(String(error))
      .to.match(/SUBARRAY.*found "SUBARAY".*SUBARRAY/)
      .and.match(/found 99/);
  });
});

describe('SoftwareTrigger', () => {
  for (const { traits, telsWithTrigger } of REFERENCE.triggers) {
    it(`accepts the same events and telescopes as ctapipe with ${JSON.stringify(traits)}`, async () => {
      const trigger = await triggerOf(traits);
      REFERENCE.events.forEach((description, index) => {
        const event = eventOf(description);
        const expected = telsWithTrigger[index];
        expect(trigger.keep(event)).to.equal(expected !== null);
        if (expected === null) {
          expect(event.rejections.at(-1)).to.include({ level: 'event', component: 'SoftwareTrigger' });
          return;
        }
        expect(event.trigger.telsWithTrigger).to.deep.equal(expected);
        const removed = description.tels.map(([telId]) => telId).filter((telId) => !expected.includes(telId));
        expect(event.rejections.map(({ telId }) => telId)).to.have.members(removed);
        // The data levels of the telescopes have the order of the event.
        for (const { tel } of [event.trigger, event.r1, event.monitoring, event.simulation ?? event.dl1]) {
          expect([...tel.keys()]).to.have.members(expected);
        }
      });
    });
  }

  it('records the reasons for rejected telescopes and events', async () => {
    const trigger = await triggerOf({
      min_telescopes: 2,
      min_telescopes_of_type: [
        ['type', '*', 0],
        ['type', 'LST*', 2],
      ],
      allowed_telescope_event_types: ['SUBARRAY'],
    });
    const event = eventOf({
      eventType: 'SUBARRAY',
      tels: [
        [1, 'SUBARRAY'],
        [5, 'SUBARRAY'],
        [12, 'MUON'],
      ],
    });
    expect(trigger.keep(event)).to.equal(false);
    const component = 'SoftwareTrigger';
    expect(event.rejections).to.deep.equal([
      { level: 'telescope event', telId: 12, component, reason: 'event type MUON' },
      { level: 'telescope event', telId: 1, component, reason: 'fewer than 2 of LST_LST_LSTCam' },
      { level: 'event', component, reason: 'fewer than 2 telescopes' },
    ]);
  });

  it('rejects minimum multiplicities that differ within a telescope type', async () => {
    const error = await errorOf(
      triggerOf({
        min_telescopes_of_type: [
          ['type', '*', 0],
          ['id', 1, 2],
        ],
      }),
    );
    expect(error).to.include({ code: 'TELESCOPE_TYPE_DIVIDED', exitCode: 2 });
    expect(String(error)).to.include('is 2 and 0 for telescopes of one type, LST_LST_LSTCam');
  });
});
