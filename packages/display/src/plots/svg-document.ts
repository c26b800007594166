/**
 * The small part of a document that Observable Plot and d3-selection need to make SVG: elements, attributes, texts. It needs
 * no browser, so that plots are made in Node and in workers, and always give the same text.
 */
export class SvgDocument {
  readonly documentElement: SvgElement;
  /** The window of the document. */
  readonly defaultView = undefined;

  constructor() {
    this.documentElement = new SvgElement(this, 'html', 'http://www.w3.org/1999/xhtml');
  }

  createElementNS(namespace: string, name: string): SvgElement {
    return new SvgElement(this, name, namespace);
  }

  createElement(name: string): SvgElement {
    return new SvgElement(this, name, this.documentElement.namespaceURI);
  }

  createTextNode(text: string): SvgText {
    return new SvgText(this, text);
  }
}

/** A text in an element. */
class SvgText {
  readonly nodeType = 3;
  parentNode: SvgElement | null = null;

  constructor(
    readonly ownerDocument: SvgDocument,
    public textContent: string,
  ) {}

  toString(): string {
    return escaped(this.textContent);
  }
}

type SvgNode = SvgElement | SvgText;

/** An element with attributes and content. */
export class SvgElement {
  readonly nodeType = 1;
  parentNode: SvgElement | null = null;
  readonly childNodes: SvgNode[] = [];
  readonly #attributes = new Map<string, string>();
  readonly #styles = new Map<string, string>();
  readonly style = {
    setProperty: (name: string, value: string): void => void this.#styles.set(name, value),
    getPropertyValue: (name: string): string => this.#styles.get(name) ?? '',
    removeProperty: (name: string): void => void this.#styles.delete(name),
  };

  constructor(
    readonly ownerDocument: SvgDocument,
    readonly tagName: string,
    readonly namespaceURI: string,
  ) {}

  get firstChild(): SvgNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): SvgNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  get children(): readonly SvgElement[] {
    return this.childNodes.filter((node) => node instanceof SvgElement);
  }

  get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join('');
  }

  set textContent(text: string) {
    this.childNodes.length = 0;
    if (text !== '') this.appendChild(this.ownerDocument.createTextNode(text));
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  setAttributeNS(_namespace: string, name: string, value: unknown): void {
    this.setAttribute(name, value);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  appendChild<N extends SvgNode>(node: N): N {
    return this.insertBefore(node, null);
  }

  append(...nodes: (SvgNode | string)[]): void {
    for (const node of nodes)
      this.appendChild(typeof node === 'string' ? this.ownerDocument.createTextNode(node) : node);
  }

  insertBefore<N extends SvgNode>(node: N, next: SvgNode | null): N {
    node.parentNode?.removeChild(node);
    const at = next === null ? -1 : this.childNodes.indexOf(next);
    this.childNodes.splice(at < 0 ? this.childNodes.length : at, 0, node);
    node.parentNode = this;
    return node;
  }

  removeChild<N extends SvgNode>(node: N): N {
    const at = this.childNodes.indexOf(node);
    if (at >= 0) this.childNodes.splice(at, 1);
    node.parentNode = null;
    return node;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  addEventListener(): void {
    // Nothing happens to a picture.
  }

  toString(): string {
    const attributes = [...this.#attributes];
    if (this.#styles.size > 0) {
      attributes.push(['style', [...this.#styles].map(([name, value]) => `${name}:${value}`).join(';')]);
    }
    const head = [
      this.tagName,
      ...attributes.map(([name, value]) => `${name}="${escaped(GEOMETRY.has(name) ? rounded(value) : value)}"`),
    ].join(' ');
    const content = this.childNodes.join('');
    return content === '' ? `<${head}/>` : `<${head}>${content}</${this.tagName}>`;
  }
}

/** Attributes with coordinates. */
const GEOMETRY: ReadonlySet<string> = new Set(
  'x y x1 x2 y1 y2 dx dy cx cy r d width height transform points'.split(' '),
);

/** Numbers with two decimals. */
function rounded(value: string): string {
  return value.replaceAll(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100 + 0));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
