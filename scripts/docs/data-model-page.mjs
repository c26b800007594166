// docs/data-model.md: the containers of an event, from their tables of fields, and every column, from a file that
// `cherenkit process` writes for a few toy events.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5';
import { PLAIN_COLUMNS } from './plain-columns.mjs';
import { markdownTable } from './markdown-table.mjs';

/** One camera with two gains; a few telescopes, so that sizes of arrays tell what they run over. */
const TOY_EVENTS = 'toymodel:?array=lst&events=3&seed=1';
const OPTIONS = [
  '--write-images',
  '--write-showers',
  '--DataWriter.write_r0_waveforms=true',
  '--DataWriter.write_r1_waveforms=true',
  '--ShowerProcessor.reconstructor_types=[HillasReconstructor]',
];

/** What in memory stands for a column's unit. */
const MEMORY_UNITS = { deg: 'rad', 'deg**2': 'rad**2', 'deg**-1': 'rad**-1', km: 'm', nm: 'm', min: 'ns' };

export async function dataModelPage(root) {
  return `# Data model

This page is made from the code. Names, units and types are those of ctapipe 0.32 (data model 7.6.0); in memory names are in
camelCase (\`core_tilted_x\` is \`coreTiltedX\`), angles in radians, lengths in metres, times in nanoseconds, energies in TeV. Conversion
happens in the table reader and writer, nowhere else.

A missing float is NaN, a missing integer its sentinel (-1 unless said otherwise), a level that was not computed \`undefined\`. A field
that is **required** is finite wherever \`is_valid\` beside it is true; the others are NaN where nothing estimates them.

## Containers

${containers()}

## Tables

Of telescopes and cameras the first stands for all (\`tel_001\`). A reconstructor's name stands in paths and columns; here it is
\`HillasReconstructor\`. What lies below \`/cherenkit\` is ours; everything else is ctapipe's.

${await tables(root)}
`;
}

function containerClasses() {
  return Object.entries(core).filter(
    ([, value]) => typeof value === 'function' && value.prototype instanceof core.Container,
  );
}

function containers() {
  return containerClasses()
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { fields, prefix }]) => {
      const rows = Object.entries(fields).map(([key, { column, container, description, required }]) => [
        `\`${key}\``,
        container ? `\`${container.name}\`` : column ? memoryType(column) : '',
        column?.unit ? (MEMORY_UNITS[column.unit] ?? column.unit) : '',
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
  if (column.type === 'enumeration') return `one of ${Object.keys(column.enumeration.members).join(', ')}`;
  if (column.type === 'telescopes') return 'telescope ids';
  return column.type;
}

async function tables(root) {
  const folder = mkdtempSync(join(tmpdir(), 'cherenkit-docs-'));
  try {
    const file = join(folder, 'events.h5');
    const command = join(root, 'packages/cherenkit/bin/cherenkit.js');
    const args = [command, 'process', '-i', TOY_EVENTS, '-o', file, '--quiet', '--no-progress', ...OPTIONS];
    execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    const access = await openFile(file);
    const reader = await Hdf5Reader.open(access);
    const sections = [];
    for (const path of (await reader.tables()).filter(isFirstOfItsKind))
      sections.push(await tableSection(reader, path));
    await access[Symbol.asyncDispose]();
    return sections.join('\n\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isFirstOfItsKind(path) {
  return !/\/tel_(?!001)\d+$/.test(path) && !/_[1-9]\d*$/.test(path.replace(/\/tel_001$/, ''));
}

async function tableSection(reader, path) {
  const { columns } = await reader.table(path);
  const attributes = await reader.attributes(path);
  const rows = columns.map((column, index) => {
    const attribute = (key) => attributes.get(`CTAFIELD_${index}_${key}`);
    const described = fieldOf(attributes.get('TITLE'), attribute('NAME') ?? column.name);
    const description =
      attribute('DESC') ||
      described?.description ||
      PLAIN_COLUMNS[`${path} ${column.name}`] ||
      PLAIN_COLUMNS[column.name];
    if (!description) throw new Error(`${path}: give column ${column.name} a description in plain-columns.mjs`);
    return [
      `\`${column.name}\``,
      `${storedType(column)}${shapeOf(column)}`,
      attribute('UNIT') ?? '',
      described?.required ? 'yes' : '',
      description,
    ];
  });
  return `### ${path}\n\n${markdownTable(['column', 'type', 'unit', 'required', 'what it is'], rows)}`;
}

/** The field of a column, by the containers that the table's title names. */
function fieldOf(title, name) {
  const classes = /^Storage of (.*)$/.exec(title ?? '')?.[1]?.split(',') ?? [];
  return classes
    .map((className) => core[className]?.fields)
    .flatMap((fields) => Object.entries(fields ?? {}))
    .find(([key]) => core.snakeCase(key) === name)?.[1];
}

/** Texts are as long as the longest of their table. */
function storedType({ type }) {
  return /^S\d+$/.test(type) ? 'text' : type;
}

function shapeOf({ shape = [] }) {
  const PIXELS = 1855;
  const isOfPixels = shape.includes(PIXELS);
  const names = shape.map((size, axis) => {
    if (size === PIXELS) return 'pixels';
    if (isOfPixels) return axis === 0 ? 'channels' : 'samples';
    return String(size);
  });
  return names.map((name) => `[${name}]`).join('');
}
