import { readFileSync } from 'node:fs';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../../support/run-command.js';

/** Toy showers. With HARD criteria, some of them have too little light for a reconstruction. */
const TOY = ['process', '-i', 'toymodel:', '-m', '12', '-q', '--write-images', '--write-showers'];
const HARD = ['--set', 'StereoQualityQuery.quality_criteria=[["enough light", "parameters.hillas.intensity > 3000"]]'];
const COLUMNS = ['event_id', 'component', 'reason'];

describe('additions to ctapipe’s data model', () => {
  async function written<T>(options: string[], look: (file: Hdf5File) => Promise<T>): Promise<T> {
    using folder = new TemporaryFolder();
    const { exitCode, stderr } = await cherenkit([...TOY, '-o', 'toy.h5', ...options], folder.path);
    expect(exitCode, stderr).to.equal(0);
    await using file = await Hdf5File.open(folder.join('toy.h5'));
    return await look(file);
  }

  it('contain the reasons for invalid results below /cherenkit', async () => {
    await written(HARD, async (file) => {
      const place = '/dl2/event/subarray/geometry/HillasReconstructor';
      const results = await (await file.table(place)).read(['event_id', 'HillasReconstructor_is_valid']);
      const reasons = await (await file.table(`/cherenkit${place}`)).read(['event_id', 'reason']);
      const invalid = Array.from(results.event_id as BigInt64Array).filter(
        (_, i) => !results.HillasReconstructor_is_valid[i],
      );
      expect(invalid).to.have.length.greaterThan(0);
      expect(Array.from(reasons.event_id as BigInt64Array)).to.deep.equal(invalid);
      for (const reason of reasons.reason as string[]) expect(reason).to.match(/images passed the quality criteria$/);
    });
  });

  it('contain the reasons for rejected events and images, as counted in the summary', async () => {
    using folder = new TemporaryFolder();
    const options = [
      '-i',
      'toymodel:?array=nectarcam&core_radius=300&energy_min=0.3',
      '-m',
      '10',
      '-o',
      'toy.h5',
      '--write-showers',
    ];
    const traits = [
      'SoftwareTrigger.min_telescopes=4',
      'TailcutsImageCleaner.picture_threshold_pe=25',
      'ImageQualityQuery.quality_criteria=[["light", "image.sum() > 200"]]',
      'StereoQualityQuery.quality_criteria=[["more light", "parameters.hillas.intensity > 1500"]]',
    ].flatMap((trait) => ['--set', trait]);
    const { exitCode, stdout, stderr } = await cherenkit(['process', ...options, ...traits], folder.path);
    expect(exitCode, stderr).to.equal(0);
    await using file = await Hdf5File.open(folder.join('toy.h5'));

    const triggers = await (await file.table('/dl1/event/subarray/trigger')).read(['event_id']);
    const written = Array.from(triggers.event_id as BigInt64Array);
    const events = await (await file.table('/cherenkit/dl1/event/subarray/dropped')).read(COLUMNS);
    const images = await (await file.table('/cherenkit/dl1/event/telescope/images/dropped')).read(COLUMNS);
    expect(events.event_id).to.have.length.greaterThan(0);
    expect(written.length + events.event_id.length, 'each event is written or rejected').to.equal(10);
    for (const eventId of events.event_id as BigInt64Array) expect(written).not.to.include(eventId);
    for (const eventId of images.event_id as BigInt64Array) expect(written).to.include(eventId);

    const lines = new Map<string, number>();
    for (const [part, { component, reason }] of Object.entries({ events, images })) {
      (component as string[]).forEach((name, row) => {
        const line = `${part}, ${name}: ${String(reason[row])}`;
        lines.set(line, (lines.get(line) ?? 0) + 1);
      });
    }
    expect([...lines.keys()]).to.have.members([
      'events, SoftwareTrigger: fewer than 4 telescopes',
      'images, TailcutsImageCleaner: no pixel is left',
      'images, ImageQualityQuery: light',
      'images, HillasReconstructor.StereoQualityQuery: more light',
    ]);
    for (const [line, count] of lines) expect(stdout).to.include(`rejected: ${count} ${line}\n`);
  });

  it('contain the reasons for images without muon ring or efficiency, and the counts per criterion', async () => {
    using folder = new TemporaryFolder();
    const options = ['-i', 'toymodel:?particle=muon', '-m', '10', '-o', 'toy.h5', '--write-muon-parameters'];
    const traits = [
      'ImageParameterQuery.quality_criteria=[["light", "dl1_params.hillas.intensity > 600"]]',
      'RingQuery.quality_criteria=[["whole", "parameters.completeness > 0.4"]]',
    ].flatMap((trait) => ['--set', trait]);
    const { exitCode, stdout, stderr } = await cherenkit(['process', ...options, ...traits], folder.path);
    expect(exitCode, stderr).to.equal(0);
    await using file = await Hdf5File.open(folder.join('toy.h5'));

    const { component, reason } = await (await file.table('/cherenkit/dl1/event/telescope/muon/dropped')).read(COLUMNS);
    const counts = new Map<string, number>();
    (component as string[]).forEach((name, row) => {
      const line = `${name}: ${String(reason[row])}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    });
    const lines = ['MuonProcessor.ImageParameterQuery: light', 'MuonProcessor.RingQuery: whole'];
    expect([...counts.keys()]).to.have.members(lines);
    for (const [line, count] of counts) expect(stdout).to.include(`rejected: ${count} muon rings, ${line}\n`);
    for (const [i, query] of ['ImageParameterQuery', 'RingQuery'].entries()) {
      const table = await file.table(`/cherenkit/dl1/service/muon_statistics/${query}`);
      const statistics = await table.read(['criteria', 'counts']);
      expect(statistics.criteria).to.deep.equal(['TOTAL', ['light', 'whole'][i]]);
      const [total, passed] = Array.from(statistics.counts as BigInt64Array, Number);
      expect(total - passed).to.equal(counts.get(lines[i]));
    }
  });

  it('contain the values of all traits and whether the input was truncated', async () => {
    await written(['--set', 'DataWriter.compression_level=2'], async (file) => {
      expect((await file.attributes('/cherenkit')).get('truncated')).to.equal(false);
      const { trait, value } = await (await file.table('/cherenkit/configuration')).read(['trait', 'value']);
      const configuration = new Map(
        (trait as string[]).map((path, i) => [path, JSON.parse(String(value[i])) as unknown]),
      );
      expect(configuration.get('ProcessorTool.HDF5DataWriter.compression_level')).to.equal(2);
      expect(configuration.get('ProcessorTool.HDF5DataWriter.write_dl2')).to.equal(true);
    });
  });

  it('are stored with the configured filters', async () => {
    const filters = async (options: string[]) =>
      written(options, async (file) => (await file.table('/dl1/event/subarray/trigger')).filters.map(({ id }) => id));
    expect(await filters([])).to.deep.equal([32001, 3]);
    expect(await filters(['--set', 'DataWriter.compression_type=ZLIB'])).to.deep.equal([2, 1, 3]);
    expect(await filters(['--set', 'DataWriter.compression_level=0'])).to.deep.equal([3]);
  });

  it('include the configured contact, instrument and context metadata', async () => {
    const options = [
      '--set',
      'Contact.name=Cecilia',
      '--set',
      'DataWriter.Instrument.class_=Array',
      '--set',
      'Instrument.version=7',
    ];
    await written(
      [...options, '--set', 'DataWriter.context_metadata={"SIMULATION PRODUCTION": "prod6", "N": 3}'],
      async (file) => {
        expect(Object.fromEntries(await file.attributes('/'))).to.include({
          'CTA CONTACT NAME': 'Cecilia',
          'CTA CONTACT EMAIL': 'unknown',
          'CTA INSTRUMENT CLASS': 'Array',
          'CTA INSTRUMENT VERSION': '7',
          'CTA PRODUCT DATA LEVELS': 'DL1_IMAGES,DL1_PARAMETERS,DL2',
          'CTA PROCESS TYPE': 'Simulation',
          'CONTEXT SIMULATION PRODUCTION': 'prod6',
          'CONTEXT N': 3n,
        });
      },
    );
  });
});

describe('two runs with the same input and configuration', () => {
  const bytes = async (env: Readonly<Record<string, string>>): Promise<Buffer> => {
    using folder = new TemporaryFolder();
    const { exitCode, stderr } = await cherenkit([...TOY, '-o', 'toy.h5'], folder.path, env);
    expect(exitCode, stderr).to.equal(0);
    return readFileSync(folder.join('toy.h5'));
  };

  it('write the same bytes if SOURCE_DATE_EPOCH is set', async () => {
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    expect((await bytes(env)).equals(await bytes(env))).to.equal(true);
  });

  it('write unique ids otherwise', async () => {
    expect((await bytes({})).equals(await bytes({}))).to.equal(false);
  });
});
