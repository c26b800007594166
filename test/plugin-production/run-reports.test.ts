import { TemporaryFolder } from '@cherenkit/testing';
import { divideInput, expectedSeconds, proposedResources, readRunReports } from '@cherenkit/plugin-production';
import { expect } from 'chai';
import { errorMessage } from '../support/error-message.js';

const REPORT = { format: 'cherenkit-report', activity: 'cherenkit-process', exitCode: 0 };

describe('readRunReports', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());
  const write = (name: string, report: object): string => folder.write(name, JSON.stringify(report));

  it('gives the largest memory, and times by events and by bytes, of successful runs of process', () => {
    const [one, two, failed, merge] = [
      write('1.json', { ...REPORT, wallSeconds: 10, peakMemory: 3e8, events: 100, inputs: [{ bytes: 1e6 }] }),
      write('2.json', {
        ...REPORT,
        wallSeconds: 20,
        peakMemory: 2e8,
        events: 100,
        inputs: [{ bytes: 2e6 }, { bytes: null }],
      }),
      write('3.json', { ...REPORT, exitCode: 75, wallSeconds: 99, peakMemory: 9e9, events: null, inputs: [] }),
      write('4.json', { ...REPORT, activity: 'cherenkit-merge', wallSeconds: 99, peakMemory: 9e9, events: null }),
    ];
    const earlier = readRunReports([one, two, failed, merge]);
    expect(earlier).to.deep.equal({ peakMemory: 3e8, secondsPerEvent: 0.15, secondsPerByte: 1e-5 });
    expect(expectedSeconds(earlier, 5e6, 40, 100)).to.equal(6);
    expect(expectedSeconds(earlier, 5e6, undefined, undefined)).to.be.closeTo(50, 1e-9);
    expect(proposedResources(earlier, 50)).to.deep.equal({ memoryBytes: 3.6e8, seconds: 75 });
  });

  it('refuses other files, and reports of other or failed runs alone', () => {
    expect(errorMessage(() => readRunReports([folder.write('a.json', '{}')]))).to.match(
      /^REPORT_UNUSABLE: .*a\.json is no report of a run: it has another content\./,
    );
    expect(errorMessage(() => readRunReports([folder.write('b.json', '[')]))).to.match(/^REPORT_UNUSABLE: .*b\.json/);
    const failed = write('c.json', { ...REPORT, exitCode: 65 });
    expect(errorMessage(() => readRunReports([failed]))).to.match(/^REPORT_UNUSABLE: None of 1 reports is/);
  });
});

describe('divideInput', () => {
  const NO_SIZE = { events: undefined, bytes: undefined, seconds: undefined };
  const EARLIER = { peakMemory: 1e8, secondsPerEvent: 0.5, secondsPerByte: 1e-4 };
  const FILE = 1e6;
  const uncounted = (): Promise<never> => Promise.reject(new Error('the events were counted'));
  const of100 = (): Promise<{ nEvents: number }> => Promise.resolve({ nEvents: 100 });

  it('counts no events of inputs that are not divided', async () => {
    expect(await divideInput(FILE, NO_SIZE, EARLIER, uncounted)).to.deep.equal({ ranges: undefined });
    expect(await divideInput(FILE, { ...NO_SIZE, bytes: 8e5 }, undefined, uncounted)).to.deep.equal({
      ranges: undefined,
    });
    expect(await divideInput(FILE, { ...NO_SIZE, seconds: 80 }, EARLIER, uncounted)).to.deep.equal({
      ranges: undefined,
    });
  });

  it('divides by events, bytes and time, and by the smallest of several sizes', async () => {
    const lengths = async (input: Parameters<typeof divideInput>[0], size: object): Promise<number> => {
      const { ranges, nEvents } = await divideInput(input, { ...NO_SIZE, ...size }, EARLIER, of100);
      expect(nEvents).to.equal(100);
      return ranges?.length ?? 1;
    };
    expect(await lengths(FILE, { events: 25 })).to.equal(4);
    expect(await lengths(FILE, { events: 200 })).to.equal(1);
    expect(await lengths(FILE, { bytes: 2e5 })).to.equal(5);
    expect(await lengths(FILE, { seconds: 50 })).to.equal(2);
    expect(await lengths(FILE, { seconds: 50, events: 10, bytes: 2e5 })).to.equal(10);
    expect(await lengths(undefined, { seconds: 10 })).to.equal(5);
  });
});
