import { quoteName, quoteValue } from '../../component/quote-value.js';
import type { ConfigLayer } from './config-layer.js';
import { KeyedLayer } from './keyed-layer.js';
import { readLiteral } from './read-literal.js';
import { isTraitOption, readTraitKey } from './trait-key.js';

/** An option of a command that gives a trait its value. */
export interface TraitOption {
  /** As it was typed, or could have been. */
  readonly source: string;
  /** `EventSource.max_events` */
  readonly key: string;
  /** A literal, or a plain word; undefined where it was forgotten. */
  readonly value: string | undefined;
}

/** Arguments of a command without those that set traits, and these. */
export interface SplitArguments {
  readonly rest: readonly string[];
  readonly options: readonly TraitOption[];
}

/**
 * Takes `--set Component.trait=value` and ctapipe's `--Component.trait=value` out of the arguments of a command; nested
 * paths (`--ProcessorTool.ImageProcessor.trait=value`) and a value of its own (`--Component.trait value`) as well.
 */
export function takeTraitOptions(args: readonly string[]): SplitArguments {
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

/** The layer of values given as `Component.trait=value`, as `--set` takes them. */
export function assignmentLayer(assignments: readonly string[]): ConfigLayer {
  return optionLayer(assignments.map(assignment));
}

/** The layer that options make together, which wins over all files; a trait that two of them set is a problem of it. */
export function optionLayer(options: readonly TraitOption[]): ConfigLayer {
  const layer = new KeyedLayer('command line');
  for (const { source, key, value } of options) {
    const at = { source };
    const found = readTraitKey(key);
    if (value === undefined) {
      layer.complain(at, 'expected Component.trait=value');
    } else if (!found || found.classes.length === 0) {
      layer.complain(at, `expected Component.trait=value, found ${quoteValue(key)}`);
    } else if (!layer.add(found, at, readLiteral(value, at))) {
      layer.complain(at, `duplicate key ${quoteName(key)}; write a list as ${quoteName(key)}=[1, 2]`);
    }
  }
  return { ...layer.finish(), overrides: true };
}
