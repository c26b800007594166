/** A class, perhaps behind its plugin or package, in whose names dots go with small letters only: `@my.site/fits/PlaneFit`. */
const CLASS = /^(?:@?(?:[\w~-]+|[a-z0-9._~-]+)\/){0,2}[A-Z]\w*$/;
/** What the name of a class ends with, all of it or behind that of a plugin. */
const CLASS_END = /(?:^|\/)[A-Z]\w*$/;

/** Whether a key of a file is the name of a section: of a class, alone or behind its plugin. Others are names of traits. */
export function isSectionName(key: string): boolean {
  return CLASS_END.test(key);
}

/** The classes of `ProcessorTool.plane-fit/PlaneFit.min_telescopes`, and the trait. */
export interface TraitKey {
  readonly classes: readonly string[];
  readonly trait: string;
}

/** Reads `Component.trait`, with more components before it or none; undefined for what is nothing like that. */
export function readTraitKey(key: string): TraitKey | undefined {
  const { classes, rest } = split(key);
  const [trait = '', ...others] = rest;
  const isKey = others.length === 0 && /^[a-z]\w*$/.test(trait) && classes.every((name) => CLASS.test(name));
  return isKey ? { classes, trait } : undefined;
}

/** Whether an option sets a trait, or should: its name begins with a class, which no other option's does. */
export function isTraitOption(key: string): boolean {
  const [first] = split(key).classes;
  return first !== undefined && CLASS.test(first) && /^[\w@/.~-]+$/.test(key);
}

/** The parts of a key up to the last that is a class, and the others. Names of packages have dots, too. */
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
