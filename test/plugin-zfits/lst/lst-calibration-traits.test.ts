import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource, EventType, type ArrayEvent } from 'cherenkit';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const data = (...parts: readonly string[]): string => inTestData('data', 'zfits', ...parts);
const FIRST = 'LST-1.1.Run02008.0000.fits.fz';
const calibrationPath = (): string => data('calibration', 'calibration.fits');

/** The events of a run, with the configuration of the source: an object, or the path of a file. */
async function eventsOf(folder: string, config: object | string): Promise<ArrayEvent[]> {
  const sections = typeof config === 'string' ? config : { LSTEventSource: config };
  await using source = await EventSource.open(data(folder, FIRST), {}, { config: sections });
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

describe('traits of the calibration of LSTs', () => {
  before(skipWithoutTestData);

  it('subtract no offset from samples that the event builder has calibrated', async () => {
    const [plain, shifted] = await Promise.all(
      [0, 58].map((offset) => eventsOf('lst_r1v1_pe', { LSTR0Corrections: { offset } })),
    );
    expect(plain.length).to.equal(6);
    plain.forEach((event, i) => {
      const [samples, others] = [event, shifted[i]].map((each) => each.r1.tel.get(1)?.waveform?.samples);
      expect(samples?.length).to.be.greaterThan(0);
      expect(others).to.deep.equal(samples);
    });
  });

  it('scale no charges of calibration events that are left in ADC counts', async () => {
    const events = await eventsOf('lst_r1v1', {
      calibrate_flatfields_and_pedestals: false,
      use_flatfield_heuristic: false,
      LSTR0Corrections: { calibration_path: calibrationPath(), calib_scale_high_gain: 1.5, calib_scale_low_gain: 2 },
    });
    const isFlatField = (event: ArrayEvent): boolean => event.trigger.eventType === EventType.FLATFIELD;
    expect(events.filter(isFlatField).length).to.be.within(1, events.length - 1);
    for (const event of events) {
      const factor = event.monitoring.tel.get(1)?.camera.coefficients.factor;
      if (isFlatField(event)) expect(factor).to.equal(undefined);
      else expect([factor?.[0], factor?.[1855]]).to.deep.equal([1.5, 2]);
    }
  });

  it('keep all samples for null', async () => {
    const [event] = await eventsOf('lst_evb', { LSTR0Corrections: { r1_sample_start: null, r1_sample_end: null } });
    expect(event.r1.tel.get(1)?.waveform?.nSamples).to.equal(40);
    const [cut] = await eventsOf('lst_evb', { LSTR0Corrections: { r1_sample_end: null } });
    expect(cut.r1.tel.get(1)?.waveform?.nSamples).to.equal(37);
  });

  it('refuse ranges without samples, and samples that do not exist', async () => {
    const error = (traits: object): Promise<unknown> =>
      eventsOf('lst_evb', { LSTR0Corrections: traits }).catch((cause: unknown) => cause);
    expect(await error({ r1_sample_start: 30, r1_sample_end: 30 })).to.include({ code: 'LST_SAMPLES_EMPTY' });
    expect(await error({ r1_sample_end: 41 })).to.include({ code: 'CONFIGURATION_INVALID' });
  });

  it('give the reference of times as a large integer, and per telescope', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-traits-'));
    const time = '1582059789516351903';
    const timesOf = async (name: string, text: string): Promise<unknown[]> => {
      writeFileSync(join(folder, name), text);
      return (await eventsOf('lst_evb', join(folder, name))).map(({ trigger }) => trigger.time);
    };
    try {
      const traits = `"dragon_reference_counter": 2516351600, "dragon_module_id": 132, "timestamp": "dragon"`;
      const ofSections = (calculator: string): string => `{"LSTEventSource": {"EventTimeCalculator": {${calculator}}}}`;
      const plain = await timesOf('plain.json', ofSections(`"dragon_reference_time": ${time}, ${traits}`));
      expect(plain.length).to.equal(10);
      const text = await timesOf('text.json', ofSections(`"dragon_reference_time": "${time}", ${traits}`));
      const rules = `
EventTimeCalculator:
  dragon_reference_time: [[type, '*', 1], [id, 1, ${time}]]
  dragon_reference_counter: [[type, '*', 2516351600]]
  dragon_module_id: [[id, 1, 132]]
  timestamp: [[type, 'LST*', dragon]]
  run_summary_path: [[id, 1, null]]
`;
      expect(await timesOf('rules.yaml', rules)).to.deep.equal(plain);
      expect(text).to.deep.equal(plain);
      // The last digits count: a double has only those above 256 ns.
      const later = await timesOf('later.json', ofSections(`"dragon_reference_time": ${BigInt(time) + 1n}, ${traits}`));
      const [first, second] = [plain[0], later[0]] as { quarterNanoseconds: number }[];
      expect(second.quarterNanoseconds - first.quarterNanoseconds).to.equal(4);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
