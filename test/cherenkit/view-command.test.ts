import { request, type IncomingMessage } from 'node:http';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import type { ServedRun } from '@cherenkit/viewer';
import { expect } from 'chai';
import { launchChromium, skipWithoutChromium } from '../support/chromium.js';
import { cherenkit, cherenkitWhile, type Outcome } from '../support/run-command.js';
import { inTestData, TEST_DATA } from '../support/test-data.js';
import { ViewerPage } from '../support/viewer-page.js';

/** First file of a run of LST-1 in four streams. */
const LST_RUN = inTestData('data', 'zfits', 'lst_evb', 'LST-1.1.Run02008.0000.fits.fz');
const NECTARCAM_RUN = inTestData('data', 'zfits', 'nectarcam_r1v1', 'NectarCAM.Run6000.0000.fits.fz');
/** Triggers of an array; the files of its telescope are in other folders. */
const DL0_RUN = inTestData(
  ...['data', 'zfits', 'dl0v1', 'DL0', 'ARRAY', 'ctao-acada-n', 'acada-adh', 'triggers', '2023', '10', '13'],
  'SUB001_SWAT001_20231013T220427_SBID0000000002000002008_OBSID0000000002000002108_SUBARRAY_CHUNK000.fits.fz',
);
const CALIBRATION = ['drs4_pedestal.fits.gz', 'time_calibration.fits', 'calibration.fits'].map((name) =>
  inTestData('data', 'zfits', 'calibration', name),
);

/** What the command adds to the page. */
function servedRunOf(page: string): ServedRun {
  const [, content = ''] = /<meta name="cherenkit-run" content="([^"]*)">/.exec(page) ?? [];
  return JSON.parse(content.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')) as ServedRun;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function ask(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, method }, (response) => {
      let body = '';
      response.setEncoding('latin1');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on('error', reject).end();
  });
}

