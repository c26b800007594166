import { EventSource, Tool, trait, type ToolOptions } from '@cherenkit/core';

/** Counts the events of each telescope. The tool is a subcommand of `cherenkit`, with a flag for each trait. */
export class TemplateComponent extends Tool.withTraits({
  minTelescopes: trait.integer({ default: 1, minimum: 1, help: 'Minimum number of triggered telescopes of an event.' }),
}) {
  static override readonly help = 'Counts the events of each telescope.';
  /** Tools with an EventSource read events: `run` is called with the source of `--input`. */
  static override readonly children = [EventSource];

  readonly counts = new Map<number, number>();

  override async run(source: EventSource | undefined, { signal }: ToolOptions = {}): Promise<void> {
    for await (const { trigger } of source ?? []) {
      signal?.throwIfAborted();
      if (trigger.telsWithTrigger.length < this.traits.minTelescopes) continue;
      for (const telId of trigger.telsWithTrigger) this.counts.set(telId, (this.counts.get(telId) ?? 0) + 1);
    }
    for (const [telId, count] of [...this.counts].sort(([a], [b]) => a - b)) {
      process.stdout.write(`telescope ${telId}: ${count} events\n`);
    }
  }
}
