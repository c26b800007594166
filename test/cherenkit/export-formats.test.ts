import { readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit, type Outcome } from '../support/run-command.js';
import { writePackage } from '../support/third-party-plugin.js';

const SHOWER = '/simulation/event/subarray/shower';

/** A plugin with an exporter that has a trait, and an exporter for a format of another plugin. */
const CODE = `
import { definePlugin, TableExporter, trait } from '@cherenkit/core';
class RowsTableExporter extends TableExporter.withTraits({
  prefix: trait.string({ default: '', help: 'Text before each row.' }),
}) {
  static help = 'Writes a JSON object per row.';
  static recognises = [{ extension: '.jsonl' }];
  open(sink, columns) { this.sink = sink; this.names = columns.map(({ name }) => name); }
  write(table) {
    for (const { [this.names[1]]: id } of table.toJSON())
      this.sink.append(new TextEncoder().encode(this.traits.prefix + id + '\\n'));
  }
  finish() {}
}
class SemicolonTableExporter extends RowsTableExporter {
  static help = 'Writes CSV with semicolons.';
  static recognises = [{ extension: '.csv' }];
}
export default definePlugin({ name: 'rows', apiVersion: 1, components: [RowsTableExporter, SemicolonTableExporter] });
`;

describe('formats of cherenkit export', () => {
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());
  const exported = (...args: readonly string[]): Promise<Outcome> =>
    cherenkit(['export', 'toy.h5', '--table', SHOWER, ...args], folder.path);

  before(async function () {
    this.timeout(60_000);
    const { exitCode, stderr } = await cherenkit(['process', '-i', 'toymodel:?events=2', '-o', 'toy.h5'], folder.path);
    expect(exitCode, stderr).to.equal(0);
    await writePackage(folder.join('rows'), { packageName: 'cherenkit-plugin-rows', code: CODE });
  });

  it('are those of plugins, by extension or name, with the traits of the exporter', async () => {
    const { exitCode, stderr } = await exported('--plugin', './rows', '-o', 'showers.jsonl');
    expect(exitCode, stderr).to.equal(0);
    expect(readFileSync(folder.join('showers.jsonl'), 'utf8').trim().split('\n')).to.have.length(2);
    const options = ['--plugin', './rows', '-o', 'showers', '--format', 'jsonl', '--RowsTableExporter.prefix=event-'];
    expect((await exported(...options)).exitCode).to.equal(0);
    expect(readFileSync(folder.join('showers'), 'utf8')).to.match(/^event-\d+\nevent-\d+\n$/);
    writeFileSync(
      folder.join('mine.yaml'),
      'plugins: [./rows]\nExportTool: { RowsTableExporter: { prefix: "id-" } }\n',
    );
    expect((await exported('-c', 'mine.yaml', '-o', 'configured.jsonl')).exitCode).to.equal(0);
    expect(readFileSync(folder.join('configured.jsonl'), 'utf8')).to.match(/^id-\d+\nid-\d+\n$/);
    expect((await exported('-c', 'mine.yaml', '-o', 'configured.parquet')).exitCode, 'another format').to.equal(0);
    const misspelt = await exported('-c', 'mine.yaml', '-o', 'new.jsonl', '--RowsTableExporter.prefx=x');
    expect(misspelt.exitCode).to.equal(2);
    expect(misspelt.stderr).to.include('prefix');
  });

  it('of several plugins are chosen by the class of the exporter', async () => {
    const refused = await exported('--plugin', './rows', '-o', 'showers.csv');
    expect(refused.exitCode).to.equal(2);
    expect(refused.stderr).to.match(
      /^error\[EXPORT_FORMAT_AMBIGUOUS\]: showers\.csv: several exporters write csv: CsvTableExporter, SemicolonTableExporter\. Choose one with --format CsvTableExporter\./,
    );
    const chosen = ['-o', 'showers.csv', '--format', 'SemicolonTableExporter'];
    expect((await exported('--plugin', './rows', ...chosen)).exitCode).to.equal(0);
    expect(readFileSync(folder.join('showers.csv'), 'utf8')).to.match(/^\d+\n\d+\n$/);
  });

  it('name the package of formats that are not installed', async () => {
    for (const flags of [
      ['-o', 'showers.arrow'],
      ['-o', 'showers.feather'],
      ['-o', 'showers', '--format', 'arrow'],
    ]) {
      const { exitCode, stderr } = await exported(...flags, '--no-discovery');
      expect(exitCode).to.equal(2);
      expect(stderr)
        .to.match(/^error\[EXPORT_FORMAT_UNKNOWN\]/)
        .and.include('npm install @cherenkit/plugin-arrow');
    }
  });
});
