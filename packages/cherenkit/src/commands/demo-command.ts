import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';

/** `cherenkit demo` */
export class DemoCommand extends Command {
  static override readonly summary = 'Simulate showers, reconstruct them, and print the results.';
  static override readonly description =
    'Simulates a toy array, writes a sim_telarray file, processes it, and compares reconstructed with true directions.';
  static override readonly examples = [
    '<%= config.bin %> demo',
    '<%= config.bin %> demo gamma.simtel.zst',
    '<%= config.bin %> demo --array chec --events 100',
  ];

  static override readonly args = {
    file: Args.string({ description: 'Process this sim_telarray file instead of simulating one.' }),
  };
  static override readonly flags = {
    array: Flags.string({
      helpValue: 'NAME',
      default: 'north',
      summary: 'Telescope array: north, south, lst, nectarcam, flashcam or chec.',
    }),
    events: Flags.string({ char: 'n', helpValue: 'N', default: '25', summary: 'Number of events to simulate.' }),
    seed: Flags.string({ helpValue: 'N', default: '1', summary: 'Seed of the random numbers.' }),
    folder: Flags.string({
      char: 'o',
      helpValue: 'FOLDER',
      default: 'cherenkit-demo',
      summary: 'Output folder; files of an earlier demo are overwritten.',
    }),
  };

  override async run(): Promise<void> {
    const { splitTraitOptions } = await import('@cherenkit/core/internal');
    const { rest, options: settings } = splitTraitOptions(this.argv);
    const { args, flags } = await this.parse(DemoCommand, [...rest]);
    const { runDemo } = await import('../demo/run-demo.js');
    const { array, events, seed, folder } = flags;
    await runDemo({ file: args.file, folder, array, events, seed, settings });
  }
}
