import {
  CherenkitError,
  counted,
  ExitCode,
  printableLines,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
  type Json,
} from '@cherenkit/core';
import { writeText } from '#model-host';
import { MODEL_FILES } from '../model/model-files.js';
import { describeModel } from '../model/describe-model.js';

/** Describes model files: `cherenkit model show`. */
export class ModelShowTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), { default: [], help: 'Model files.' }),
  json: trait.boolean({
    default: false,
    help: 'Print the descriptions as JSON, one per file, by the names of the files.',
  }),
}) {
  static override readonly help = 'Describes models: features, criteria, telescope types, importances, origin.';
  static override readonly command: CommandDeclaration = {
    name: 'model show',
    description:
      'Models are ONNX files (.onnx, .onnx.gz) with a description of their features and telescopes. Models of ctapipe are pickles, which are not read, since loading one runs code that it contains: convert those that you trust with converter/export_models_to_onnx.py, with the Python and the scikit-learn with which they were trained.',
    examples: ['model show energy.onnx', 'model show energy.onnx --json'],
    positional: { trait: 'ModelShowTool.input_files', name: 'FILE' },
    flags: {},
  };

  override async run(_source: EventSource | undefined): Promise<void> {
    const { inputFiles, json } = this.traits;
    if (inputFiles.length === 0) {
      throw new CherenkitError(
        'INPUT_NOT_NAMED',
        ExitCode.USAGE,
        `Found ${counted(0, 'file')}: cherenkit model show FILE.`,
      );
    }
    const files = this.context.service(MODEL_FILES);
    const descriptions: Record<string, Json> = {};
    for (const path of inputFiles) {
      const model = files.describe(path);
      descriptions[path] = model.description.json;
      if (!json) await writeText(printableLines(`${describeModel(model, path)}\n`));
    }
    if (json) await writeText(`${JSON.stringify(descriptions, undefined, 2)}\n`);
  }
}
