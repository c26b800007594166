import { CherenkitError, ExitCode, trait, type Json } from '@cherenkit/core';
import { pixelHistograms, regularEdges, type ValueAxis } from '@cherenkit/kernels';
import { Column } from '@cherenkit/tables';
import {
  BaseAggregator,
  elementsOf,
  eventCounts,
  type AggregatedContent,
  type EventSample,
} from './base-aggregator.js';
import type { PythonValue } from './python-pickle.js';

/** Definition of the axis of the values, as it is stored with the histograms. */
interface AxisDefinition extends ValueAxis {
  readonly className: string;
  readonly centers: Float64Array;
  readonly options: ReadonlyMap<string, PythonValue>;
  /** Whether the histograms contain the bin of values below the first edge, and of those above the last one. */
  readonly storesUnderflow: boolean;
  readonly storesOverflow: boolean;
}

/**
 * Fills a histogram of the values of the events of a chunk for each pixel. Source: ctapipe 0.32 `HistogramAggregator`, which uses
 * the package hist.
 *
 * As in ctapipe, bins of values outside the axis are stored if the definition of the axis has `underflow` and `overflow`; unlike
 * there, also one of them.
 */
export class HistogramAggregator extends BaseAggregator.withTraits({
  axisDefinition: trait.dictionary({
    default: {},
    help: 'Axis of the values: class_name Regular with bins, start and stop, or class_name Variable with edges; name; and underflow and overflow, to store the values outside.',
  }),
  axisNames: trait.optional(
    trait.list(trait.string(), { default: ['channel', 'pixel'], help: 'Names of the other axes.' }),
  ),
}) {
  static override readonly help = 'A histogram of the values of each pixel.';

  override readonly content: AggregatedContent = 'pixel_histograms';
  #checkedAxis: AxisDefinition | undefined;

  /** @throws CherenkitError HISTOGRAM_AXIS_INVALID (2) */
  override aggregate(sample: EventSample): readonly Column[] {
    const nElements = elementsOf(sample);
    const { nEvents, counts } = pixelHistograms(sample.values, nElements, this.#axis);
    const { storesUnderflow, storesOverflow, edges } = this.#axis;
    const [first, end] = [storesUnderflow ? 0 : 1, storesOverflow ? edges.length + 1 : edges.length];
    const stored = BigInt64Array.from(counts.subarray(first * nElements, end * nElements), BigInt);
    const shape = [end - first, ...sample.shape];
    return [eventCounts(nEvents, sample.shape), new Column({ name: 'histogram', type: 'int64', shape }, stored)];
  }

  /** The axis, which has no default: it is required only of an aggregator that is used. */
  get #axis(): AxisDefinition {
    return (this.#checkedAxis ??= axisOf(this.traits.axisDefinition));
  }

  override get attributes(): BaseAggregator['attributes'] {
    const { className, edges, centers, options } = this.#axis;
    return {
      bin_edges: edges,
      bin_centers: centers,
      axis_class_name: className,
      axis_kwargs: options,
      axis_names: this.traits.axisNames ?? ['axis_1', 'axis_2'],
    };
  }
}

const REQUIRED = { Regular: ['bins', 'start', 'stop'], Variable: ['edges'] } as const;
const TEXTS = ['name', 'label'];
const FLAGS = ['underflow', 'overflow'];

/** @throws CherenkitError HISTOGRAM_AXIS_INVALID (2) */
function axisOf(definition: { readonly [key: string]: Json }): AxisDefinition {
  const { class_name: className, ...given } = definition;
  if (className !== 'Regular' && className !== 'Variable') {
    throw invalid(`class_name ${JSON.stringify(className ?? null)}`, 'Regular or Variable');
  }
  const required: readonly string[] = REQUIRED[className];
  const missing = required.find((key) => !Object.hasOwn(given, key));
  if (missing !== undefined) throw invalid(`no ${missing}`, `${required.join(', ')} for class_name ${className}`);
  const options = new Map<string, PythonValue>();
  for (const [key, value] of Object.entries(given)) {
    if (required.includes(key)) options.set(key, numberOrEdges(key, value));
    else if (TEXTS.includes(key) && typeof value === 'string') options.set(key, value);
    else if (FLAGS.includes(key) && typeof value === 'boolean') options.set(key, value);
    else
      throw invalid(
        `${key} ${JSON.stringify(value)}`,
        `texts for ${TEXTS.join(', ')}; true or false for ${FLAGS.join(', ')}`,
      );
  }
  const [edges, centers] = className === 'Regular' ? regularBins(options) : variableBins(options);
  return {
    className,
    options,
    edges,
    centers,
    isRegular: className === 'Regular',
    hasOverflow: options.get('overflow') !== false,
    storesUnderflow: options.get('underflow') === true,
    storesOverflow: options.get('overflow') === true,
  };
}

function numberOrEdges(key: string, value: Json): PythonValue {
  const isNumber = (each: Json): each is number => typeof each === 'number';
  if (key === 'bins' && isNumber(value) && Number.isInteger(value) && value >= 1) return BigInt(value);
  if (key === 'edges' && Array.isArray(value) && value.length >= 2 && value.every(isNumber)) return value;
  if ((key === 'start' || key === 'stop') && isNumber(value)) return value;
  throw invalid(
    `${key} ${JSON.stringify(value)}`,
    'bins of at least 1, numbers for start and stop, and a list of at least two edges',
  );
}

type Bins = readonly [edges: Float64Array, centers: Float64Array];

function regularBins(options: ReadonlyMap<string, PythonValue>): Bins {
  const [bins, start, stop] = ['bins', 'start', 'stop'].map((key) => Number(options.get(key)));
  if (!(start < stop)) throw invalid(`start ${start} and stop ${stop}`, 'a start below the stop');
  return [regularEdges(start, stop, bins), regularEdges(start, stop, bins, 0.5)];
}

function variableBins(options: ReadonlyMap<string, PythonValue>): Bins {
  const edges = Float64Array.from(options.get('edges') as readonly number[]);
  if (edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]))) {
    throw invalid(`edges ${JSON.stringify([...edges])}`, 'ascending edges');
  }
  return [edges, Float64Array.from({ length: edges.length - 1 }, (_, i) => 0.5 * edges[i] + 0.5 * edges[i + 1])];
}

function invalid(found: string, expected: string): CherenkitError {
  const message = `HistogramAggregator.axis_definition: found ${found}, expected ${expected}. Write, for example, {class_name: Regular, bins: 40, start: -20, stop: 180, name: charge}.`;
  return new CherenkitError('HISTOGRAM_AXIS_INVALID', ExitCode.USAGE, message);
}
