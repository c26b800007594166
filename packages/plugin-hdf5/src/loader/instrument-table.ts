import { dataModel, type SubarrayDescription } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { sideBySide } from './rows-by-ids.js';

/**
 * Table of the telescopes of an array and their optics, one row per telescope. The name of the optics is in `optics_name_1` and
 * `optics_name_2`. Source: ctapipe 0.32 `SubarrayDescription.to_table("joined")`.
 */
export function instrumentTable(subarray: SubarrayDescription): Table {
  const layout = dataModel.layoutTable(subarray);
  const optics = dataModel.opticsTable(subarray).take(layout.numbers('optics_index'));
  return sideBySide(layout.without('camera_index', 'optics_index'), optics).withMeta({});
}
