/** Properties and listeners of an element. Names that begin with `aria-` or `data-`, and `role`, are attributes. */
export type ElementOptions<Name extends keyof HTMLElementTagNameMap> = Readonly<
  Partial<Omit<HTMLElementTagNameMap[Name], 'style'>> & {
    readonly role?: string;
    readonly [attribute: `aria-${string}`]: string | undefined;
    readonly [attribute: `data-${string}`]: string | undefined;
  }
>;

/** Makes an element with children. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  options: ElementOptions<Name> = {} as ElementOptions<Name>,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (key === 'role' || key === 'for' || /^(aria|data)-/.test(key)) element.setAttribute(key, String(value));
    else (element as unknown as Record<string, unknown>)[key] = value;
  }
  element.append(...children);
  return element;
}

/** The element of the page with an id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element ${id}.`);
  return found as T;
}
