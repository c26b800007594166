import { inject, injectable } from '../component/injectable.js';
import { LOGGER, type Logger } from '../component/logger.js';
import type { Provenance, ProvenanceFile, ProvenancePlugin } from '../component/provenance.js';

/** The default provenance service: records files and plugins in the order in which they are added. */
@injectable()
export class RunProvenance implements Provenance {
  readonly inputs: ProvenanceFile[] = [];
  readonly outputs: ProvenanceFile[] = [];
  readonly plugins: ProvenancePlugin[] = [];

  constructor(@inject(LOGGER) private readonly logger: Logger) {}

  addInput(file: ProvenanceFile): void {
    this.inputs.push(file);
    this.logger.debug(`input ${file.url} (${file.role})`);
  }

  addOutput(file: ProvenanceFile): void {
    this.outputs.push(file);
    this.logger.debug(`output ${file.url} (${file.role})`);
  }

  addPlugin(plugin: ProvenancePlugin): void {
    this.plugins.push(plugin);
  }
}
