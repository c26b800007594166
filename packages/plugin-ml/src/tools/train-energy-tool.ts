import { EventSource, type CommandDeclaration, type ComponentKind } from '@cherenkit/core';
import { TableLoader } from '@cherenkit/plugin-hdf5';
import { EnergyRegressor } from '../reconstruction/energy-regressor.js';
import { CrossValidator } from '../training/cross-validator.js';
import { INPUT, trainingFlags, TrainTool } from './train-tool.js';

/** Trains energies: `cherenkit train energy`. Source: ctapipe 0.32 `TrainEnergyRegressor`. */
export class TrainEnergyRegressor extends TrainTool {
  static override readonly help = 'Trains models of the energy, one per telescope type.';
  static override readonly children: readonly ComponentKind[] = [
    EventSource,
    TableLoader,
    EnergyRegressor,
    CrossValidator,
  ];
  static override readonly modelClass = 'EnergyRegressor';
  static override readonly command: CommandDeclaration = {
    name: 'train energy',
    description:
      'Reads simulated events with image parameters and showers, and writes one ONNX file with the models of all telescope types. Configuration files are those of ctapipe-train-energy-regressor.',
    examples: ['train energy -i gamma.dl2.h5 -c train_energy_regressor.yaml -o energy.onnx --cv-output energy.cv.h5'],
    flags: {
      input: { trait: 'EventSource.input_url', letter: 'i', group: INPUT },
      ...trainingFlags('TrainEnergyRegressor'),
    },
  };
}
