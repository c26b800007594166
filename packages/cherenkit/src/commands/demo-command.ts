import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';

/** `cherenkit demo` */
export class DemoCommand extends Command {
  static override readonly summary = 'Simulate showers, reconstruct them, and show what came out.';
  static override readonly description =
    'Writes a sim_telarray file of a toy array and what process makes of it; compares the directions with the truth.';
  static override readonly examples = [
    '<%= config.bin %> demo',
    '<%= config.bin %> demo gamma.simtel.zst',
    '<%= config.bin %> demo --array chec --events 100',
  ];

  static override readonly args = {
    file: Args.string({ description: 'A sim_telarray file to take instead of simulating one.' }),
  };
  static override readonly flags = {
    array: Flags.string({
      helpValue: 'NAME',
      default: 'north',
      summary: 'The telescopes: north, south, lst, nectarcam, flashcam, chec.',
    }),
    events: Flags.string({ char: 'n', helpValue: 'N', default: '25', summary: 'How many events to simulate.' }),
    seed: Flags.string({ helpValue: 'N', default: '1', summary: 'Other seeds give other events.' }),
    folder: Flags.string({
      char: 'o',
      helpValue: 'FOLDER',
      default: 'cherenkit-demo',
      summary: 'Where the files go; those of an earlier demo are replaced.',
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
