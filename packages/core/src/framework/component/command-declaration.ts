import type { Json } from './trait-declaration.js';

/** A flag of a command that sets a trait of a component below its tool. */
export interface FlagDeclaration {
  /** The class and the trait by its name in files: `EventSource.max_events`. */
  readonly trait: string;
  /** The short form, `m` for `-m`. */
  readonly letter?: string;
  /** The value that a flag without argument sets: `--camera-frame` sets `use_telescope_frame` to false. */
  readonly value?: Json;
  /** The value of the trait for this tool, where neither a file nor an option gives another. */
  readonly default?: Json;
  /** Whether the flag has to be given. */
  readonly required?: true;
  /** Heading in the help of the command. */
  readonly group?: string;
  /** By default the help of the trait. */
  readonly help?: string;
}

/** Flags by their names without the dashes. */
export type FlagDeclarations = { readonly [name: string]: FlagDeclaration };

/** The command that a tool becomes, as plain data: it is in the manifest, so that help and parsing import no plugin. */
export interface CommandDeclaration {
  /** By default the name of the class in kebab case without `Tool`. */
  readonly name?: string;
  /** What there is to say beyond the help of the class. */
  readonly description?: string;
  /** Command lines after the name of the program: `process -i gamma.simtel.zst -o gamma.dl2.h5`. */
  readonly examples?: readonly string[];
  /** Short flags for traits of components below the tool; each trait of its own is a flag without mention. */
  readonly flags?: FlagDeclarations;
}
