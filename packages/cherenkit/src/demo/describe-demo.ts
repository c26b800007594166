import { angularResolution, type ReconstructedShower } from './reconstructed-showers.js';

/** Events that are listed. */
const SHOWN = 10;
/** Telescopes that a well seen event has. */
const MANY = 4;

/** How well directions came out, for people: some events one by one, then all together. */
export function describeShowers(showers: readonly ReconstructedShower[]): string {
  if (showers.length === 0) return '';
  const energies = showers.map(({ energy }) => energy).sort((a, b) => a - b);
  const [lowest, highest] = [energies[0], energies.at(-1)].map((energy = NaN) => energy.toPrecision(2));
  const few = showers.filter(({ telescopes }) => telescopes < MANY);
  const many = showers.filter(({ telescopes }) => telescopes >= MANY);
  const resolution = (some: readonly ReconstructedShower[]): string => `${angularResolution(some).toFixed(3)} degrees`;
  const nWithDirection = showers.filter(({ offset }) => offset !== undefined).length;
  const lines = [
    '  event id   true energy   telescopes   off the true direction by',
    ...showers.slice(0, SHOWN).map(describeShower),
    ...(showers.length > SHOWN ? [`  ... and ${showers.length - SHOWN} more`] : []),
    '',
    `Events:             ${showers.length}, ${nWithDirection} of them with a direction`,
    `Energies:           ${lowest} to ${highest} TeV`,
    `Angular resolution: ${resolution(showers)} (68 % of the directions are nearer to the truth)`,
  ];
  if (few.length > 0 && many.length > 0) {
    lines.push(
      `                    ${resolution(many)} with ${MANY} telescopes and more, ${resolution(few)} with fewer`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function describeShower({ eventId, energy, telescopes, offset }: ReconstructedShower): string {
  const off = offset === undefined ? 'not reconstructed' : `${offset.toFixed(3)} degrees`;
  return `${String(eventId).padStart(10)}${`${energy.toFixed(3)} TeV`.padStart(14)}${String(telescopes).padStart(13)}   ${off}`;
}

/** What is in a file: how many rows each table of events has, those of telescopes taken together. */
export function describeTables(rows: ReadonlyMap<string, number>): string {
  const sums = new Map<string, number>();
  for (const [path, count] of rows) {
    const name = path.replace(/\/tel_\d+$/, '/tel_*');
    if (/^\/(dl1|dl2|simulation)\/event/.test(name)) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return Array.from(sums, ([name, count]) => `    ${name.padEnd(62)} ${count} rows\n`).join('');
}
