import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Container,
  dataModel,
  DataWriter,
  field,
  ReconstructedGeometryContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { dataModelVersion, readTableHeader } from '@cherenkit/plugin-hdf5/internal';
import { TemporaryFolder } from '@cherenkit/testing';
import { checkTable, fillPlaceholders, type WriteCondition } from '@cherenkit/tables';
import { expect } from 'chai';
import { FilledSource } from '../../support/filled-source.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData, TEST_DATA } from '../../support/test-data.js';
import { WRITTEN, writtenBytes } from '../../support/written-digests.js';

const { DATA_MODEL, findTable } = dataModel;

/** The differences between the tables of a file and the data model. */
async function deviationsIn(file: Hdf5File, subarray?: SubarrayDescription): Promise<string[]> {
  const version = await dataModelVersion(file);
  const deviations: string[] = [];
  for (const path of await file.paths()) {
    const found = findTable(path, version);
    if (!found) {
      deviations.push(`${path}: no such table`);
      continue;
    }
    const { columns } = await readTableHeader(file, path);
    const { placeholders, spec } = found;
    const telescope =
      subarray && 'telescope' in placeholders ? subarray.telescope(Number(placeholders['telescope'])) : undefined;
    const dimensions = {
      ...(subarray && { n_telescopes: subarray.nTels }),
      ...(telescope && { n_pixels: telescope.camera.geometry.nPixels }),
    };
    for (const { kind, column, expected, found: got } of checkTable(spec, columns, {
      placeholders,
      version,
      dimensions,
    })) {
      deviations.push(`${path} ${column} ${kind}: ${expected}, found ${got}`);
    }
  }
  return deviations;
}

async function deviationsInFile(path: string): Promise<string[]> {
  await using file = await Hdf5File.open(path);
  return await deviationsIn(file);
}

