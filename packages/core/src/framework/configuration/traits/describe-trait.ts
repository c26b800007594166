import type { TraitDeclaration } from '../../component/trait-declaration.js';
import { speltValue } from './trait-value.js';

/** The default as a configuration would give it: `10`, `["SUBARRAY"]`; `none` where there is none. */
export function describeDefault(declaration: TraitDeclaration): string {
  const { default: value } = declaration;
  return value === undefined ? 'none' : JSON.stringify(speltValue(declaration, value, (name) => name));
}

/** What values a trait takes, in words: `number in pe, at least 0; per telescope`. */
export function describeTrait(declaration: TraitDeclaration): string {
  const { perTelescope, optional } = declaration;
  return `${describeValue(declaration)}${optional ? ', or null' : ''}${perTelescope ? '; per telescope' : ''}`;
}

function describeValue(declaration: TraitDeclaration): string {
  const unit = declaration.unit === undefined ? '' : ` in ${declaration.unit}`;
  switch (declaration.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'number':
      return `${declaration.type}${unit}${rangeText(declaration)}`;
    case 'integers':
      return `list of integers${rangeText(declaration)}, or "1,2,5-9"`;
    case 'choice':
      return declaration.choices.join(' or ');
    case 'component':
      return `name of a component of kind ${declaration.kind}`;
    case 'list':
      return `list of (${describeTrait(declaration.items)})${unit}`;
    case 'tuple':
      return `[${declaration.items.map(describeTrait).join(', ')}]${unit}`;
    case 'dictionary':
      return 'mapping';
    default:
      return declaration.type;
  }
}

function rangeText({ minimum, maximum }: { minimum?: number; maximum?: number }): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return maximum === undefined ? '' : `, at most ${maximum}`;
}
