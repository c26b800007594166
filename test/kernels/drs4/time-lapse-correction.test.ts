import { TimeLapseCorrection, type TimeLapseCoefficients } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const CELLS = 4096;
const READ = 40;
const COEFFICIENTS: TimeLapseCoefficients = { scale: [12], exponent: [0.25], t0: [100] };
const TICKS_PER_MILLISECOND = 1e6 / 7.5;

/** The correction of one pixel of even number, with exact times. */
class PlainTimeLapse {
  readonly #readAt = new Map<number, bigint>();

  apply(samples: Float32Array, first: number, now: bigint): void {
    for (let i = 0; i < READ; i++) {
      const readAt = this.#readAt.get((first + i) % CELLS);
      if (readAt === undefined) continue;
      const age = Number(now - readAt) / TICKS_PER_MILLISECOND;
      if (age < 100) samples[i] -= 12 * ((age / 100) ** -0.25 - 1);
    }
    for (let i = 0; i < READ; i++) this.#readAt.set((first + i) % CELLS, now);
    const inChannel = first % 1024;
    const end = inChannel > 767 && inChannel < 1013 ? 12 : inChannel >= 1013 ? 1024 - inChannel : 0;
    for (let i = 0; i < end; i++) this.#readAt.set((first + 1024 + i) % CELLS, now);
  }
}

/** Samples of 0 after the correction of a read-out, by both. */
function corrections(
  ours: TimeLapseCorrection,
  plain: PlainTimeLapse,
  cell: number,
  now: bigint,
): [ours: Float32Array, plain: Float32Array] {
  const [samples, expected] = [new Float32Array(READ), new Float32Array(READ)];
  ours.begin([Number(now)]);
  ours.correct(samples, 0, cell);
  ours.end(new Uint16Array(8).fill(cell));
  plain.apply(expected, cell, now);
  return [samples, expected];
}

describe('TimeLapseCorrection', () => {
  it('corrects cells by the time since their last read-out, over overflows of the clock and long pauses', () => {
    // Pauses of nanoseconds to minutes, and read-outs of few cells, so that the same cells are read again.
    const pause = fc.oneof(
      fc.bigInt({ min: 1n, max: 20_000_000n }),
      fc.bigInt({ min: 1n, max: 2n ** 34n }),
      fc.constantFrom(2n ** 31n, 2n ** 32n, 2n ** 32n + 1000n, 2n ** 30n),
    );
    const first = fc.constantFrom(0, 10, 30, 770, 1015, 1020, 1800, 2040, 4090);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(pause, first), { maxLength: 40 }),
        fc.bigInt({ min: 1n, max: 2n ** 40n }),
        (reads, start) => {
          const pixelIds = Uint16Array.from({ length: 7 }, (_, i) => i);
          const ours = new TimeLapseCorrection(pixelIds, 7, COEFFICIENTS);
          const plain = new PlainTimeLapse();
          let now = start;
          for (const [duration, cell] of reads) {
            now += duration;
            const [samples, expected] = corrections(ours, plain, cell, now);
            expect([...samples].map((value) => value.toFixed(3))).to.deep.equal(
              [...expected].map((value) => value.toFixed(3)),
            );
          }
        },
      ),
    );
  });

  it('keeps as many events as there are in the time until t0', () => {
    const ours = new TimeLapseCorrection(
      Uint16Array.from({ length: 7 }, (_, i) => i),
      7,
      COEFFICIENTS,
    );
    const plain = new PlainTimeLapse();
    // First cells in no order; rates of 100 kHz, then 100 Hz, then 20 kHz.
    let [now, first] = [1n, 0];
    for (let event = 0; event < 20_000; event++) {
      now += event < 12_000 ? 1333n : event < 12_100 ? 1_333_333n : 6667n;
      first = (first * 1597 + 51749) % 244944;
      const cell = first % CELLS;
      const [samples, expected] = corrections(ours, plain, cell, now);
      for (let i = 0; i < READ; i++) expect(samples[i]).to.be.closeTo(expected[i], 1e-3);
    }
  });
});
