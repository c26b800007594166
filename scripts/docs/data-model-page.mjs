// docs/data-model.md: the containers of an event, from their tables of fields, and every table and column of a file, from the
// specifications of the data model.
import * as core from '@cherenkit/core';
import { markdownTable } from './markdown-table.mjs';

const { dataModel, memoryUnitOf } = core;

/** What a condition for writing means to a user. */
const CONDITIONS = {
  writeR0Waveforms: 'with `write_r0_waveforms`',
  writeR1Waveforms: 'with `write_r1_waveforms`',
  writeDl1Images: 'with `write_dl1_images`',
  writeDl1Parameters: 'with `write_dl1_parameters`',
  writeMuonParameters: 'with `write_muon_parameters`',
  writeDl2: 'with `write_dl2`',
  simulation: 'for simulated events',
  ctapipe: 'by ctapipe only',
};

const MERGES = {
  append: 'appends the rows',
  equal: 'demands equal tables and keeps one',
  observation: 'keeps the rows of each observation block once',
  sum: 'adds up the counts of rows with equal ids',
  distinct: 'keeps each different row once',
};

export function dataModelPage() {
  return `# Data model

This page is made from the code. Names, units and types are those of ctapipe 0.32 (data model ${dataModel.DATA_MODEL_VERSION}); in memory names are in
camelCase (\`core_tilted_x\` is \`coreTiltedX\`), angles in radians, lengths in metres, times in nanoseconds, energies in TeV. Conversion
happens in the table reader and writer, nowhere else.

A missing float is NaN, a missing integer its sentinel (-1 unless said otherwise), a level that was not computed \`undefined\`. A field
that is **required** is finite wherever \`is_valid\` beside it is true; the others are NaN where nothing estimates them.

## Containers

${containers()}

## Tables

In paths, \`{telescope}\` stands for \`tel_001\` and so on, \`{camera}\` for the number of a camera type, \`{algorithm}\` for the name of a
reconstructor, \`{query}\` for the name of a component with quality criteria, \`{quantity}\` for what was averaged. Tables below
\`/cherenkit\` are Cherenkit's own, all others belong to ctapipe's data model. Options such as \`write_dl2\` are those of the data writer.
A dimension whose name ends with \`?\` may be missing. A table without rows is not in the file.

${dataModel.DATA_MODEL.map(tableSection).join('\n\n')}
`;
}

function containers() {
  return Object.entries(core)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof core.Container)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { fields, prefix }]) => {
      const rows = Object.entries(fields).map(([key, { column, container, description, required }]) => [
        `\`${key}\``,
        container ? `\`${container.name}\`` : column ? memoryType(column) : '',
        column?.unit ? memoryUnitOf(column.unit) : '',
        required ? 'yes' : '',
        description,
      ]);
      const columns = prefix ? `Its columns begin with \`${prefix}_\`.\n\n` : '';
      return `### ${name}\n\n${columns}${markdownTable(['field', 'type', 'unit', 'required', 'what it is'], rows)}`;
    })
    .join('\n\n');
}

function memoryType(column) {
  if (column.type === 'array') return `array of ${column.element}`;
  if (column.type === 'waveforms') return `waveforms of ${column.elements.join(' or ')}`;
  if (column.type === 'enumeration') return `one of ${Object.keys(column.enumeration.members).join(', ')}`;
  if (column.type === 'telescopes') return 'telescope ids';
  return column.type;
}

function tableSection(spec) {
  const columns = spec.columns.map((column) => [
    `\`${column.name}\``,
    storedType(column),
    column.unit ?? '',
    column.isRequired ? 'yes' : '',
    [column.description, ...columnRemarks(column)].join('; '),
  ]);
  const lines = [
    `Row: ${spec.row}.`,
    ...(spec.ids.length > 0 ? [`Ids: ${spec.ids.map((id) => `\`${id}\``).join(', ')}.`] : []),
    `Written ${writtenWhen(spec)}.`,
    `Merging ${MERGES[spec.merge]}.`,
    ...(spec.isExtensible ? ['Algorithms may add columns.'] : []),
    ...versions(spec).map((text) => `${text[0].toUpperCase()}${text.slice(1)}.`),
  ];
  return `### ${spec.path}\n\n${lines.join(' ')}\n\n${markdownTable(['column', 'type', 'unit', 'required', 'what it is'], columns)}`;
}

function writtenWhen({ written, remark }) {
  const conditions = written.map((condition) => CONDITIONS[condition]);
  const when = [...conditions, ...(remark ? [remark] : [])];
  return when.length > 0 ? when.join(', ') : 'always';
}

function columnRemarks(column) {
  return [
    ...(column.meaning?.kind === 'enumeration' ? [`one of \`${column.meaning.enumeration.name}\``] : []),
    ...(column.written ? [`written ${writtenWhen(column)}`] : []),
    ...(column.isOptional ? ['may be missing'] : []),
    ...(column.mayBeFixedPoint ? ['may be stored as integers'] : []),
    ...(column.variant ? [`${column.variant} only`] : []),
    ...versions(column),
  ];
}

function versions({ since, until, earlierPath }) {
  return [
    ...(since ? [`since ${since}`] : []),
    ...(until ? [`until ${until}`] : []),
    ...(earlierPath ? [`before ${earlierPath.before} at \`${earlierPath.path}\``] : []),
  ];
}

function storedType({ type, otherTypes = [], dims = [], meaning }) {
  const name = meaning?.kind === 'time' ? 'time' : type === 'string' ? 'text' : [type, ...otherTypes].join(' or ');
  return meaning?.kind === 'time' ? `time (${meaning.format})` : `${name}${dims.map((dim) => `[${dim}]`).join('')}`;
}
