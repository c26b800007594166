// docs/data-model.md: event containers, from their field definitions, and all tables and columns of a file, from the
// specification of the data model.
import * as core from '@cherenkit/core';
import { markdownTable } from './markdown-table.mjs';

const { dataModel, memoryUnitOf } = core;

/** Descriptions of the conditions for writing. */
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
  equal: 'requires equal tables and keeps one',
  observation: 'keeps the rows of each observation block once',
  sum: 'sums the counts of rows with equal ids',
  distinct: 'keeps each distinct row once',
};

export function dataModelPage() {
  return `# Data model

This page is generated. Names, units and types are those of ctapipe 0.32 (data model ${dataModel.DATA_MODEL_VERSION}); in memory, names are in
camelCase (\`coreTiltedX\` for \`core_tilted_x\`), angles in radians, lengths in metres, times in nanoseconds, energies in TeV. Only the
table reader and writer convert units.

Missing floats are NaN, missing integers have a sentinel (-1 unless stated otherwise), data levels that were not computed are
\`undefined\`. **Required** fields are finite if \`is_valid\` of the same container is true; other fields are NaN if they are not estimated.

A pixel whose calibration coefficients are NaN has a NaN **charge**; its peak time has no meaning. Cleaners never select such a
pixel, so image parameters are those of the other pixels, but \`is_valid\` of the image is false (it is true in ctapipe).
\`NeighborPeakWindowSum\` finds no peak for its neighbours and takes their first samples, as in ctapipe. If a selected pixel has a
NaN peak time, the statistics of the peak times and the deviation of the timing fit are NaN.

## Containers

${containers()}

## Tables

In paths, \`{telescope}\` stands for \`tel_001\` and so on, \`{camera}\` for the number of a camera type, \`{algorithm}\` for the name of a
reconstructor, \`{query}\` for the name of a component with quality criteria, \`{quantity}\` for the averaged quantity. Tables below
\`/cherenkit\` are specific to Cherenkit, all others belong to ctapipe's data model. Options such as \`write_dl2\` are traits of the data
writer. Dimensions whose name ends with \`?\` are optional. Tables without rows are not written.

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
      return `### ${name}\n\n${columns}${markdownTable(['field', 'type', 'unit', 'required', 'description'], rows)}`;
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
  return `### ${spec.path}\n\n${lines.join(' ')}\n\n${markdownTable(['column', 'type', 'unit', 'required', 'description'], columns)}`;
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
