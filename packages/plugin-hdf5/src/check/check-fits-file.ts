import { CherenkitError, ExitCode } from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import { FitsFile, type FitsHdu } from '@cherenkit/plugin-fits';
import type { Table } from '@cherenkit/tables';
import type { FileCheck } from './check-file.js';

/** Whether a file starts as FITS files do, also if it is compressed. False for files that cannot be read. */
export async function isFitsFile(path: string): Promise<boolean> {
  if (/\.fits(?:\.gz)?$/i.test(path)) return true;
  try {
    await using source = await openFile(path);
    const isLong = source.canSeek && (source.size ?? 0) >= 9;
    return isLong && new TextDecoder('latin1').decode(await source.read(0, 9)) === 'SIMPLE  =';
  } catch {
    return false;
  }
}

/** Largest deviation of the integral of a probability density from 1. */
const TOLERANCE = 1e-6;

/**
 * Checks a FITS file of tables: structure and checksums by reading everything; of responses in the format GADF, the edges of the bins
 * and the integrals of probability densities; of event lists, the keywords without which analyses fail, and the order of the times.
 */
export async function checkFitsFile(path: string): Promise<FileCheck> {
  const problems: string[] = [];
  let [nTables, nEvents, exitCode]: [number, number, number] = [0, 0, ExitCode.BAD_INPUT];
  try {
    await using file = await FitsFile.open(path);
    problems.push(...(await file.checksumProblems()));
    for (const hdu of file.hdus) {
      if (hdu.kind !== 'table') continue;
      const table = await file.readTable(hdu.index);
      nTables++;
      if (hdu.header.text('HDUCLAS1') === 'EVENTS') nEvents += table.nRows;
      problems.push(...problemsOf(hdu, table).map((problem) => `${hdu.name}: ${problem}`));
    }
  } catch (error) {
    if (!CherenkitError.is(error)) throw error;
    problems.push(error.message);
    ({ exitCode } = error);
  }
  return { path, problems, unchecked: [], nTables, nEvents, exitCode: problems.length === 0 ? 0 : exitCode };
}

function problemsOf(hdu: FitsHdu, table: Table): string[] {
  const { header } = hdu;
  switch (header.text('HDUCLAS1')) {
    case 'EVENTS':
      return problemsOfEvents(hdu, table);
    case 'RESPONSE':
      return [...problemsOfEdges(table), ...problemsOfDensity(header.text('HDUCLAS4'), table)];
    default:
      return [];
  }
}

/** Keywords without which gammapy cannot read an event list. */
const NEEDED = ['DEADC', 'RA_PNT', 'DEC_PNT', 'MJDREFI', 'MJDREFF', 'GEOLON', 'GEOLAT', 'ALTITUDE'];

function problemsOfEvents({ header }: FitsHdu, table: Table): string[] {
  const missing = [
    ...NEEDED.filter((key) => !header.has(key)),
    ...['EVENT_ID', 'TIME', 'RA', 'DEC', 'ENERGY'].filter((name) => !table.has(name)).map((name) => `column ${name}`),
  ];
  const problems = missing.length > 0 ? [`${missing.join(', ')} is missing`] : [];
  if (!table.has('TIME')) return problems;
  const times = table.numbers('TIME');
  const later = times.findIndex((time, i) => i > 0 && time < times[i - 1]);
  return later < 0 ? problems : [...problems, `row ${later} is earlier than the row before; sort by time`];
}

function problemsOfEdges(table: Table): string[] {
  return table.names.flatMap((name) => {
    const axis = /^(.*)_LO$/.exec(name)?.[1];
    if (axis === undefined) return [];
    if (!table.has(`${axis}_HI`)) return [`column ${axis}_HI is missing`];
    const [low, high] = [table.numbers(name), table.numbers(`${axis}_HI`)];
    const bad = low.findIndex((edge, i) => !(edge < high[i]) || (i > 0 && edge < low[i - 1]));
    return bad < 0 ? [] : [`${axis}: bin ${bad} is ${low[bad]} to ${high[bad]}, expected ascending edges`];
  });
}

/** Integrals of energy dispersions and point spread functions must be 1, or 0 without events. */
function problemsOfDensity(form: string | undefined, table: Table): string[] {
  const [axis, name] = form === 'EDISP_2D' ? ['MIGRA', 'MATRIX'] : form === 'PSF_TABLE' ? ['RAD', 'RPSF'] : [];
  if (axis === undefined || name === undefined || ![`${axis}_LO`, `${axis}_HI`, name].every((each) => table.has(each)))
    return [];
  const { shape } = table.column(name);
  const [low, high] = [`${axis}_LO`, `${axis}_HI`].map((each) =>
    table.numbers(each, axis === 'RAD' ? 'rad' : undefined),
  );
  const sizes = low.map((edge, i) =>
    axis === 'RAD' ? 2 * Math.PI * (Math.cos(edge) - Math.cos(high[i])) : high[i] - edge,
  );
  const values = table.numbers(name);
  // In memory: angle to the pointing, migration, energy; or angle to the source, angle to the pointing, energy.
  const [outer, n, inner] = axis === 'RAD' ? [1, shape[0], shape[1] * shape[2]] : [shape[0], shape[1], shape[2]];
  let worst = 1;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += values[(o * n + k) * inner + i] * sizes[k];
      if (sum !== 0 && Math.abs(sum - 1) > Math.abs(worst - 1)) worst = sum;
    }
  }
  return Math.abs(worst - 1) <= TOLERANCE ? [] : [`an integral over ${axis} is ${worst.toPrecision(6)}, expected 1`];
}
