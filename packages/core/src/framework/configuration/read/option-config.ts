import type { ConfigLayer } from './config-layer.js';
import { mergeSections, EMPTY_SECTION, type ConfigSection } from './config-section.js';
import type { Problem } from '../problem.js';
import { readLiteral } from './python-literal.js';

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

/** A class, perhaps behind its plugin or package, in whose names dots go with small letters only: `@my.site/fits/PlaneFit`. */
const CLASS = String.raw`(?:@?(?:[\w~-]+|[a-z0-9._~-]+)\/){0,2}[A-Z]\w*`;
const TRAIT_OPTION = new RegExp(String.raw`^--(?<key>${CLASS}(?:\.${CLASS})*(?:\.\w+)+)(?:=(?<value>[^]*))?$`);
const TRAIT_KEY = new RegExp(String.raw`^(?<classes>(?:${CLASS}\.)*)(?<trait>[a-z]\w*)$`);

/** The classes of `ProcessorTool.plane-fit/PlaneFit.min_telescopes`, and the trait; undefined for what is nothing like that. */
export function readTraitKey(key: string): { readonly classes: readonly string[]; readonly trait: string } | undefined {
  const { classes = '', trait } = TRAIT_KEY.exec(key)?.groups ?? {};
  if (trait === undefined) return undefined;
  return { classes: classes.match(new RegExp(CLASS, 'g')) ?? [], trait };
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
    const { key, value } = TRAIT_OPTION.exec(arg)?.groups ?? {};
    if (arg === '--') {
      rest.push(...args.slice(i));
      break;
    } else if (arg === '--set') {
      options.push(assignment(args[++i] ?? ''));
    } else if (arg.startsWith('--set=')) {
      options.push(assignment(arg.slice('--set='.length)));
    } else if (key !== undefined) {
      options.push(value === undefined ? { source: `--${key}`, key, value: args[++i] } : { source: arg, key, value });
    } else {
      rest.push(arg);
    }
  }
  return { rest, options };
}

/** The layer of values given as `Component.trait=value`, as `--set` takes them. */
export function assignmentLayer(assignments: readonly string[]): ConfigLayer {
  return optionLayer(assignments.map(assignment));
}

function assignment(text: string): TraitOption {
  const [key = '', ...value] = text.split('=');
  return { source: `--set ${text}`, key, value: value.length > 0 ? value.join('=') : undefined };
}

/** The layer that options make together, which wins over all files; a trait that two of them set is a problem of it. */
export function optionLayer(options: readonly TraitOption[]): ConfigLayer {
  const problems: Problem[] = [];
  const given = new Set<string>();
  let section = EMPTY_SECTION;
  for (const { source, key, value } of options) {
    const at = { source };
    const { classes = [], trait = '' } = readTraitKey(key) ?? {};
    if (value === undefined) {
      problems.push({ severity: 'error', at, message: 'expected Component.trait=value' });
    } else if (classes.length === 0) {
      problems.push({ severity: 'error', at, message: `expected Component.trait=value, found ${JSON.stringify(key)}` });
    } else if (given.has(key)) {
      problems.push({ severity: 'error', at, message: `${key} is given twice; write a list as ${key}=[1, 2]` });
    } else {
      given.add(key);
      const innermost: ConfigSection = {
        keyAt: at,
        values: new Map([[trait, { keyAt: at, node: readLiteral(value, at) }]]),
        sections: new Map(),
      };
      section = mergeSections(section, classes.reduceRight(below, innermost));
    }
  }
  return { name: 'command line', section, problems, overrides: true };
}

/** The section that holds `inner` under the name of a class. */
function below(inner: ConfigSection, name: string): ConfigSection {
  return { keyAt: inner.keyAt, values: new Map(), sections: new Map([[name, inner]]) };
}
