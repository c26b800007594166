import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EMPTY_OUTCOME, PROVENANCE, provide } from '@cherenkit/core';
import { byteSourceFrom } from '@cherenkit/io';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import type { DataModelVersion } from '@cherenkit/tables';
import hdf5Plugin, { HDF5DataWriter } from '@cherenkit/plugin-hdf5';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { FilledSource } from './filled-source.js';

/** Options of the events and traits of the writer. */
export interface WrittenOptions {
  readonly cameraFrame?: boolean;
  readonly nChannels?: number;
  readonly dataModelVersion?: DataModelVersion;
  readonly [trait: string]: boolean | number | string | undefined;
}

/** Configurations for writing {@link FilledSource}, without compression, whose bytes depend on a library. */
export const WRITTEN: Readonly<Record<string, WrittenOptions>> = {
  everything: {},
  'camera frame, two channels': { cameraFrame: true, nChannels: 2 },
  'fixed point': { transformWaveform: true, transformImage: true, transformPeakTime: true },
  'images only': { writeDl1Parameters: false, writeDl2: false, writeR0Waveforms: false, writeR1Waveforms: false },
  'data model v7.1.0': { dataModelVersion: 'v7.1.0' },
  'parameters only': { writeDl1Images: false, writeMuonParameters: false, writeR1Waveforms: false },
};

/** The digest of all bytes of a file, and of the rows and attributes of each table to locate changes. */
export interface FileDigests {
  readonly file: string;
  readonly tables: Readonly<Record<string, string>>;
}

/** The bytes of a file with these events, with 1700000000 as the time of creation. */
export async function writtenBytes(options: WrittenOptions): Promise<Uint8Array> {
  using folder = new TemporaryFolder();
  const before = process.env['SOURCE_DATE_EPOCH'];
  process.env['SOURCE_DATE_EPOCH'] = '1700000000';
  try {
    const source = new FilledSource(options);
    const outputPath = folder.join('events.h5');
    const levels = ['R0Waveforms', 'R1Waveforms', 'Dl1Images', 'Dl1Parameters', 'MuonParameters', 'Dl2'];
    const all = Object.fromEntries(levels.map((level) => [`write${level}`, true]));
    const { cameraFrame: _, nChannels: __, ...traits } = options;
    const writer = await buildComponent(HDF5DataWriter, {
      subarray: source.subarray,
      traits: { ...all, compressionLevel: 0, ...traits, outputPath },
      plugins: [hdf5Plugin],
      services: [provide(PROVENANCE, PROVENANCE_OF_TESTS)],
    });
    await writer.open(source.run);
    for await (const event of source) {
      const isRejected = event.rejections.some(({ level }) => level === 'event');
      await (isRejected ? writer.writeRejected(event) : writer.write(event));
    }
    const [criteria, expressions] = [
      ['TOTAL', 'größer'],
      ['True', 'x > 1'],
    ];
    const statistics = { criteria, expressions, counts: [5, 3], cumulativeCounts: [5, 2] };
    await writer.finish({
      ...EMPTY_OUTCOME,
      statistics: {
        images: statistics,
        reconstructors: { Ours: statistics },
        muons: options.writeMuonParameters === false ? {} : { RingQuery: statistics },
      },
      simulatedShowerDistributions: source.outcome.simulatedShowerDistributions,
      simulationConfig: source.run.simulationConfig,
    });
    return readFileSync(outputPath);
  } finally {
    if (before === undefined) delete process.env['SOURCE_DATE_EPOCH'];
    else process.env['SOURCE_DATE_EPOCH'] = before;
  }
}

const PROVENANCE_OF_TESTS = {
  inputs: [],
  outputs: [],
  addInput: () => undefined,
  addOutput: () => undefined,
  plugins: [{ name: 'b', packageName: 'p', version: '1', location: '/x' }, { name: 'a' }],
  configuration: { ProcessorTool: { a: 1, Sub: { b: [1, 'x'] } } },
};

/** The digests of a file. */
export async function digestsOf(bytes: Uint8Array): Promise<FileDigests> {
  const reader = await Hdf5Reader.open(byteSourceFrom(bytes));
  const tables: Record<string, string> = {};
  for (const path of await reader.tables()) {
    const table = await reader.table(path);
    const hash = createHash('sha256');
    hash.update(JSON.stringify(table.columns));
    for (const [name, value] of table.attributes) hash.update(`${name}=${String(value)}\n`);
    for (const values of Object.values(await table.read(table.columns.map(({ name }) => name)))) {
      hash.update(ArrayBuffer.isView(values) ? new Uint8Array(values.buffer) : JSON.stringify(values));
    }
    tables[path] = hash.digest('hex').slice(0, 16);
  }
  return { file: createHash('sha256').update(bytes).digest('hex'), tables };
}
