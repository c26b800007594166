import { Command } from '@oclif/core/command';
import { PROCESS_FLAGS } from './process-flags.js';

/** `cherenkit process` */
export class ProcessCommand extends Command {
  static override readonly summary = 'Reconstruct showers: calibrate, clean, parametrize, combine, write HDF5.';
  static override readonly description =
    'Flags set traits of components and win over configuration files. The output appears under its name when it is whole; a run that fails or is interrupted leaves none.';
  static override readonly examples = [
    '<%= config.bin %> process -i gamma.simtel.zst -o gamma.dl2.h5 --write-showers',
    '<%= config.bin %> process -i gamma.simtel.zst -c site.yaml -c mine.yaml --TailcutsImageCleaner.min_picture_neighbors=1',
  ];
  static override readonly flags = PROCESS_FLAGS;

  override async run(): Promise<void> {
    const { takeTraitOptions } = await import('@cherenkit/core');
    const { rest, options } = takeTraitOptions(this.argv);
    const { flags } = await this.parse(ProcessCommand, [...rest]);
    const { runProcess } = await import('../run-process.js');
    await runProcess(flags, options, this.config.version);
  }
}
