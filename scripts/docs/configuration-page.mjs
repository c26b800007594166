// docs/configuration.md: all components and traits, from the manifests of the built-in plugins.
import { ComponentCatalog, describeTrait } from '@cherenkit/core/internal';
import { manifestsBelow } from '../manifests-below.mjs';
import { markdownTable } from './markdown-table.mjs';

const INTRODUCTION = `# Configuration: every component and its traits

This page is generated. \`cherenkit components NAME\` prints the same for all installed components, including those of plugins.

A configuration file has one section per component, at the top level or nested in the section of the component that creates it:

\`\`\`yaml
ImageProcessor:
  image_cleaner_type: MARSImageCleaner
  TailcutsImageCleaner: # a base class: applies to its subclasses
    picture_threshold_pe:
      - [type, '*', 10] # telescopes whose type matches
      - [id, 7, 12] # one telescope; the last rule that matches wins
\`\`\`

On the command line, for all telescopes: \`--MARSImageCleaner.picture_threshold_pe=10\` or \`--set MARSImageCleaner.picture_threshold_pe=10\`.
Traits marked "per telescope" accept a list of such rules, or one value for all telescopes.
`;

export function configurationPage(root) {
  const catalog = new ComponentCatalog(manifestsBelow(root));
  const kinds = [...new Set(catalog.ids.map((id) => catalog.find(id).entry.kind))].sort();
  const sections = kinds.map((kind) => {
    const ids = catalog.ids.filter((id) => catalog.find(id).entry.kind === kind).sort(basesFirst(catalog));
    return `## ${kind}\n\n${ids.map((id) => component(catalog, id)).join('\n\n')}`;
  });
  const contents = kinds.map((kind) => `[${kind}](#${kind.toLowerCase()})`).join(', ');
  return `${INTRODUCTION}\nComponent kinds: ${contents}.\n\n${sections.join('\n\n')}\n`;
}

function basesFirst(catalog) {
  return (a, b) => catalog.lineage(a).length - catalog.lineage(b).length || (a < b ? -1 : 1);
}

function component(catalog, id) {
  const { entry, plugin } = catalog.find(id);
  const children = catalog.children(id);
  const isBase = entry.abstract === true;
  const facts = [
    isBase ? 'A base class: its section holds for all its subclasses.' : `From plugin \`${plugin}\`.`,
    ...(entry.extends && entry.extends !== id ? [`Extends \`${entry.extends}\`.`] : []),
    ...(children.length > 0 ? [`Creates ${children.map((child) => `\`${child}\``).join(', ')}.`] : []),
  ];
  const heading = `### ${id}\n\n${[entry.help, facts.join(' ')].filter(Boolean).join('\n\n')}`;
  const rows = catalog.lineage(id).flatMap((owner) =>
    Object.entries(catalog.find(owner)?.entry.traits ?? {})
      .filter(([name]) => catalog.traits(id).get(name) === catalog.find(owner).entry.traits[name])
      .map(([name, declaration]) => traitRow(name, declaration, owner === id ? '' : owner)),
  );
  if (rows.length === 0) return `${heading}\n\nNo traits.`;
  return `${heading}\n\n${markdownTable(['key', 'type', 'default', 'unit', 'description', 'inherited from'], rows)}`;
}

function traitRow(name, declaration, owner) {
  const { help = '', unit = '', default: value } = declaration;
  // The unit has a column of its own; that of a quantity is part of its type.
  const type = describeTrait(declaration.type === 'quantity' ? declaration : { ...declaration, unit: undefined });
  const shown = value === undefined ? (declaration.optional ? 'none' : 'required') : `\`${JSON.stringify(value)}\``;
  return [`\`${name}\``, type, shown, unit, help, owner && `\`${owner}\``];
}
