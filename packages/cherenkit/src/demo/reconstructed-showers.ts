import type { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import { angularSeparation, degrees, radians, type TeV } from '@cherenkit/kernels';

/** An event as it was simulated and as it was reconstructed. */
export interface ReconstructedShower {
  readonly eventId: number;
  readonly energy: TeV;
  /** Telescopes that the reconstruction used. */
  readonly telescopes: number;
  /** Angle between the true and the reconstructed direction, degrees; undefined where there is none. */
  readonly offset: number | undefined;
}

const TRUTH = '/simulation/event/subarray/shower';
const GEOMETRY = '/dl2/event/subarray/geometry';

/** The showers of a file with reconstructed directions and the truth, by the first reconstructor; none without both. */
export async function reconstructedShowers(file: Hdf5Reader): Promise<ReconstructedShower[]> {
  const path = (await file.tables()).find((name) => name.startsWith(`${GEOMETRY}/`));
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

/** Columns of a table as plain numbers, each under a name of the caller's. */
async function numbers<Name extends string>(
  file: Hdf5Reader,
  path: string,
  columns: Readonly<Record<Name, string>>,
): Promise<Record<Name, number[]>> {
  const names = Object.entries<string>(columns);
  const values = await (await file.table(path)).read(names.map(([, column]) => column));
  const entries = names.map(([name, column]) => [name, Array.from<unknown, number>(values[column] ?? [], Number)]);
  return Object.fromEntries(entries) as Record<Name, number[]>;
}

/** The offset that 68 % of the showers with a direction stay below, degrees; NaN where there is none. */
export function angularResolution(showers: readonly ReconstructedShower[]): number {
  const offsets = showers.flatMap(({ offset }) => (offset === undefined ? [] : [offset])).sort((a, b) => a - b);
  return offsets[Math.ceil(0.68 * offsets.length) - 1] ?? NaN;
}