describe('cherenkit view', function () {
  this.timeout(180_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  /** Runs the command until a task with the address is done, and stops it as Ctrl-C does. */
  async function whileServing(
    args: readonly string[],
    task: (url: string) => Promise<void>,
    signal: 'SIGINT' | 'SIGTERM' | 'none' = 'SIGINT',
  ): Promise<Outcome> {
    let failure: unknown;
    const outcome = await cherenkitWhile(['view', ...args], folder.path, (child) => {
      child.stdout?.once('data', (chunk: Buffer) => {
        task(chunk.toString().trim())
          .catch((error: unknown) => (failure = error))
          .finally(() => signal !== 'none' && child.kill(signal));
      });
    });
    if (failure !== undefined) throw failure as Error;
    return outcome;
  }

  /** Writes the configuration of the calibration. */
  function writeCalibration(): string {
    const [pedestal, times, calibration] = CALIBRATION;
    const traits = { drs4_pedestal_path: pedestal, drs4_time_calibration_path: times, calibration_path: calibration };
    const config = {
      LSTEventSource: { LSTR0Corrections: traits },
      CameraCalibrator: { image_extractor_type: 'LocalPeakWindowSum' },
    };
    return folder.write('lst.json', JSON.stringify(config));
  }

  it('serves the page and the file to those who have the address, in ranges, and ends with Ctrl-C', async () => {
    folder.write('events "1".simtel', '0123456789');
    const { exitCode, stderr, stdout } = await whileServing(['events "1".simtel'], async (url) => {
      expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
      const { port, origin, pathname } = new URL(url);
      const page = await ask(url);
      expect(page.status).to.equal(200);
      expect(page.headers['content-type']).to.equal('text/html; charset=utf-8');
      expect(page.headers['referrer-policy']).to.equal('no-referrer');
      expect(page.headers['access-control-allow-origin']).to.equal(undefined);
      expect(page.body).to.include('<meta name="cherenkit-file" content="events &quot;1&quot;.simtel">');

      const file = `${url}file`;
      const part = async (range: string): Promise<unknown[]> => {
        const { status, headers, body } = await ask(file, { range });
        return [status, headers['content-range'], body];
      };
      expect((await ask(file)).body).to.equal('0123456789');
      expect(await part('bytes=2-4')).to.deep.equal([206, 'bytes 2-4/10', '234']);
      expect(await part('bytes=7-')).to.deep.equal([206, 'bytes 7-9/10', '789']);
      expect(await part('bytes=-3')).to.deep.equal([206, 'bytes 7-9/10', '789']);
      expect(await part('bytes=10-')).to.deep.equal([416, 'bytes */10', '']);
      expect((await ask(file, {}, 'HEAD')).headers['content-length']).to.equal('10');

      const statuses = [
        ask(url, { host: `evil.example:${port}` }),
        ask(`${origin}/`),
        ask(`${origin}${pathname.slice(0, -2)}x/`),
        ask(`${url}other`),
        ask(`${url}../../etc/passwd`),
        ask(file, {}, 'POST'),
        ask(file, {}, 'PUT'),
        ask(url, { host: `localhost:${port}` }),
      ];
      expect((await Promise.all(statuses)).map(({ status }) => status)).to.deep.equal([
        403, 404, 404, 404, 404, 405, 405, 200,
      ]);
    });
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')).to.have.length(2);
  });

  it('serves the files of the run and of the configuration, and no other file of their folders', async function () {
    if (TEST_DATA === undefined) return this.skip();
    folder.write('other.yaml', 'EventSource: {max_events: 2}\n');
    await whileServing(
      [LST_RUN, '-c', writeCalibration(), '--TailcutsImageCleaner.picture_threshold_pe=9'],
      async (url) => {
        const run = servedRunOf((await ask(url)).body);
        expect(run.others.map(({ name }) => name)).to.deep.equal(
          [2, 3, 4].map((i) => `LST-1.${i}.Run02008.0000.fits.fz`),
        );
        expect(run.config).to.deep.include({ ImageProcessor: { TailcutsImageCleaner: { picture_threshold_pe: 9 } } });
        expect(Object.keys(run.addresses)).to.have.members(CALIBRATION);
        const [path = ''] = CALIBRATION;
        const address = run.addresses[path] ?? '';
        const { body } = await ask(`${url}${address}`);
        expect(Buffer.from(body, 'latin1')).to.deep.equal(readFileSync(path));
        const { name, address: other } = run.others[0] ?? { name: '', address: '' };
        const addresses = [
          other,
          'file',
          `file/${name}`,
          name,
          'other.yaml',
          'file/4',
          'path/9/x',
          `${address}/x`,
          'path',
        ];
        const answers = await Promise.all(addresses.map((each) => ask(`${url}${each}`, {}, 'HEAD')));
        expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 404, 404, 404, 404, 404, 404, 404]);
      },
    );
  });

  it('refuses a configuration with mistakes, and names a missing file of a trait', async () => {
    folder.write('missing.yaml', 'LSTEventSource: {LSTR0Corrections: {calibration_path: missing.fits}}\n');
    for (const [args, exitCode, message] of [
      [['-c', 'missing.yaml'], 66, 'missing.fits: there is no such file'],
      [['--TailcutsImageCleaner.picture_threshold_pe=many'], 2, 'picture_threshold_pe'],
      [['--HDF5DataWriter.overwrite=true'], 2, 'has no effect'],
    ] as const) {
      const outcome = await cherenkit(['view', 'toymodel:', ...args], folder.path);
      expect([outcome.exitCode, outcome.stdout]).to.deep.equal([exitCode, '']);
      expect(outcome.stderr).to.include(message);
    }
  });

  it('ends after a time without requests', async () => {
    const { exitCode, stdout } = await cherenkit(['view', '--idle-minutes', '0.001'], folder.path);
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/^http:\/\/127\.0\.0\.1:/);
  });

  it('accepts long idle times, and refuses those that timers cannot wait', async () => {
    const { exitCode, stderr } = await cherenkit(['view', '--idle-minutes', '40000'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('35791').and.to.include('40000');
    const { exitCode: ended } = await whileServing(['--idle-minutes', '35791'], async (url) => {
      expect((await ask(url)).status).to.equal(200);
    });
    expect(ended).to.equal(0);
  });

  it('ends with 0 for Ctrl-C, and with 75 for SIGTERM', async () => {
    expect((await whileServing([], () => Promise.resolve())).exitCode).to.equal(0);
    const { exitCode, stderr } = await whileServing([], () => Promise.resolve(), 'SIGTERM');
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 75, stderr: 'Interrupted by SIGTERM.\n' });
  });

  it('goes on waiting while only strangers ask', async () => {
    const { exitCode } = await whileServing(
      ['--idle-minutes', '0.02'],
      async (url) => {
        const { origin } = new URL(url);
        const answers: unknown[] = [];
        while (answers.length < 1000) {
          const status = await ask(`${origin}/`).then(
            ({ status }) => status,
            () => 'ended',
          );
          answers.push(status);
          if (status === 'ended') break;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        expect(answers.at(-1)).to.equal('ended');
      },
      'none',
    ); // it ends by itself
    expect(exitCode).to.equal(0);
  });

  it('serves a file that was replaced, with another tag, and refuses one that was removed', async () => {
    folder.write('changing.simtel', '0123456789');
    await whileServing(['changing.simtel'], async (url) => {
      const before = await ask(`${url}file`);
      folder.write('changing.simtel', 'abc');
      const after = await ask(`${url}file`);
      expect([after.status, after.headers['content-length'], after.body]).to.deep.equal([200, '3', 'abc']);
      expect(after.headers.etag).not.to.equal(before.headers.etag);
      rmSync(folder.join('changing.simtel'));
      expect((await ask(`${url}file`)).status).to.equal(410);
      expect((await ask(`${url}file`, { range: 'bytes=0-1' })).status).to.equal(410);
    });
  });

  it('refuses pipes and devices before the address is printed', async function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [folder.join('pipe')]);
    for (const name of ['pipe', '/dev/zero', '-']) {
      const { exitCode, stdout, stderr } = await cherenkit(['view', name], folder.path);
      expect([exitCode, stdout]).to.deep.equal([66, '']);
      expect(stderr).to.include('INPUT_NOT_SEEKABLE').and.to.include(name);
    }
  });

  it('names a missing file and a port that is in use', async () => {
    const { exitCode, stderr } = await cherenkit(['view', 'missing.simtel'], folder.path);
    expect(exitCode).to.equal(66);
    expect(stderr).to.include('missing.simtel: there is no such file');
    await whileServing([], async (url) => {
      const { port } = new URL(url);
      const second = await cherenkit(['view', '--port', port], folder.path);
      expect(second.exitCode).to.equal(2);
      expect(second.stderr).to.include(`port ${port}`);
    });
  });

  describe('in a browser', () => {
    before(skipWithoutChromium);

    it('names a file that was removed, without its address', async () => {
      await cherenkit(['simulate', '-o', 'gone.simtel', '--events', '3', '--quiet'], folder.path);
      const browser = await launchChromium();
      try {
        await whileServing([folder.join('gone.simtel')], async (url) => {
          rmSync(folder.join('gone.simtel'));
          await using viewer = await ViewerPage.open(browser, {}, url);
          await viewer.waitFor(`document.querySelector('#status').textContent.startsWith('Cannot read gone.simtel')`);
          expect(await viewer.text('#status')).not.to.include('http');
        });
      } finally {
        await browser.close();
      }
    });

    it('shows all events of runs of several files', async function () {
      if (TEST_DATA === undefined) return this.skip();
      const browser = await launchChromium();
      try {
        for (const file of [LST_RUN, NECTARCAM_RUN, DL0_RUN]) {
          const { stdout } = await cherenkit(['events', file], folder.path);
          const nEvents = stdout.trim().split('\n').length;
          await whileServing([file], async (url) => {
            await using viewer = await ViewerPage.open(browser, {}, url);
            await viewer.waitFor(`document.querySelector('#event-status').textContent === '${nEvents} events'`);
            if (file !== NECTARCAM_RUN) expect(await viewer.text('#event-summary')).to.match(/1 telescope$/);
            expect(await viewer.text('#warnings')).not.to.match(/missing|No file/);
          });
        }
      } finally {
        await browser.close();
      }
    });

    it('begins with the configuration, and calibrates raw data with its files', async function () {
      if (TEST_DATA === undefined) return this.skip();
      const browser = await launchChromium();
      try {
        await whileServing(
          [LST_RUN, '-c', writeCalibration(), '--TailcutsImageCleaner.picture_threshold_pe=9'],
          async (url) => {
            await using viewer = await ViewerPage.open(browser, {}, url);
            await viewer.waitFor(`document.querySelector('#event-status').textContent === '10 events'`);
            expect(await viewer.text('#camera-unit')).to.equal('charges in p.e.');
            const yaml = await viewer.page.inputValue('#yaml');
            expect(yaml)
              .to.include('picture_threshold_pe: 9')
              .and.to.include(CALIBRATION[2])
              .and.not.to.include('http');
            await viewer.slide('TailcutsImageCleaner picture threshold', 12);
            await viewer.waitFor(`document.querySelector('#yaml').value.includes('picture_threshold_pe: 12')`);
            await viewer.waitFor(`location.hash.length > 1`);
            await viewer.page.waitForTimeout(500);
            await viewer.page.reload();
            await viewer.waitForEvent();
            expect(await viewer.page.inputValue('#yaml')).to.include('picture_threshold_pe: 12');
            expect(await viewer.text('#camera-unit')).to.equal('charges in p.e.');
            expect(viewer.problems).to.deep.equal([]);
          },
        );
      } finally {
        await browser.close();
      }
    });

    it('shows the events of sim_telarray and HDF5 files, and asks for nothing else', async () => {
      const levels = ['--write-images', '--write-parameters', '--write-showers', '--quiet'];
      await cherenkit(['simulate', '-o', 'toy.simtel.zst', '--events', '3', '--quiet'], folder.path);
      await cherenkit(['process', '-i', 'toy.simtel.zst', '-o', 'toy.dl2.h5', ...levels], folder.path);
      const browser = await launchChromium();
      try {
        for (const file of ['toy.simtel.zst', 'toy.dl2.h5', 'toymodel:?events=2']) {
          await whileServing([file], async (url) => {
            await using viewer = await ViewerPage.open(browser, {}, url);
            await viewer.waitForEvent();
            await viewer.waitFor(`document.querySelector('#event-rows tbody').textContent !== ''`);
            expect(viewer.problems).to.deep.equal([]);
            expect(
              viewer.requests.filter((each) => !/^(blob|data):/.test(each) && !each.startsWith(url)),
            ).to.deep.equal([]);
          });
        }
      } finally {
        await browser.close();
      }
    });
  });
});
