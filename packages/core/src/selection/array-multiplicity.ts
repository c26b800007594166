import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { SubarrayDescription } from '../instrument/index.js';

/** A column with one flag per telescope, as expressions have it. */
interface TelescopeFlags {
  readonly values: ArrayLike<number>;
  readonly count: number;
}

/** The array in expressions over tables. Source: ctapipe 0.32 `SubarrayDescription.multiplicity`. */
export class ArrayMultiplicity {
  /** @param subarrayOf - called when an expression uses the array */
  constructor(private readonly subarrayOf: () => SubarrayDescription) {}

  /**
   * Counts the telescopes of each row, of one type or of all.
   *
   * @param flags - column with one flag per telescope, such as `tels_with_trigger`
   * @throws CherenkitError TABLE_COLUMN_INVALID (2) for another column; TELESCOPE_TYPE_UNKNOWN
   */
  multiplicity(flags: unknown, telType?: string): Float64Array {
    const subarray = this.subarrayOf();
    const { nTels } = subarray;
    if (!hasFlags(flags) || flags.count !== nTels) {
      const message = `subarray.multiplicity: expected a column with one flag for each of the ${nTels} telescopes, such as tels_with_trigger.`;
      throw new CherenkitError('TABLE_COLUMN_INVALID', ExitCode.USAGE, message);
    }
    const { values } = flags;
    const telIds = telType === undefined ? subarray.telIds : subarray.getTelIdsForType(telType);
    const indices = subarray.telIdsToIndices(telIds);
    return Float64Array.from({ length: values.length / nTels }, (_, row) =>
      indices.reduce((count, index) => count + (values[row * nTels + index] ? 1 : 0), 0),
    );
  }
}

function hasFlags(value: unknown): value is TelescopeFlags {
  return typeof value === 'object' && value !== null && 'values' in value && 'count' in value;
}
