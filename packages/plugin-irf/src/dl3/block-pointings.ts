import { CoordinateFrameType, dataModel, PointingMode } from '@cherenkit/core';
import type { TableLoader } from '@cherenkit/plugin-hdf5';
import type { Table } from '@cherenkit/tables';
import type { BlockKind } from './observation-pointing.js';

/** An observation block of which nothing is known. */
export const UNKNOWN_BLOCK: BlockKind = { frame: CoordinateFrameType.UNKNOWN, isDrift: false };

/** Reads the frame of the pointing and the motion of the telescopes, by observation block. */
export async function blockPointings(loader: TableLoader): Promise<Map<number, BlockKind>> {
  const blocks = await loader.readObservationInformation();
  const modes = new Map<number, number>();
  if (await loader.file.has(dataModel.SCHEDULING_BLOCK.path)) {
    const scheduling = await loader.readSchedulingBlocks();
    const found = numbers(scheduling, 'pointing_mode');
    scheduling.numbers('sb_id').forEach((sbId, row) => modes.set(sbId, found[row]));
  }
  const [frames, sbIds] = [numbers(blocks, 'subarray_pointing_frame'), numbers(blocks, 'sb_id')];
  return new Map(
    Array.from(blocks.numbers('obs_id'), (obsId, row) => [
      obsId,
      { frame: frames[row] ?? UNKNOWN_BLOCK.frame, isDrift: modes.get(sbIds[row]) === PointingMode.DRIFT },
    ]),
  );
}

/** Values of a column; none if the table does not have it. */
function numbers(table: Table, name: string): ArrayLike<number> {
  return table.has(name) ? table.numbers(name) : [];
}
