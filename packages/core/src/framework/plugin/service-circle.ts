import { CherenkitError, ExitCode } from '@cherenkit/errors';

/** The services of a plugin, as in its manifest: the needs of each, by name. */
interface ServiceProvider {
  readonly name: string;
  readonly services?: { readonly [service: string]: readonly string[] };
}

/** Services of plugins that need each other, so that none can be created first. */
export interface ServiceCircle {
  /** `one.First -> two.Second -> one.First` */
  readonly path: string;
  /** Names of the plugins that provide them. */
  readonly plugins: readonly string[];
}

/** Finds services that need each other, of one plugin or of several. */
export function serviceCircle(providers: readonly ServiceProvider[]): ServiceCircle | undefined {
  const needs = new Map<string, readonly string[]>();
  const owners = new Map<string, string>();
  for (const { name, services = {} } of providers) {
    for (const [service, needed] of Object.entries(services)) {
      needs.set(service, needed);
      owners.set(service, name);
    }
  }
  const done = new Set<string>();
  const visit = (service: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(service)) return path.slice(path.indexOf(service));
    if (done.has(service)) return undefined;
    for (const needed of needs.get(service) ?? []) {
      const circle = visit(needed, [...path, service]);
      if (circle) return circle;
    }
    done.add(service);
    return undefined;
  };
  for (const service of needs.keys()) {
    const circle = visit(service, []);
    if (!circle) continue;
    const plugins = new Set(circle.flatMap((each) => owners.get(each) ?? []));
    return { path: [...circle, circle[0]].join(' -> '), plugins: [...plugins] };
  }
  return undefined;
}

/** `services of plugins one and two need each other, so that none can be created first: one.First -> two.Second -> one.First` */
export function describeCircle({ path, plugins }: ServiceCircle): string {
  const owners = `plugin${plugins.length > 1 ? 's' : ''} ${plugins.join(' and ')}`;
  return `services of ${owners} need each other, so that none can be created first: ${path}`;
}

/**
 * Checks the services of the plugins of a run.
 *
 * @throws CherenkitError SERVICE_CIRCULAR
 */
export function checkServices(providers: readonly ServiceProvider[]): void {
  const circle = serviceCircle(providers);
  if (!circle) return;
  const remedy = circle.plugins.length > 1 ? 'use only one of these plugins' : 'report it to the authors of the plugin';
  throw new CherenkitError('SERVICE_CIRCULAR', ExitCode.USAGE, `The ${describeCircle(circle)}; ${remedy}.`);
}
