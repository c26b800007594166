import { Command } from '@oclif/core/command';
import { SIMULATE_FLAGS } from './simulate-flags.js';

/** `cherenkit simulate` */
export class SimulateCommand extends Command {
  static override readonly summary = 'Simulate showers over a toy array, and write them as sim_telarray does.';
  static override readonly description =
    'The file holds raw samples of all gains, their calibration and the truth; cherenkit process and ctapipe read it. Each event follows from the seed and its number alone.';
  static override readonly examples = [
    '<%= config.bin %> simulate -o toy.simtel.zst --events 200 --array north --seed 1',
    "<%= config.bin %> simulate -o toy.simtel.gz -i 'toymodel:?array=chec&events=50&energy_min=1'",
  ];
  static override readonly flags = SIMULATE_FLAGS;

  override async run(): Promise<void> {
    const { takeTraitOptions } = await import('@cherenkit/core');
    const { rest, options } = takeTraitOptions(this.argv);
    const { flags } = await this.parse(SimulateCommand, [...rest]);
    const { runSimulate } = await import('../run-simulate.js');
    await runSimulate(flags, options);
  }
}
