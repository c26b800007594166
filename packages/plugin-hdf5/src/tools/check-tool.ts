import {
  CherenkitError,
  counted,
  ExitCode,
  OUTPUT_FILES,
  printableLines,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
  type ToolOptions,
} from '@cherenkit/core';
import { setExitCode, writeText } from '#tool-host';
import { checkFile, type FileCheck } from '../check/check-file.js';
import { checkFitsFile, isFitsFile } from '../check/check-fits-file.js';
import { salvageFile } from '../check/salvage-file.js';
import { inputFiles } from './input-files.js';

/** Checks HDF5 files of ctapipe and Cherenkit: `cherenkit check`. */
export class CheckTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), {
    default: [],
    help: 'Files to check. @LIST reads their paths from a file, one per line.',
  }),
  salvageOutput: trait.optional(
    trait.path({ help: 'Copy what can be read of one damaged file to this new file, and list what is lost.' }),
  ),
}) {
  static override readonly help =
    'Checks HDF5 files of ctapipe and Cherenkit, and FITS files of responses and events: data model, ids, rows, values, checksums.';
  static override readonly command: CommandDeclaration = {
    name: 'check',
    description:
      'Reads all rows, which verifies their checksums. Columns, types and units are compared with the data model; ids must be unique; tables of events must have a row per event, tables of telescopes a row per trigger; required values must be finite where results are valid; array and telescope triggers, cameras and optics of the layout, and the data levels must agree. Of FITS files: checksums, bins, integrals of responses, and keywords that event lists need. Exits with 65 if a file has a problem, 66 if one does not exist. With --salvage, the rows that are whole are copied to a new file, also of a truncated file; it exits with 65 if something is lost. Check the new file: rows of an event may be lost in one table only.',
    examples: ['check gamma.dl2.h5', 'check @files.txt', 'check damaged.dl2.h5 --salvage saved.dl2.h5'],
    positional: { trait: 'CheckTool.input_files', name: 'FILE' },
    flags: { salvage: { trait: 'CheckTool.salvage_output' } },
  };

  override async run(_source: EventSource | undefined, { signal }: ToolOptions = {}): Promise<void> {
    const { salvageOutput: salvage } = this.traits;
    const paths = inputFiles({ files: this.traits.inputFiles });
    if (salvage !== undefined && salvage !== null) {
      await this.#salvage(paths, salvage);
      return;
    }
    // A missing file has a higher exit code than a damaged one.
    let worst = 0;
    for (const path of paths) {
      signal?.throwIfAborted();
      const check = (await isFitsFile(path)) ? await checkFitsFile(path) : await checkFile(path);
      await writeText(printableLines(describe(check)));
      worst = Math.max(worst, check.exitCode);
    }
    if (worst > 0) setExitCode(worst);
  }

  async #salvage(paths: readonly string[], output: string): Promise<void> {
    const [path, ...others] = paths;
    if (others.length > 0) {
      const message = `Found ${counted(paths.length, 'file')}, expected one: cherenkit check FILE --salvage NEW_FILE.`;
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    await using sink = this.context.service(OUTPUT_FILES).create(output, { overwrite: false });
    const { nTables, nRows, lost } = await salvageFile(path, sink);
    const title = `${path}: ${counted(nTables, 'table')} with ${counted(nRows, 'row')} ${nTables === 1 ? 'was' : 'were'} copied to ${output}, `;
    const losses = lost.length === 0 ? 'nothing is lost' : `lost:\n${lost.map((each) => `- ${each}`).join('\n')}`;
    await writeText(printableLines(`${title}${losses}\n`));
    if (lost.length > 0) setExitCode(ExitCode.BAD_INPUT);
  }
}

function describe({ path, problems, unchecked, nTables, nEvents }: FileCheck): string {
  const content = `${counted(nTables, 'table')}, ${counted(nEvents, 'event')}`;
  const result = problems.length === 0 ? 'no problems' : counted(problems.length, 'problem');
  const lines = [
    ...problems.map((problem) => `- ${problem}`),
    ...unchecked.map((reason) => `- not checked: ${reason}`),
  ];
  return `${[`${path}: ${result} (${content})`, ...lines].join('\n')}\n`;
}
