import { quoteName, quoteValue } from '../../component/quote-value.js';
import { INCLUDE_KEY, PLUGINS_KEY, type ConfigLayer } from './config-layer.js';
import { KeyedLayer } from './keyed-layer.js';
import { readLiteral } from './read-literal.js';
import { isTraitOption, readTraitKey } from './trait-key.js';

/** A command-line option that sets a trait. */
export interface TraitOption {
  /** The option as typed, for messages. */
  readonly source: string;
  /** Class and trait: `EventSource.max_events`. */
  readonly key: string;
  /** Literal or plain text; undefined if missing. */
  readonly value: string | undefined;
}

/** The arguments of a command, split into trait options and the rest. */
export interface SplitArguments {
  readonly rest: readonly string[];
  readonly options: readonly TraitOption[];
}

/**
 * Separates the options that set traits from the other arguments of a command: `--set Component.trait=value`, ctapipe's
 * `--Component.trait=value`, nested paths (`--ProcessorTool.ImageProcessor.trait=value`) and a separate value
 * (`--Component.trait value`).
 */
export function splitTraitOptions(args: readonly string[]): SplitArguments {
  const rest: string[] = [];
  const options: TraitOption[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const { key, value } = keyAndValue(arg.slice(2));
    if (arg === '--') {
      for (const other of args.slice(i)) rest.push(other);
      break;
    } else if (arg === '--set') {
      options.push(assignment(args[++i] ?? ''));
    } else if (arg.startsWith('--set=')) {
      options.push(assignment(arg.slice('--set='.length)));
    } else if (arg.startsWith('--') && isTraitOption(key)) {
      options.push(value === undefined ? { source: arg, key, value: args[++i] } : { source: arg, key, value });
    } else {
      rest.push(arg);
    }
  }
  return { rest, options };
}

function assignment(text: string): TraitOption {
  return { source: `--set ${text}`, ...keyAndValue(text) };
}

function keyAndValue(text: string): { readonly key: string; readonly value: string | undefined } {
  const equals = text.indexOf('=');
  return equals < 0 ? { key: text, value: undefined } : { key: text.slice(0, equals), value: text.slice(equals + 1) };
}

/** Makes a layer from assignments `Component.trait=value`, the arguments of `--set`. */
export function assignmentLayer(assignments: readonly string[]): ConfigLayer {
  return optionLayer(assignments.map(assignment));
}

/** Statement about an option that names no trait of a component. */
export function expectedOption(key: string): string {
  return `expected Component.trait=value, found ${quoteValue(key)}`;
}

/** Makes a layer from options. It overrides all files. Setting a trait twice is an error. */
export function optionLayer(options: readonly TraitOption[]): ConfigLayer {
  const layer = new KeyedLayer('command line');
  for (const { source, key, value } of options) {
    const at = { source };
    const found = readTraitKey(key);
    if (value === undefined) {
      layer.addError(at, 'expected Component.trait=value');
    } else if (!found || key === PLUGINS_KEY || key === INCLUDE_KEY) {
      layer.addError(at, expectedOption(key));
    } else {
      const node = readLiteral(value, at, (message) => layer.addError(at, message));
      if (!layer.add(found, at, node)) {
        layer.addError(at, `duplicate key ${quoteName(key)}; write a list as ${quoteName(key)}=[1, 2]`);
      }
    }
  }
  return { ...layer.finish(), overrides: true };
}
