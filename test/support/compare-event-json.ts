import {
  dataModel,
  memoryUnitsPer,
  valueOf,
  type ColumnUnit,
  type Container,
  type Field,
  type Waveforms,
} from '@cherenkit/core';

/** A value of ctapipe's events as JSON, as `make_table_reference.py events` of the test data writes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Options {
  /** Telescope ids of the array, in the order of the file: ctapipe does not convert masks of reconstructors. */
  readonly telIds: readonly number[];
  /** Paths that may differ. */
  readonly ignored?: RegExp;
}

/** Differences of a container from the one of ctapipe: a line each. */
export function eventDifferences(theirs: Json, ours: Container, options: Options, path = ''): string[] {
  const known = new Map(Object.keys(ours.fields).map((field) => [dataModel.columnName(field), field]));
  return Object.entries(theirs as Record<string, Json>).flatMap(([key, value]): string[] => {
    const place = `${path}.${key}`;
    const field = known.get(key);
    if (options.ignored?.test(place)) return [];
    if (field === undefined) return value === null ? [] : [`${place}: missing`];
    return valueDifferences(value, valueOf(ours, field), ours.fields[field], options, place);
  });
}

function valueDifferences(
  theirs: Json,
  ours: unknown,
  declared: Field | undefined,
  options: Options,
  place: string,
): string[] {
  const differs = (found: unknown): string[] => [`${place}: ${String(found)}, expected ${JSON.stringify(theirs)}`];
  const column = declared?.column;
  // A column that the file lacks; the field has its default.
  if (theirs === null) return ours === undefined || Object.is(ours, declared?.initial()) ? [] : differs(ours);
  if (ours instanceof Map) {
    return Object.entries(theirs as Record<string, Json>).flatMap(([key, value]) => {
      const container = (ours as Map<number | string, Container>).get(/^\d+$/.test(key) ? Number(key) : key);
      return container ? eventDifferences(value, container, options, `${place}.${key}`) : [`${place}.${key}: missing`];
    });
  }
  if (typeof ours === 'object' && ours !== null && 'fields' in ours) {
    return eventDifferences(theirs, ours as Container, options, place);
  }
  if (typeof theirs === 'object' && 'tai_ns' in theirs) {
    const { seconds, quarterNanoseconds } = ours as { seconds: number; quarterNanoseconds: number };
    const found = seconds * 1e9 + quarterNanoseconds / 4;
    const expected = Math.max(0, Number((theirs.tai_ns as readonly number[])[0]));
    // Days as float64 have a resolution of a microsecond; so have the nanoseconds since 1970.
    return Math.abs(found - expected) <= 1000 ? [] : differs(found);
  }
  if (column?.type === 'enumeration') return column.enumeration.members[theirs as string] === ours ? [] : differs(ours);
  if (column?.type === 'telescopes') {
    const list = theirs as readonly (number | boolean)[];
    const isMask = list.some((each) => typeof each === 'boolean');
    const ids = isMask ? options.telIds.filter((_, i) => list[i] === true) : list;
    return JSON.stringify(ids) === JSON.stringify(ours) ? [] : differs(JSON.stringify(ours));
  }
  if (typeof theirs === 'object' && 'shape' in theirs) return arrayDifferences(theirs, ours, differs);
  if (Array.isArray(theirs)) {
    const found = Array.from(ours as Float64Array);
    return theirs.length === found.length && theirs.every((value, i) => areClose(Number(value), Number(found[i])))
      ? []
      : differs(found);
  }
  if (typeof theirs === 'object' && 'unit' in theirs) {
    const expected = Number(theirs.value) * memoryUnitsPer(theirs.unit as ColumnUnit);
    return areClose(expected, Number(ours)) ? [] : differs(ours);
  }
  if (typeof theirs === 'string' && column?.type === 'string') return theirs === ours ? [] : differs(ours);
  return areClose(Number(theirs), Number(ours)) ? [] : differs(ours);
}

function arrayDifferences(
  theirs: { readonly [key: string]: Json },
  ours: unknown,
  differs: (found: unknown) => string[],
): string[] {
  const values = ((ours as Waveforms | undefined)?.samples ?? ours) as Float64Array | undefined;
  const length = (theirs['shape'] as readonly number[]).reduce((product, size) => product * size, 1);
  if (values?.length !== length) return differs(values && `${values.length} values`);
  const sum = Array.from(values, Number).reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
  return areClose(Number(theirs['sum']), sum, 1e-7) ? [] : differs(`sum ${sum}`);
}

function areClose(expected: number, found: number, tolerance = 1e-12): boolean {
  if (Number.isNaN(expected)) return Number.isNaN(found);
  return expected === found || Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected));
}
