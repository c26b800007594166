import {
  CherenkitError,
  counted,
  ExitCode,
  printable,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
} from '@cherenkit/core';
import { setExitCode, writeText } from '#tool-host';
import { compareFiles } from '../check/compare-files.js';
import { Hdf5File } from '../engine/index.js';

/** Exit code for different files, as of the command diff. */
const DIFFERENT = 1;

/** Compares two HDF5 files: `cherenkit diff`. */
export class DiffTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), { default: [], help: 'The two files to compare.' }),
  rtol: trait.number({
    default: 0,
    minimum: 0,
    help: 'Tolerance of floats, relative to the larger of the value and the median magnitude of its column.',
  }),
  ignoreProvenance: trait.boolean({
    default: false,
    help: 'Ignore what says how a file was made: configurations, plugins, merged files, records of runs. Merged shards then equal a single run.',
  }),
  json: trait.boolean({ default: false, help: 'Print JSON: the number of equal tables, and the differences.' }),
}) {
  static override readonly help = 'Compares two HDF5 files table by table.';
  static override readonly command: CommandDeclaration = {
    name: 'diff',
    description:
      'Lists differences of tables, rows, columns, types, units, values and attributes. Ids, times and software of the files, descriptions and compression may differ. Exits with 1 if the files differ.',
    examples: ['diff ours.dl2.h5 theirs.dl2.h5 --rtol 1e-5', 'diff merged.dl2.h5 single.dl2.h5 --ignore-provenance'],
    positional: { trait: 'DiffTool.input_files', name: 'FILE' },
    flags: {},
  };

  override async run(_source: EventSource | undefined): Promise<void> {
    const { inputFiles, rtol, ignoreProvenance, json } = this.traits;
    const [first, second, ...others] = inputFiles;
    if (first === undefined || second === undefined || others.length > 0) {
      const message = `Found ${counted(inputFiles.length, 'file')}, expected two: cherenkit diff A B.`;
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    await using a = await Hdf5File.open(first);
    await using b = await Hdf5File.open(second);
    const { nEqual, differences } = await compareFiles(a, b, { rtol, ignoreProvenance });
    const equal = `${counted(nEqual, 'table')} ${nEqual === 1 ? 'is' : 'are'} equal`;
    const lines = [...differences, `${equal}, ${counted(differences.length, 'difference')}`].map(
      (line) => `${printable(line)}\n`,
    );
    await writeText(json ? `${JSON.stringify({ nEqual, differences }, undefined, 2)}\n` : lines.join(''));
    if (differences.length > 0) setExitCode(DIFFERENT);
  }
}
