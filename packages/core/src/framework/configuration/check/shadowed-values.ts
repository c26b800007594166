import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import type { PlannedComponent } from '../plan/component-plan.js';
import type { ConfigLayer } from '../read/config-layer.js';
import { renameSections, sectionOf, type ConfigSection } from '../read/config-section.js';
import { formatPosition, type Problem } from '../problem.js';

/**
 * Warnings of values that look as if they won and do not: those of a file, where an earlier file speaks of the same trait
 * in a section that is more special, a nested one say. The rule is ctapipe's, and easily overlooked.
 *
 * @param above - ids of the classes around the plan, the outermost first
 */
export function shadowedValues(
  plan: PlannedComponent,
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
  above: readonly string[] = [],
): Problem[] {
  const files = layers
    .filter(({ overrides }) => !overrides)
    .map(({ section }) => renameSections(section, (name) => catalog.idOf(name) ?? name));
  if (files.length < 2) return [];
  const problems: Problem[] = [];
  const reached = (id: string, around: readonly (ConfigSection | undefined)[]): ConfigSection[] =>
    files.map((file, index) => sectionOf(catalog.lineage(id), file, around[index]));

  const check = (planned: PlannedComponent, around: readonly (ConfigSection | undefined)[]): void => {
    const sections = reached(planned.id, around);
    for (const [trait, { source }] of planned.settings) {
      const winner = sections.findIndex(({ values }) => source && values.get(trait)?.node === source.node);
      for (const later of winner < 0 ? [] : sections.slice(winner + 1)) {
        const value = later.values.get(trait);
        if (!value || !source) continue;
        const message = `${planned.path}.${trait}: this value has no effect, ${formatPosition(source.keyAt)} gives one in a more special section`;
        problems.push({ severity: 'warning', at: value.keyAt, message });
      }
    }
    for (const child of planned.children.values()) check(child, sections);
  };
  let around: readonly (ConfigSection | undefined)[] = [];
  for (const id of above) around = reached(id, around);
  check(plan, around);
  return problems;
}
