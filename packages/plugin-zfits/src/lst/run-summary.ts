import { CherenkitError, ExitCode, nameSome } from '@cherenkit/core';
import { readText } from './read-text.js';

/** Reference for the times of the events of a run. */
export interface RunReference {
  /** TAI since 1970, ns. */
  readonly time: bigint;
  /** Counter of the module, ns. */
  readonly counter: bigint;
  /** Position of the module in arrays of modules. */
  readonly moduleIndex: number;
  /** Whether the time is that of an event, and not of the start of the run. */
  readonly isPrecise: boolean;
}

const COLUMNS = [
  'run_id',
  'dragon_reference_time',
  'dragon_reference_counter',
  'dragon_reference_module_index',
] as const;

/**
 * Reads the reference of a run from a run summary of lstchain, a table in ECSV format. Source: ctapipe_io_lst 0.31
 * `read_run_summary`.
 *
 * @throws CherenkitError LST_TIME_REFERENCE (65) if the table has no such run or is no run summary; INPUT_MISSING (66)
 */
export async function readRunSummary(path: string, runId: number): Promise<RunReference> {
  const text = await readText(path);
  const delimiter = /^# delimiter: '?,'?\s*$/m.test(text) ? ',' : ' ';
  const [header = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => cellsOf(line, delimiter));
  const missing = COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw mistake(path, `it has no column ${missing.join(', ')}; expected a run summary of lstchain`);
  const cell = (row: readonly string[], name: string): string => row[header.indexOf(name)] ?? '';
  const row = rows.find((each) => cell(each, 'run_id') === String(runId));
  if (row === undefined) {
    const runs = nameSome(rows.map((each) => cell(each, 'run_id')));
    throw mistake(path, `it has no run ${runId}, but ${runs}; expected the summary of the night of the run`);
  }
  const [, time, counter, moduleIndex] = COLUMNS.map((name) => cell(row, name));
  if (![time, counter, moduleIndex].every((number) => /^\d+$/.test(number))) {
    throw mistake(
      path,
      `run ${runId} has the reference ${[time, counter, moduleIndex].join(', ')}, expected three integers`,
    );
  }
  return {
    time: BigInt(time),
    counter: BigInt(counter),
    moduleIndex: Number(moduleIndex),
    isPrecise: cell(row, 'dragon_reference_source') !== 'run_start',
  };
}

/** Cells of a line, of which some may be quoted. */
function cellsOf(line: string, delimiter: ',' | ' '): string[] {
  const pattern = delimiter === ',' ? /(?:^|,)(?:"([^"]*)"|([^,]*))/g : /(?:^|\s+)(?:"([^"]*)"|(\S+))/g;
  return [...line.matchAll(pattern)].map(([, quoted, plain]) => quoted ?? plain);
}

function mistake(path: string, problem: string): CherenkitError {
  return new CherenkitError('LST_TIME_REFERENCE', ExitCode.BAD_INPUT, `${path}: ${problem}.`);
}
