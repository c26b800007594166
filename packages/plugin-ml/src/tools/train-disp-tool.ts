import { EventSource, trait, type CommandDeclaration, type ComponentKind } from '@cherenkit/core';
import { TableLoader } from '@cherenkit/plugin-hdf5';
import { DispReconstructor } from '../reconstruction/disp-reconstructor.js';
import { CrossValidator } from '../training/cross-validator.js';
import { INPUT, TRAINING, trainingFlags, TrainTool } from './train-tool.js';

/** Trains directions: `cherenkit train disp`. Source: ctapipe 0.32 `TrainDispReconstructor`. */
export class TrainDispReconstructor extends TrainTool.withTraits({
  projectDisp: trait.boolean({
    default: false,
    help: 'Train the distance of the source along the image axis, instead of that from the centroid.',
  }),
}) {
  static override readonly help = 'Trains models of the distance between image and source, one per telescope type.';
  static override readonly children: readonly ComponentKind[] = [
    EventSource,
    TableLoader,
    DispReconstructor,
    CrossValidator,
  ];
  static override readonly modelClass = 'DispReconstructor';
  static override readonly command: CommandDeclaration = {
    name: 'train disp',
    description:
      'Reads simulated gamma rays with image parameters and showers, and writes one ONNX file with two models per telescope type, of the absolute value of disp and of its sign. Configuration files are those of ctapipe-train-disp-reconstructor.',
    examples: ['train disp -i gamma.energy.dl2.h5 -c train_disp_reconstructor.yaml -o disp.onnx'],
    flags: {
      input: { trait: 'EventSource.input_url', letter: 'i', group: INPUT },
      'project-disp': { trait: 'TrainDispReconstructor.project_disp', group: TRAINING },
      ...trainingFlags('TrainDispReconstructor'),
    },
  };

  protected override get projectsDisp(): boolean {
    return this.traits.projectDisp;
  }
}
