import type { Hdf5File } from '@cherenkit/plugin-hdf5';
import { angularSeparation, degrees, radians, type TeV } from '@cherenkit/kernels';

/** True and reconstructed parameters of an event. */
export interface ReconstructedShower {
  readonly eventId: number;
  /** True energy. */
  readonly energy: TeV;
  /** Number of telescopes used by the reconstruction. */
  readonly telescopes: number;
  /** Angle between true and reconstructed direction, degrees; undefined if the event was not reconstructed. */
  readonly offset: number | undefined;
}

const TRUTH = '/simulation/event/subarray/shower';
const GEOMETRY = '/dl2/event/subarray/geometry';

/**
 * Reads the reconstructed showers of a file, by its first reconstructor, with their true parameters. Returns an empty list
 * if the file has no reconstructed geometry or no simulated showers.
 */
export async function reconstructedShowers(file: Hdf5File): Promise<ReconstructedShower[]> {
  const path = (await file.paths()).find((name) => name.startsWith(`${GEOMETRY}/`));
  if (path === undefined || !(await file.has(TRUTH))) return [];
  const reconstructor = path.slice(GEOMETRY.length + 1);
  const truth = await numbers(file, TRUTH, { id: 'event_id', energy: 'true_energy', alt: 'true_alt', az: 'true_az' });
  const found = await numbers(file, path, {
    id: 'event_id',
    alt: `${reconstructor}_alt`,
    az: `${reconstructor}_az`,
    isValid: `${reconstructor}_is_valid`,
    telescopes: `${reconstructor}_telescopes`,
  });
  const width = found.telescopes.length / found.id.length;
  const rowOf = new Map(truth.id.map((eventId, row) => [eventId, row]));
  const direction = ({ alt, az }: Record<'alt' | 'az', number[]>, row: number) => ({
    alt: radians(alt[row] ?? NaN),
    az: radians(az[row] ?? NaN),
  });

  return found.id.map((eventId, row): ReconstructedShower => {
    const at = rowOf.get(eventId) ?? -1;
    const [reconstructed, simulated] = [direction(found, row), direction(truth, at)];
    const offset = angularSeparation(reconstructed.az, reconstructed.alt, simulated.az, simulated.alt);
    const used = found.telescopes.slice(row * width, (row + 1) * width);
    return {
      eventId,
      energy: truth.energy[at] ?? NaN,
      telescopes: used.reduce((sum, flag) => sum + flag, 0),
      offset: found.isValid[row] === 1 ? degrees(offset) : undefined,
    };
  });
}

/** Reads columns of a table as lists of numbers, by the keys of `columns`. */
async function numbers<Name extends string>(
  file: Hdf5File,
  path: string,
  columns: Readonly<Record<Name, string>>,
): Promise<Record<Name, number[]>> {
  const names = Object.entries<string>(columns);
  const values = await (await file.table(path)).read(names.map(([, column]) => column));
  const entries = names.map(([name, column]) => [name, Array.from<unknown, number>(values[column] ?? [], Number)]);
  return Object.fromEntries(entries) as Record<Name, number[]>;
}

/** Returns the 68 % containment radius of the angular errors, degrees; NaN if no shower was reconstructed. */
export function angularResolution(showers: readonly ReconstructedShower[]): number {
  const offsets = showers.flatMap(({ offset }) => (offset === undefined ? [] : [offset])).sort((a, b) => a - b);
  return offsets[Math.ceil(0.68 * offsets.length) - 1] ?? NaN;
}
