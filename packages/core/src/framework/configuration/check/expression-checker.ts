import { checkExpression, type Scope } from '@cherenkit/expression';
import type { ExpressionDeclaration } from '../../component/traits/plain-traits.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';

/** What an expression may use. */
export type ExpressionNames = Pick<ExpressionDeclaration, 'names' | 'classes' | 'isCondition'>;

/** Example values of a class that expressions use, for the static check. */
export interface ClassExamples {
  /** Returns example values: of several, each stands for a form that a value may have. */
  readonly create: () => readonly unknown[];
  /** Kind of the components whose results are such values. Those of other plugins may have further attributes. */
  readonly madeBy?: string;
}

/** Example values by the name of their class. Values of other classes are not checked. */
export type ExpressionExamples = ReadonlyMap<string, ClassExamples>;

/** Finds mistakes in expressions: of the syntax, in names, attributes and units. */
export class ExpressionChecker {
  private readonly created = new Map<string, readonly unknown[]>();

  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly examples: ExpressionExamples,
  ) {}

  /** Describes the mistake in an expression; undefined for a valid one. */
  mistakeIn(text: string, { names, classes = {}, isCondition }: ExpressionNames): string | undefined {
    return checkExpression(text, { names, isCondition, examples: this.scopesFor(classes) })?.message;
  }

  /** Returns a scope for each combination of example values; without values for the names of unknown classes. */
  private scopesFor(classes: Readonly<Record<string, string>>): readonly Scope[] {
    let scopes: readonly ReadonlyMap<string, unknown>[] = [];
    for (const [name, className] of Object.entries(classes)) {
      const values = this.valuesOf(className);
      if (values.length === 0) continue;
      const others = scopes.length > 0 ? scopes : [new Map<string, unknown>()];
      scopes = others.flatMap((scope) => values.map((value) => new Map(scope).set(name, value)));
    }
    return scopes;
  }

  private valuesOf(className: string): readonly unknown[] {
    let values = this.created.get(className);
    if (!values) {
      const { create, madeBy } = this.examples.get(className) ?? {};
      values = create && !this.isExtensible(madeBy) ? create() : [];
      this.created.set(className, values);
    }
    return values;
  }

  private isExtensible(kind: string | undefined): boolean {
    if (kind === undefined) return false;
    return new Set(this.catalog.idsOfKind(kind).map((id) => this.catalog.find(id)?.plugin)).size > 1;
  }
}
