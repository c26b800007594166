import { EventSource, Tool, trait } from '@cherenkit/core';

export class CountTool extends Tool.withTraits({
  minTelescopes: trait.integer({ default: 1, help: 'Minimum number of triggered telescopes.' }),
}) {
  static help = 'Counts events.';
  static children = [EventSource]; // the tool reads events

  async run(source) {
    let count = 0;
    for await (const { trigger } of source) {
      if (trigger.telsWithTrigger.length >= this.traits.minTelescopes) count++;
    }
    process.stdout.write(`${count} events\n`);
  }
}
