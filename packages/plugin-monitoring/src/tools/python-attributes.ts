import type { Hdf5Writer } from '@cherenkit/plugin-hdf5';
import type { BaseAggregator } from '../statistics/base-aggregator.js';
import { pickled } from '../statistics/python-pickle.js';

type Attributes = Parameters<Hdf5Writer['setAttributes']>[1];

/** Attributes of a table as PyTables stores them: lists and dictionaries are pickled. */
export function storedAttributes(attributes: BaseAggregator['attributes']): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]): [string, Attributes[string]] => {
      if (typeof value === 'string') return [name, value];
      return [name, value instanceof Float64Array ? { type: 'float64', values: value } : { ascii: pickled(value) }];
    }),
  );
}
