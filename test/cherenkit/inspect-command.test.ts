import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { EventioNode } from '@cherenkit/plugin-simtel/eventio';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { eventioBuilder, joined } from '../support/eventio-builder.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { cherenkit, COMMAND } from '../support/run-command.js';

/** Per file and object name, the number of objects that eventio finds. */
const REFERENCE = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'eventio.json'), 'utf8'),
) as Record<string, Record<string, { readonly count: number }>>;

/** An event with one telescope, and an object of an unknown type. */
function sample(): Uint8Array {
  const { top, object, int32 } = eventioBuilder(true);
  const camera = object(2012, { version: 3, id: 1 }, int32(1, 2));
  const telescope = object(2201, { version: 1, id: 4, onlySubobjects: true }, camera);
  return joined(top(2010, { id: 77, onlySubobjects: true }, telescope), top(9999, { version: 5 }, int32(0)));
}

async function inspect(bytes: Uint8Array, ...flags: readonly string[]): ReturnType<typeof cherenkit> {
  using folder = new TemporaryFolder();
  writeFileSync(folder.join('some.simtel'), bytes);
  return await cherenkit(['inspect', 'some.simtel', ...flags], folder.path);
}

describe('cherenkit inspect', () => {
  it('lists the objects of a file with their offsets', async () => {
    const { stdout, exitCode } = await inspect(sample());
    expect(exitCode).to.equal(0);
    expect(stdout.split('\n')).to.deep.equal([
      '           0  2010 ArrayEvent: version 0, id 77, 32 bytes',
      '          16    2201 TelescopeEvent: version 1, id 4, 20 bytes',
      '          28      2012 ADCSums: version 3, id 1, 8 bytes',
      '          48  9999 unknown: version 5, id 0, 4 bytes',
      '',
    ]);
  });

  it('prints the objects as JSON with --json', async () => {
    const objects = (await inspect(sample(), '--json')).stdout.trim().split('\n');
    const [event, unknown] = objects.map((line) => JSON.parse(line) as EventioNode);
    expect(event).to.deep.include({ type: 2010, name: 'ArrayEvent', version: 0, id: 77, length: 32, offset: 0 });
    expect(event.children[0].children[0]).to.deep.include({ name: 'ADCSums', offset: 28, children: [] });
    expect(unknown).to.deep.include({ type: 9999, offset: 48 });
  });

  it('lists the objects before a truncation and reports where the file ends', async () => {
    const { stdout, stderr, exitCode } = await inspect(sample().subarray(0, 60));
    expect(exitCode).to.equal(65);
    expect(stdout).to.include('2010 ArrayEvent');
    expect(stderr).to.match(/^error\[SIMTEL_TRUNCATED\]: some\.simtel, byte 60: /);
  });

  it('names the formats that it reads, and no option that it does not have', async () => {
    const text = await inspect(new TextEncoder().encode('# Readme'));
    expect(text.stderr).to.include('expected an EventIO, HDF5 or zfits file, but the file begins with "# Readme"');
    const cards = [
      'SIMPLE  =                    T',
      'BITPIX  =                    8',
      'NAXIS   =                    0',
      'END',
    ];
    const fits = new TextEncoder().encode(
      cards
        .map((card) => card.padEnd(80))
        .join('')
        .padEnd(2880),
    );
    for (const bytes of [fits, gzipSync(fits)]) expect((await inspect(bytes)).stderr).to.include('ZFITS_NO_TABLE');
    expect((await inspect(sample().subarray(0, -2))).stderr)
      .to.include('SIMTEL_TRUNCATED')
      .and.not.include('--allow-truncated');
  });

  it('exits with 66 for a missing file', async () => {
    using folder = new TemporaryFolder();
    const { stderr, exitCode } = await cherenkit(['inspect', 'nowhere.simtel'], folder.path);
    expect(exitCode).to.equal(66);
    expect(stderr).to.match(/^error\[INPUT_MISSING\]: .*nowhere\.simtel/);
  });

  it('lists the first objects with --max-objects', async () => {
    const { stdout, exitCode } = await inspect(sample(), '--max-objects', '1');
    expect(exitCode).to.equal(0);
    expect(stdout.match(/\n/g)).to.have.length(3);
    expect(stdout).not.to.include('9999');
  });

  it('waits for a slow reader, so that lines do not pile up in memory', async function () {
    if (process.platform !== 'linux') this.skip();
    using folder = new TemporaryFolder();
    const { top, int32 } = eventioBuilder(true);
    const object = top(2020, {}, int32(0));
    writeFileSync(folder.join('some.simtel'), Buffer.alloc(object.length * 600_000, object));
    const child = spawn(process.execPath, [COMMAND, 'inspect', 'some.simtel', '--json'], { cwd: folder.path });
    // Nothing is read until the process stops to use the processor: it waits then.
    const cpuTicks = () => /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${child.pid}/stat`, 'utf8'))?.slice(1);
    let before: string | undefined;
    let now: string | undefined;
    do {
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      now = cpuTicks()?.join(' ');
    } while (before === undefined || now !== before);
    const [, resident] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
    let lines = 0;
    child.stdout.on('data', (chunk: Buffer) => (lines += chunk.toString().split('\n').length - 1));
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect([exitCode, lines]).to.deep.equal([0, 600_000]);
    expect(Number(resident) / 1024).to.be.lessThan(300); // MB; the lines take more than twice as much if they are queued
  });

  it('reports a full disk', function () {
    if (process.platform !== 'linux') this.skip();
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('some.simtel'), sample());
    for (const args of [['inspect', 'some.simtel'], ['events', 'toymodel:'], ['config', 'show'], ['--help']]) {
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
        cwd: folder.path,
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      expect(stderr).to.match(/^error\[STDOUT_WRITE_FAILED\]: Cannot write to standard output: ENOSPC.*\n$/);
      expect(status, args.join(' ')).to.equal(75);
    }
  });

  it('lists the same objects of real files as eventio', async function () {
    skipWithoutTestData.call(this);
    for (const file of ['gamma_diffuse_north_alpha_602.simtel.zst', 'n_hv_disabled.simtel.gz']) {
      const { stdout } = await cherenkit(['inspect', inTestData('data', file)], REPOSITORY_ROOT);
      const names = [...stdout.matchAll(/^ *\d+ +\d+ (.+): version/gm)].map(([, name]) => name);
      for (const [name, { count }] of Object.entries(REFERENCE[file])) {
        expect(
          names.filter((found) => found === name),
          `${file}: ${name}`,
        ).to.have.length(count);
      }
    }
  });
});
