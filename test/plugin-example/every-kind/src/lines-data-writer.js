import { DataWriter, OUTPUT_FILES, PROVENANCE } from '@cherenkit/core';

export class LinesDataWriter extends DataWriter {
  static help = 'Writes one line of JSON per event.';

  async open() {
    const { outputPath, overwrite } = this.traits;
    this.file = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite }); // a temporary file
  }

  async write({ index, dl2 }) {
    const energies = Object.fromEntries([...dl2.stereo.energy].map(([name, { energy }]) => [name, energy]));
    const line = JSON.stringify({ eventId: index.eventId, energies });
    this.file.append(new TextEncoder().encode(`${line}\n`));
  }

  async finish() {
    await this.file.publish();
    this.context.service(PROVENANCE).addOutput({ url: this.traits.outputPath, role: 'DL2/Event' });
  }

  async [Symbol.asyncDispose]() {
    await this.file?.discard(); // no effect after publish()
  }
}
