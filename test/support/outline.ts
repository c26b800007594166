import { jsonOf } from '@cherenkit/core/internal';
import type { ConfigLayer, ConfigNode, Json } from '@cherenkit/core';

/** The content of a layer as plain data: `[value, position of the key, position of the value]` for each trait. */
export function outline({ content }: ConfigLayer): { readonly [key: string]: Json } {
  return content ? sections(content) : {};
}

function sections(node: ConfigNode): { readonly [key: string]: Json } {
  if (node.type !== 'mapping') return {};
  return Object.fromEntries(
    node.entries.map(({ key, keyAt, value }) => [
      key,
      /^[A-Z]/.test(key)
        ? sections(value)
        : [jsonOf(value), `${keyAt.line}:${keyAt.column}`, `${value.at.line}:${value.at.column}`],
    ]),
  );
}

/** The node of a layer at this path of keys. */
export function nodeAt({ content }: ConfigLayer, ...keys: readonly string[]): ConfigNode | undefined {
  let node: ConfigNode | undefined = content;
  for (const step of keys) {
    node = node?.type === 'mapping' ? node.entries.find(({ key }) => key === step)?.value : undefined;
  }
  return node;
}
