import { serviceToken } from './service.js';

/** A file that a run has read or written, with its role in the words of ctapipe's provenance: `DL0/Event`, `DL1/Event`. */
export interface ProvenanceFile {
  readonly url: string;
  readonly role: string;
}

/** What a run tells about its inputs and outputs. Components name what they open; the program adds itself and writes it down. */
export interface Provenance {
  readonly inputs: readonly ProvenanceFile[];
  readonly outputs: readonly ProvenanceFile[];
  addInput(file: ProvenanceFile): void;
  addOutput(file: ProvenanceFile): void;
}

export const PROVENANCE = serviceToken<Provenance>('cherenkit.Provenance');
