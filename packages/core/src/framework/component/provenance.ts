import { serviceToken } from './service.js';
import type { Json } from './trait-declaration.js';

/** A file that a run has read or written, with its role in the words of ctapipe's provenance: `DL0/Event`, `DL1/Event`. */
export interface ProvenanceFile {
  readonly url: string;
  readonly role: string;
}

/** A plugin whose code a run has used. */
export interface ProvenancePlugin {
  readonly name: string;
  /** The npm package. */
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  /** Its folder. */
  readonly location?: string | undefined;
}

/** The run itself. Files name it, so that one finds the record of the run that made them. */
export interface ProvenanceActivity {
  /** `cherenkit-process`. */
  readonly name: string;
  /** A UUID. */
  readonly id: string;
  readonly startTime: Date;
  /** Of cherenkit. */
  readonly softwareVersion: string;
}

/** What a run tells about its inputs and outputs. Components name what they open; the program adds itself and writes it down. */
export interface Provenance {
  /** Missing where components are used without a program around them. */
  readonly activity?: ProvenanceActivity;
  /** All values of the run's traits, defaults included, as a configuration file would have them. */
  readonly configuration?: Json;
  readonly inputs: readonly ProvenanceFile[];
  readonly outputs: readonly ProvenanceFile[];
  /** The plugins whose code was imported. */
  readonly plugins?: readonly ProvenancePlugin[];
  addInput(file: ProvenanceFile): void;
  addOutput(file: ProvenanceFile): void;
  addPlugin?(plugin: ProvenancePlugin): void;
}

export const PROVENANCE = serviceToken<Provenance>('cherenkit.Provenance');
