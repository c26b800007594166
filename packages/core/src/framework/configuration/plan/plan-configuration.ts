import type { Json } from '../../component/trait-declaration.js';
import type { PlannedComponent } from './component-plan.js';

/**
 * The configuration that a plan amounts to, defaults included: sections within sections, as a file has them. Read again it
 * gives the same plan.
 *
 * @param added - components below the root that are planned on their own: the event source
 */
export function configurationOf(plan: PlannedComponent, added: readonly PlannedComponent[] = []): Json {
  const below = [...added, ...plan.children.values()].map((child): [string, Json] => [
    child.id,
    configurationOf(child),
  ]);
  const values = [...plan.settings].flatMap(([trait, { value }]): [string, Json][] =>
    value === undefined ? [] : [[trait, value]],
  );
  return Object.fromEntries([...values, ...below]);
}
