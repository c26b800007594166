import { describeDefault, describeTrait, type ComponentCatalog } from '@cherenkit/core/internal';
import { CherenkitError, didYouMean, ExitCode, type PluginRegistry, type TraitDeclaration } from '@cherenkit/core';

/** Description of a component, from its manifest. */
export interface ComponentReport {
  /** Key in configurations: the class name, preceded by the plugin's name if several plugins have such a class. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly plugin: string;
  readonly help: string;
  /** Base classes, nearest first. */
  readonly bases: readonly string[];
  /** Components that it always creates, whatever its traits. */
  readonly children: readonly string[];
  /** Traits, including inherited ones, by their names in files. */
  readonly traits: Readonly<Record<string, TraitDeclaration>>;
}

/** Arguments of `cherenkit components`. */
export interface ComponentChoice {
  /** A kind or, if `name` is omitted, a kind or a component. */
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * Describes all components, the components of a kind, or a single component.
 *
 * @throws CherenkitError COMPONENT_UNKNOWN
 */
export function componentReports(
  { catalog, failureHint }: PluginRegistry,
  { kind, name }: ComponentChoice,
): ComponentReport[] {
  const kinds = [...new Set(catalog.ids.map((id) => catalog.find(id)?.entry.kind ?? ''))].sort();
  if (kind === undefined) return kinds.flatMap((each) => ofKind(catalog, each));
  if (name === undefined && kinds.includes(kind)) return ofKind(catalog, kind);
  const [wanted, among] = [name ?? kind, name === undefined ? catalog.ids : ofKind(catalog, kind).map(({ id }) => id)];
  const found = [catalog.idOf(wanted) ?? [], catalog.ambiguous(wanted)].flat().filter((id) => among.includes(id));
  if (found.length > 0) return found.map((id) => reportOf(catalog, id));
  const [what, known] =
    name === undefined ? ['kind or component', [...kinds, ...among]] : [`component of kind ${kind}`, among];
  const message = `There is no ${what} ${wanted}${didYouMean(wanted, known)}${failureHint(wanted)}`;
  throw new CherenkitError('COMPONENT_UNKNOWN', ExitCode.USAGE, message);
}

function ofKind(catalog: ComponentCatalog, kind: string): ComponentReport[] {
  return [...catalog.idsOfKind(kind)].sort().map((id) => reportOf(catalog, id));
}

function reportOf(catalog: ComponentCatalog, id: string): ComponentReport {
  const { className = id, plugin = '', entry } = catalog.find(id) ?? {};
  return {
    id,
    name: className,
    kind: entry?.kind ?? '',
    plugin,
    help: entry?.help ?? '',
    bases: catalog.lineage(id).slice(0, -1).reverse(),
    children: catalog.children(id),
    traits: Object.fromEntries(catalog.traits(id)),
  };
}

/** Formats reports as text: the traits if a component is named, otherwise a list of components by kind. */
export function describeReports(reports: readonly ComponentReport[], { kind, name }: ComponentChoice): string {
  const isOne =
    name !== undefined ||
    reports.length === 1 ||
    !reports.every((report) => kind === undefined || report.kind === kind);
  return isOne ? reports.map(describeComponent).join('\n\n') : describeComponents(reports);
}

/** Lists components by kind, one per line. */
function describeComponents(reports: readonly ComponentReport[]): string {
  const kinds = [...new Set(reports.map(({ kind }) => kind))];
  const width = Math.max(...reports.map(({ id }) => id.length));
  return kinds
    .map((kind) => {
      const own = reports.filter((report) => report.kind === kind);
      return [kind, ...own.map(({ id, help }) => `  ${id.padEnd(width)}  ${help}`.trimEnd())].join('\n');
    })
    .join('\n\n');
}

/** Formats a component with all its traits: type, unit, default and help. */
function describeComponent({ id, kind, plugin, help, bases, children, traits }: ComponentReport): string {
  const title = `${id} (${kind}, plugin ${plugin})`;
  const above = bases.length > 0 ? [`  inherits values from sections of ${bases.join(', ')}`] : [];
  const below = children.length > 0 ? [`  creates ${children.join(', ')}`] : [];
  const lines = Object.entries(traits).flatMap(([name, declaration]) => [
    '',
    `  ${name}: ${describeTrait(declaration)} [${defaultText(declaration)}]`,
    ...(declaration.help === undefined ? [] : [`      ${declaration.help}`]),
  ]);
  return [title, ...(help === '' ? [] : [`  ${help}`]), ...above, ...below, ...lines].join('\n');
}

function defaultText(declaration: TraitDeclaration): string {
  return declaration.default === undefined ? 'required' : `default: ${describeDefault(declaration)}`;
}
