import { EVENT_SOURCE_OPENER, EventSource, trait } from '@cherenkit/core';

/** Reads another input, `several:toymodel:`, and omits events of few telescopes. */
export class SeveralEventSource extends EventSource.withTraits({
  minTelescopes: trait.integer({ default: 2, help: 'Minimum number of triggered telescopes.' }),
}) {
  static help = 'Reads events of several telescopes from another input.';
  static recognises = [{ scheme: 'several' }];

  async open() {
    const { inputUrl, allowedTels } = this.traits;
    const opener = this.context.service(EVENT_SOURCE_OPENER);
    this.source = await opener.open(inputUrl.replace('several:', ''), { allowedTels: allowedTels && [...allowedTels] });
  }

  get run() {
    return this.source.run;
  }

  async *[Symbol.asyncIterator]() {
    let count = 0;
    for await (const event of this.source) {
      if (event.trigger.telsWithTrigger.length < this.traits.minTelescopes) continue;
      event.count = count++;
      yield event;
      if (count === this.traits.maxEvents) return;
    }
  }

  async [Symbol.asyncDispose]() {
    await this.source?.[Symbol.asyncDispose]();
  }
}
