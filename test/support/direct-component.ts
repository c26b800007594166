import {
  EVENT_FAILURES,
  EventFailures,
  GlobPattern,
  SILENT_LOGGER,
  TelescopeValues,
  type Component,
  type ComponentClass,
  type ComponentContext,
  type ComponentKind,
  type SubarrayDescription,
  type TelescopeRule,
} from '@cherenkit/core';

/** Values of traits by class and by the name in code; for a trait per telescope the one for all. */
export type DirectValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A component made without configuration files and plugins: with the defaults of its traits but for some values, and its
 * children and services out of the given ones.
 *
 * @param subarray - undefined for an event source and its children, which are made before the array is known: values per
 *   telescope hold for whatever telescopes come then
 */
export function makeDirectly<C extends Component>(
  component: ComponentClass<C>,
  subarray: SubarrayDescription | undefined,
  values: DirectValues = {},
  others: readonly ComponentClass[] = [],
  services: ReadonlyMap<symbol, unknown> = new Map(),
): C {
  const given = values[component.name] ?? {};
  const telIds = subarray?.telIds ?? [];
  const traits = Object.entries(component.traits).map(([name, { declaration }]) => {
    const value = name in given ? given[name] : (declaration.default ?? undefined);
    const isRules = declaration.perTelescope === true && !(name in given) && Array.isArray(value);
    const perTelescope = () =>
      subarray
        ? new TelescopeValues(
            new Map(telIds.map((telId) => [telId, isRules ? ofRules(value, subarray.typeOf(telId)) : value])),
          )
        : new ValueForAny(value);
    return [name, declaration.perTelescope ? perTelescope() : value];
  });
  const context: ComponentContext = {
    path: component.name,
    traits: Object.fromEntries(traits) as object,
    get subarray(): SubarrayDescription {
      if (subarray === undefined) throw new Error('the test gives no array');
      return subarray;
    },
    telIds,
    logger: SILENT_LOGGER,
    create: <K extends Component>(kind: ComponentKind<K>, name: string): K => {
      const found = others.find((other) => other.name === name && other.kind === kind.kind);
      if (found === undefined) throw new Error(`the test gives no ${kind.kind} called ${name}`);
      return makeDirectly(found as ComponentClass<K>, subarray, values, others, services);
    },
    service: <T>(token: symbol): T => {
      if (token === EVENT_FAILURES && !services.has(token)) return new EventFailures(true) as T;
      if (!services.has(token)) throw new Error(`the test gives no service ${String(token)}`);
      return services.get(token) as T;
    },
  };
  return new component(context);
}

/** Has one value for whatever telescope is asked for. */
class ValueForAny<V> extends TelescopeValues<V> {
  constructor(private readonly value: V) {
    super(new Map());
  }

  override for(): V {
    return this.value;
  }

  override map<W>(convert: (value: V) => W): TelescopeValues<W> {
    return new ValueForAny(convert(this.value));
  }
}

/** What default rules give telescopes of a type; defaults name no telescopes by id. */
function ofRules(rules: unknown, type: string): unknown {
  return (rules as readonly TelescopeRule[]).findLast(
    ([command, glob]) => command === 'type' && new GlobPattern(glob).test(type),
  )?.[2];
}
