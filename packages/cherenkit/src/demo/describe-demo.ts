import { angularResolution, type ReconstructedShower } from './reconstructed-showers.js';

/** Maximum number of events to list. */
const MAX_LISTED = 10;
/** Multiplicity that separates the two groups of events whose resolution is compared. */
const HIGH_MULTIPLICITY = 4;

/** Describes the accuracy of reconstructed directions as text: a list of events, then the angular resolution. */
export function describeShowers(showers: readonly ReconstructedShower[]): string {
  if (showers.length === 0) return '';
  const energies = showers.map(({ energy }) => energy).sort((a, b) => a - b);
  const [lowest, highest] = [energies[0], energies.at(-1)].map((energy = NaN) => energy.toPrecision(2));
  const few = showers.filter(({ telescopes }) => telescopes < HIGH_MULTIPLICITY);
  const many = showers.filter(({ telescopes }) => telescopes >= HIGH_MULTIPLICITY);
  const resolution = (some: readonly ReconstructedShower[]): string => `${angularResolution(some).toFixed(3)} degrees`;
  const nWithDirection = showers.filter(({ offset }) => offset !== undefined).length;
  const lines = [
    '  event id   true energy   telescopes   angular error',
    ...showers.slice(0, MAX_LISTED).map(describeShower),
    ...(showers.length > MAX_LISTED ? [`  ... and ${showers.length - MAX_LISTED} more`] : []),
    '',
    `Events:             ${showers.length}, ${nWithDirection} of them with a reconstructed direction`,
    `True energies:      ${lowest} to ${highest} TeV`,
    `Angular resolution: ${resolution(showers)} (68 % containment)`,
  ];
  if (few.length > 0 && many.length > 0) {
    lines.push(
      `                    ${resolution(many)} with ${HIGH_MULTIPLICITY} or more telescopes, ${resolution(few)} with fewer`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function describeShower({ eventId, energy, telescopes, offset }: ReconstructedShower): string {
  const off = offset === undefined ? 'not reconstructed' : `${offset.toFixed(3)} degrees`;
  return `${String(eventId).padStart(10)}${`${energy.toFixed(3)} TeV`.padStart(14)}${String(telescopes).padStart(13)}   ${off}`;
}

/** Lists the event tables of a file with their numbers of rows, summed over telescopes. */
export function describeTables(rows: ReadonlyMap<string, number>): string {
  const sums = new Map<string, number>();
  for (const [path, count] of rows) {
    const name = path.replace(/\/tel_\d+$/, '/tel_*');
    if (/^\/(dl1|dl2|simulation)\/event/.test(name)) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return Array.from(sums, ([name, count]) => `    ${name.padEnd(62)} ${count} rows\n`).join('');
}
