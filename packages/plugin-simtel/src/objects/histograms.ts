import type { EventioWriter } from '../eventio/eventio-writer.js';
import type { PayloadReader } from '../eventio/payload-reader.js';
import { defineObject } from './define-object.js';

/** Axis of a histogram with equidistant bins. */
export interface HistogramAxis {
  readonly nBins: number;
  readonly lower: number;
  readonly upper: number;
  readonly underflow: number;
  readonly overflow: number;
}

/** Id of the histogram of all simulated showers: core distance (x, m) and log10 of the energy (y, TeV). */
export const SHOWER_HISTOGRAM_ID = 6;

/** Histogram filled by sim_telarray during the run. */
export interface Histogram {
  readonly id: number;
  readonly title: string;
  /** `I`, `i`: integer contents and bounds; `R`, `r`: integer contents, real bounds; `F`, `D`: real contents and bounds. */
  readonly type: string;
  /** Number of fills. */
  readonly entries: number;
  readonly x: HistogramAxis;
  /** Undefined for one-dimensional histograms. */
  readonly y: HistogramAxis | undefined;
  /** Bin contents, y bins x x bins. */
  readonly data: Float64Array;
}

/** Limit of the number of bins of all histograms, checked before allocating memory for empty ones. */
export const MAX_BINS = 2 ** 22;

const REAL_BOUNDS = 'RrFD';
const REAL_CONTENT = 'FD';

/** Object 100: histograms over the whole run. Written by `write_histograms` in `io_histogram.c`. */
export const HISTOGRAMS = defineObject<readonly Histogram[]>({
  type: 100,
  name: 'Histograms',
  versions: [1, 2],
  read(reader) {
    const count = reader.count('int16');
    const histograms: Histogram[] = [];
    let nBins = 0;
    for (let i = 0; i < count; i++) {
      const histogram = readHistogram(reader, MAX_BINS - nBins);
      nBins += histogram.data.length;
      histograms.push(histogram);
    }
    return histograms;
  },
  writeVersion: 2,
  write(writer, histograms) {
    writer.int16(histograms.length);
    for (const histogram of histograms) writeHistogram(writer, histogram);
  },
});

function readHistogram(reader: PayloadReader, maxBins: number): Histogram {
  const type = reader.text(1);
  const titleLength = reader.count('int16');
  const title = reader.text(titleLength);
  if (titleLength % 2 === 0) reader.skip(1); // type, title length and title are padded to an even size
  const id = reader.int32();
  const nX = reader.count('int16');
  const nY = reader.count('int16');
  const entries = reader.int32();
  const totalEntries = reader.int32();
  const hasRealBounds = REAL_BOUNDS.includes(type);
  const x = readAxis(reader, nX, hasRealBounds);
  const y = nY > 0 ? readAxis(reader, nY, hasRealBounds) : undefined;
  const isReal = REAL_CONTENT.includes(type);
  if (isReal) reader.skip(4 * (2 + 8)); // sums of contents inside and outside the bounds
  const nBins = nX * (nY > 0 ? nY : 1);
  if (nBins > maxBins) throw reader.object.tooLarge(`has more than ${MAX_BINS} bins`, reader.position);
  let data: Float64Array;
  if (totalEntries > 0) data = Float64Array.from(isReal ? reader.float32s(nBins) : reader.int32s(nBins));
  else data = new Float64Array(nBins);
  return { id, title, type, entries, x, y, data };
}

function readAxis(reader: PayloadReader, nBins: number, hasRealBounds: boolean): HistogramAxis {
  const underflow = reader.int32();
  const overflow = reader.int32();
  const bound = () => (hasRealBounds ? reader.float32() : reader.int32());
  const axis = { nBins, lower: bound(), upper: bound(), underflow, overflow };
  reader.skip(2 * 4); // sums of the filled values
  return axis;
}

function writeHistogram(writer: EventioWriter, { id, title, type, entries, x, y, data }: Histogram): void {
  writer.text(type);
  writer.string(title);
  if (new TextEncoder().encode(title).length % 2 === 0) writer.uint8(0);
  writer.int32(id);
  writer.int16(x.nBins);
  writer.int16(y?.nBins ?? 0);
  writer.int32(entries);
  const isEmpty = data.every((value) => value === 0);
  writer.int32(isEmpty ? 0 : Math.max(1, entries));
  const hasRealBounds = REAL_BOUNDS.includes(type);
  writeAxis(writer, x, hasRealBounds);
  if (y !== undefined) writeAxis(writer, y, hasRealBounds);
  const isReal = REAL_CONTENT.includes(type);
  if (isReal) {
    const sum = data.reduce((total, value) => total + value, 0);
    writer.float32s([sum, sum]); // total sum and sum inside the bounds
    writer.zeros(4 * 8); // sums outside the bounds
  }
  if (isEmpty) return;
  if (isReal) writer.float32s(data);
  else writer.int32s(data);
}

function writeAxis(writer: EventioWriter, axis: HistogramAxis, hasRealBounds: boolean): void {
  writer.int32s([axis.underflow, axis.overflow]);
  const bounds = [axis.lower, axis.upper];
  if (hasRealBounds) writer.float32s(bounds);
  else writer.int32s(bounds);
  writer.zeros(2 * 4); // sums of the filled values
}
