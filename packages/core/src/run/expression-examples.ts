import { ArrayEvent, type ContainerClass } from '../event/index.js';
import type { ClassExamples, ExpressionExamples } from '../framework/configuration/check/expression-checker.js';

/** Containers that components of plugins may extend by further fields, and the kinds of these components. */
const EXTENSIBLE: ReadonlyMap<string, string> = new Map([['ImageParametersContainer', 'ImageParametrizer']]);

/** Values of the classes that quality criteria use: all containers within an event, images and masks. */
export function expressionExamples(): ExpressionExamples {
  const containers = [...containerClasses()].map(([name, container]): [string, ClassExamples] => {
    const madeBy = EXTENSIBLE.get(name);
    return [name, { create: () => exampleContainers(container), ...(madeBy !== undefined && { madeBy }) }];
  });
  return new Map<string, ClassExamples>([
    ...containers,
    ['Float32Array', { create: () => [Float32Array.of(1, 2, 3)] }],
    ['Uint8Array', { create: () => [Uint8Array.of(1, 1, 0)] }],
  ]);
}

/** Returns all container classes within an event by name, including the alternatives of fields. */
function containerClasses(): ReadonlyMap<string, ContainerClass> {
  const classes = new Map<string, ContainerClass>();
  const visit = (container: ContainerClass): void => {
    if (classes.has(container.name)) return;
    classes.set(container.name, container);
    for (const { container: declared, alternatives = [] } of Object.values(container.fields)) {
      for (const each of declared ? [declared, ...alternatives] : alternatives) visit(each);
    }
  };
  visit(ArrayEvent);
  return classes;
}

/** Returns a container with default values, and one whose nested containers are of the alternative classes, if there are any. */
function exampleContainers(container: ContainerClass): readonly object[] {
  const others = Object.entries(container.fields).flatMap(([name, { alternatives = [] }]) =>
    alternatives.slice(0, 1).map((other) => [name, new other()] as const),
  );
  return others.length > 0 ? [new container(), new container(Object.fromEntries(others))] : [new container()];
}
