import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { DataWriter, EventSource, OutcomeTally, createPipeline, processEvent } from 'cherenkit';
import { expect } from 'chai';

/** Returns the warnings that Node would print. */
async function warningsOf(body: () => Promise<void>): Promise<string[]> {
  const warnings: string[] = [];
  const collect = (warning: Error): void => {
    warnings.push(String(warning));
  };
  process.on('warning', collect);
  try {
    await body();
    await new Promise((resolve) => setImmediate(resolve));
    return warnings;
  } finally {
    process.off('warning', collect);
  }
}

describe('DataWriter.open', function () {
  this.timeout(60_000);

  it('warns once if the writer is disposed without finish', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('events.dl1.h5');
    await using source = await EventSource.open('toymodel:', { maxEvents: 1 });
    const warnings = await warningsOf(async () => {
      const writer = await DataWriter.open(path, { source });
      await writer[Symbol.asyncDispose]();
      await writer[Symbol.asyncDispose]();
    });
    expect(warnings).to.deep.equal([
      `CherenkitWarning: ${path} was not written: its writer was disposed without finish().`,
    ]);
    expect(existsSync(path)).to.equal(false);
  });

  it('keeps the input and the configurations, also included ones', async () => {
    using folder = new TemporaryFolder();
    const [outer, inner] = [folder.join('outer.yaml'), folder.join('inner.yaml')];
    writeFileSync(outer, 'include: [inner.yaml]');
    writeFileSync(inner, '{}');
    await using source = await EventSource.open('toymodel:', { maxEvents: 1 });
    for (const path of [outer, inner]) {
      const opened = await DataWriter.open(path, { source, config: outer, overwrite: true }).catch(
        (error: unknown) => error,
      );
      expect(opened).to.have.property('code', 'FILE_USED_TWICE');
    }
    expect([readFileSync(outer, 'utf8'), readFileSync(inner, 'utf8')]).to.deep.equal(['include: [inner.yaml]', '{}']);
  });

  it('says nothing after finish', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('events.dl1.h5');
    await using source = await EventSource.open('toymodel:', { maxEvents: 1 });
    await using pipeline = await createPipeline({ subarray: source.subarray });
    const warnings = await warningsOf(async () => {
      await using writer = await DataWriter.open(path, { source });
      for await (const event of source) {
        processEvent(event, pipeline);
        await writer.write(event);
      }
      await writer.finish();
    });
    expect(warnings).to.deep.equal([]);
    expect(existsSync(path)).to.equal(true);
  });

  it('counts the events by itself, with results and statistics of the pipeline', async () => {
    using folder = new TemporaryFolder();
    const config = { SoftwareTrigger: { min_telescopes: 6 } };
    const tables = await Promise.all(
      ['own', 'default'].map(async (name) => {
        const path = folder.join(`${name}.dl2.h5`);
        await using source = await EventSource.open('toymodel:', { maxEvents: 4 });
        await using pipeline = await createPipeline({ subarray: source.subarray, config });
        await using writer = await DataWriter.open(path, { source, pipeline, writeDl2: true });
        const tally = new OutcomeTally();
        for await (const event of source) {
          const isKept = processEvent(event, pipeline);
          await (isKept ? writer.write(event) : writer.writeRejected(event));
          tally.add(event, isKept);
        }
        await (name === 'own' ? writer.finish(tally.outcome(source, pipeline)) : writer.finish());
        await using file = await Hdf5File.open(path);
        const paths = (await file.paths()).filter((each) => !each.startsWith('/cherenkit/configuration'));
        const rows = paths.filter((each) => each.includes('statistics') || each.startsWith('/cherenkit'));
        expect(rows).not.to.be.empty;
        const read = rows.map(async (each) => [each, (await readTable(file, each)).toJSON()] as const);
        return Object.fromEntries(await Promise.all(read));
      }),
    );
    expect(tables[1]).to.deep.equal(tables[0]);
  });
});
