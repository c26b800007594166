import type { Json } from './trait-declaration.js';

/** A command-line flag that sets a trait of a component of the tool. */
export interface FlagDeclaration {
  /** Class and trait, spelled as in configuration files: `EventSource.max_events`. */
  readonly trait: string;
  /** One-letter form: `m` for `-m`. */
  readonly letter?: string;
  /** Value set by a flag without argument: `--camera-frame` sets `use_telescope_frame` to false. */
  readonly value?: Json;
  /** Default of the trait for this tool. Files and options override it. */
  readonly default?: Json;
  readonly required?: true;
  /** Heading of the flag in the help of the command. */
  readonly group?: string;
  /** Default: the help of the trait. */
  readonly help?: string;
}

/** Flags by name, without the dashes. */
export type FlagDeclarations = { readonly [name: string]: FlagDeclaration };

/** The command of a tool, as plain data. It is part of the manifest, so help and parsing import no plugin. */
export interface CommandDeclaration {
  /** One word, or two such as `model show`. Default: the class name in kebab case without `Tool`. */
  readonly name?: string;
  /** Long description, printed after the help of the class. */
  readonly description?: string;
  /** Example arguments, without the program name: `process -i gamma.simtel.zst -o gamma.dl2.h5`. */
  readonly examples?: readonly string[];
  /**
   * Trait whose value are the arguments without flag: a list, such as `MergeTool.input_files`, or a trait of one value, such as
   * `EventSource.input_url`, for a single argument.
   */
  readonly positional?: { readonly trait: string; readonly name: string; readonly help?: string };
  /** Whether the tool can use several threads: the command has the flag `--threads`. */
  readonly usesThreads?: true;
  /**
   * Whether the tool processes events one after the other, so that a run may process a range of them: the command has the flags
   * `--events`, `--shard` and `--if-needed`.
   */
  readonly processesRanges?: true;
  /**
   * Whether the tool serves a page that reads the input, until it is stopped: the input is not opened for the tool, whose `children`
   * are the components that the page has, and nothing is written.
   */
  readonly servesPage?: true;
  /** Trait of the tool, or of one of its children, with the input of the event source, used if `EventSource.input_url` is not set. */
  readonly input?: string;
  /** Flags for traits of other components. The traits of the tool itself are flags anyway. */
  readonly flags?: FlagDeclarations;
}