describe('the data model', () => {
  it('describes each table once, including its id columns', () => {
    expect(new Set(DATA_MODEL.map(({ path }) => path)).size).to.equal(DATA_MODEL.length);
    for (const { path, columns, ids, origin, row } of DATA_MODEL) {
      const names = columns.map(({ name, variant = '' }) => `${name} ${variant}`);
      expect(new Set(names).size, path).to.equal(names.length);
      expect(
        columns.map(({ name }) => name),
        path,
      ).to.include.members([...ids]);
      for (const { name, description } of columns) expect(description, `${path} ${name}`).to.match(/^\S.*\S$/);
      expect(origin === 'cherenkit', path).to.equal(path.startsWith('/cherenkit/'));
      expect(row, path).to.match(/^(?:one|the) /);
    }
  });

  it('uses traits of a data writer as conditions for writing', () => {
    const conditions = DATA_MODEL.flatMap(({ written, columns }) => [
      ...written,
      ...columns.flatMap((column) => column.written ?? []),
    ]);
    const traits = new Set(conditions.filter((condition) => condition !== 'simulation' && condition !== 'ctapipe'));
    expect(Object.keys(DataWriter.traits)).to.include.members([...traits]);
    expect(traits.size).to.equal(6);
  });

  it('finds each table by its path and rejects other paths', () => {
    const values = {
      telescope: 12,
      algorithm: 'HillasReconstructor',
      camera: 3,
      query: 'RingQuery',
      quantity: 'flatfield_image',
    };
    for (const spec of DATA_MODEL) {
      const path = fillPlaceholders(spec.path, values);
      const version = spec.until ? 'v5.0.0' : undefined;
      expect(findTable(path, version)?.spec, path).to.equal(spec);
    }
    for (const path of ['/', '/dl1/event/telescope/images', '/dl1/event/telescope/images/tel_1x', '/dl3/events']) {
      expect(findTable(path), path).to.equal(undefined);
    }
  });

  it('agrees with all tables written for events with a value in every field', async () => {
    for (const [name, options] of Object.entries(WRITTEN)) {
      await using file = await Hdf5File.open(await writtenBytes(options));
      expect(await deviationsIn(file, new FilledSource(options).subarray), name).to.deep.equal([]);
    }
  });

  it('gives the column descriptions of files, except for tables that ctapipe writes without descriptions', async () => {
    await using file = await Hdf5File.open(await writtenBytes({}));
    for (const path of await file.paths()) {
      const found = findTable(path);
      if (!found) throw new Error(path);
      const attributes = await file.attributes(path);
      const specs = dataModel.namedColumns(found);
      (await file.table(path)).columns.forEach(({ name }, i) => {
        const expected = found.spec.hasDescriptions ? specs.get(name)?.description : undefined;
        expect(attributes.get(`CTAFIELD_${i}_DESC`), `${path} ${name}`).to.equal(expected);
      });
    }
  });

  it('predicts the tables that a file has with given options', async () => {
    const writes = [
      'writeR0Waveforms',
      'writeR1Waveforms',
      'writeDl1Images',
      'writeDl1Parameters',
      'writeMuonParameters',
      'writeDl2',
    ];
    for (const [name, options] of Object.entries(WRITTEN)) {
      const isOn = (condition: string): boolean => (options as Readonly<Record<string, unknown>>)[condition] !== false;
      const conditions = new Set(['simulation', ...writes.filter(isOn)] as WriteCondition[]);
      await using file = await Hdf5File.open(await writtenBytes(options));
      const { dataModelVersion: version = dataModel.DATA_MODEL_VERSION } = options;
      const present = new Set((await file.paths()).map((path) => findTable(path, version)?.spec));
      for (const spec of DATA_MODEL) {
        const isWritten = dataModel.isWritten(spec, conditions, version);
        if (!isWritten || spec.remark === undefined)
          expect(present.has(spec), `${name}: ${spec.path}`).to.equal(isWritten);
      }
    }
  });

  it('agrees with the tables that cherenkit process writes for showers and muons', async () => {
    using folder = new TemporaryFolder();
    const runs = [
      ['-i', 'toymodel:?array=north', '--write-images', '--write-showers', '--DataWriter.write_r1_waveforms=true'],
      ['-i', 'toymodel:?particle=muon', '--write-muon-parameters', '--ImageProcessor.use_telescope_frame=false'],
    ];
    for (const options of runs) {
      const { exitCode, stderr } = await cherenkit(
        ['process', ...options, '-m', '3', '-q', '-o', 'toy.h5', '--overwrite'],
        folder.path,
      );
      expect(exitCode, stderr).to.equal(0);
      expect(await deviationsInFile(folder.join('toy.h5'))).to.deep.equal([]);
    }
  });

  it("adds the fields of a plugin's container as columns", () => {
    class WithDepth extends Container.withFields('', ReconstructedGeometryContainer.fields, {
      depth: field.float64('Depth', { unit: 'g.cm**-2' }),
    }) {}
    const extended = dataModel.extendTable(dataModel.STEREO_RESULTS.geometry, WithDepth);
    const names = extended.columns.map(({ name }) => name);
    expect(names.slice(0, 3)).to.deep.equal(['obs_id', 'event_id', '{algorithm}_alt']);
    expect(names.at(-1)).to.equal('{algorithm}_depth');
    expect(extended.columns.at(-1)).to.include({ type: 'float64', unit: 'g.cm**-2', description: 'Depth' });
  });

  describe('agrees with every table of', function () {
    const folders = [
      'reference',
      'data/hdf5',
      'reference/tables',
      'reference/ml',
      'reference/irf',
      'reference/monitoring',
    ];
    const files = folders.flatMap((folder) =>
      TEST_DATA === undefined
        ? []
        : readdirSync(join(TEST_DATA, folder))
            // Cross-validation files have a format of their own.
            .filter((name) => name.endsWith('.h5') && !name.endsWith('.cv.h5'))
            .map((name) => inTestData(folder, name)),
    );
    before(skipWithoutTestData);
    for (const file of files) {
      it(file.slice((TEST_DATA ?? '').length + 1), async () => {
        expect(await deviationsInFile(file)).to.deep.equal([]);
      });
    }
  });
});
