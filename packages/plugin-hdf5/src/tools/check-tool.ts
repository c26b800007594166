import { Tool, trait, type CommandDeclaration, type EventSource, type ToolOptions } from '@cherenkit/core';
import { ExitCode } from '@cherenkit/core';
import { setExitCode, writeText } from '#tool-host';
import { checkFile, type FileCheck } from '../check/check-file.js';
import { inputFiles } from './input-files.js';

/** Checks HDF5 files of ctapipe and Cherenkit: `cherenkit check`. */
export class CheckTool extends Tool.withTraits({
  inputFiles: trait.list(trait.string(), {
    default: [],
    help: 'Files to check. @LIST reads their paths from a file, one per line.',
  }),
}) {
  static override readonly help =
    'Checks HDF5 files of ctapipe and Cherenkit: data model, ids, rows, values, checksums.';
  static override readonly command: CommandDeclaration = {
    name: 'check',
    description:
      'Reads all rows, which verifies their checksums. Columns, types and units are compared with the data model; ids must be unique; tables of events must have a row per event, tables of telescopes a row per trigger; required values must be finite where results are valid. Exits with 65 if a file has a problem.',
    examples: ['check gamma.dl2.h5', 'check @files.txt'],
    positional: { trait: 'CheckTool.input_files', name: 'FILE' },
    flags: {},
  };

  override async run(_source: EventSource | undefined, { signal }: ToolOptions = {}): Promise<void> {
    for (const path of inputFiles({ files: this.traits.inputFiles })) {
      signal?.throwIfAborted();
      const check = await checkFile(path);
      await writeText(describe(check));
      if (check.problems.length > 0) setExitCode(ExitCode.BAD_INPUT);
    }
  }
}

function describe({ path, problems, nTables, nEvents }: FileCheck): string {
  const content = `${nTables} tables, ${nEvents} events`;
  if (problems.length === 0) return `${path}: no problems (${content})\n`;
  const title = `${path}: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} (${content})`;
  return `${[title, ...problems.map((problem) => `- ${problem}`)].join('\n')}\n`;
}
