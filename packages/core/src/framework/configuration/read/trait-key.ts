/** A class name, optionally qualified with its plugin or package, whose name has dots only if it is lower case: `@my.site/fits/PlaneFit`. */
const CLASS = /^(?:@?(?:[\w~-]+|[a-z0-9._~-]+)\/){0,2}[A-Z]\w*$/;
/** The end of a key that is a class name, qualified or not. */
const CLASS_END = /(?:^|\/)[A-Z]\w*$/;

/** Whether a key of a file names a section, that is a class, qualified or not. Other keys are trait names. */
export function isSectionName(key: string): boolean {
  return CLASS_END.test(key);
}

/** The parts of a key such as `ProcessorTool.plane-fit/PlaneFit.min_telescopes`. */
export interface TraitKey {
  readonly classes: readonly string[];
  readonly trait: string;
}

/** Parses a key: `Component.trait`, a longer path of components, or a trait alone; undefined for anything else. */
export function readTraitKey(key: string): TraitKey | undefined {
  const { classes, rest } = split(key);
  const [trait = '', ...others] = rest;
  const isKey = others.length === 0 && /^[a-z]\w*$/.test(trait) && classes.every((name) => CLASS.test(name));
  return isKey ? { classes, trait } : undefined;
}

/** Whether an option sets a trait, possibly with a mistake: only such options begin with a class name. */
export function isTraitOption(key: string): boolean {
  const [first] = split(key).classes;
  return first !== undefined && CLASS.test(first) && /^[\w@/.~-]+$/.test(key);
}

/** Splits a key into its classes and the rest. Names of packages may contain dots. */
function split(key: string): { readonly classes: readonly string[]; readonly rest: readonly string[] } {
  const parts = key.split('.');
  const last = parts.pop() ?? '';
  const classes: string[] = [];
  let collected: string[] = [];
  for (const part of parts) {
    collected.push(part);
    if (!CLASS_END.test(part)) continue;
    classes.push(collected.join('.'));
    collected = [];
  }
  return { classes, rest: [...collected, last] };
}
