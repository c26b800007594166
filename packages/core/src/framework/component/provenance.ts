import { serviceToken } from './service.js';
import type { Json } from './trait-declaration.js';

/** A file read or written by a run, with its role as in ctapipe's provenance: `DL0/Event`, `DL1/Event`. */
export interface ProvenanceFile {
  readonly url: string;
  readonly role: string;
  /** What a run takes from the file or writes to it, where the role does not say it: `camera coefficients`. */
  readonly content?: string;
}

/** A plugin whose code was imported in a run. */
export interface ProvenancePlugin {
  readonly name: string;
  /** npm package. */
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  /** Folder of the package. */
  readonly location?: string | undefined;
}

/** Identifies a run. Output files store it, so that the provenance record of a file can be found. */
export interface ProvenanceActivity {
  /** `cherenkit-process`. */
  readonly name: string;
  /** A UUID. */
  readonly id: string;
  readonly startTime: Date;
  /** Version of cherenkit. */
  readonly softwareVersion: string;
}

/** The provenance of a run: its inputs, outputs, configuration and plugins. Components add the files that they open. */
export interface Provenance {
  /** Undefined where components are used outside of a program. */
  readonly activity?: ProvenanceActivity | undefined;
  /** All trait values of the run, including defaults, structured like a configuration file. */
  readonly configuration?: Json | undefined;
  /** What determines the output of the run, as JSON; undefined if that is unknown. Writers store it. */
  runRecord?: Json | undefined;
  readonly inputs: readonly ProvenanceFile[];
  readonly outputs: readonly ProvenanceFile[];
  /** Plugins whose code was imported. */
  readonly plugins?: readonly ProvenancePlugin[] | undefined;
  addInput(file: ProvenanceFile): void;
  addOutput(file: ProvenanceFile): void;
  addPlugin?(plugin: ProvenancePlugin): void;
}

/** The provenance of the run. */
export const PROVENANCE = serviceToken<Provenance>('cherenkit.Provenance');
