import { copyFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

const NAME = '20231013T220427_SBID0000000002000002008_OBSID0000000002000002108';
const TRIGGERS = `dl0v1/DL0/ARRAY/ctao-acada-n/acada-adh/triggers/2023/10/13/SUB001_SWAT001_${NAME}_SUBARRAY_CHUNK000.fits.fz`;
const zfits = (path: string): string => inTestData('data', 'zfits', ...path.split('/'));

/** Reads a file as analyses do: rows of all telescope events, and events by an event source. Events without telescopes are skipped. */
const READ = `
import json, sys
from ctapipe.io import EventSource, TableLoader
with TableLoader(sys.argv[1]) as loader:
    table = loader.read_telescope_events(dl1_images=True, dl1_parameters=True)
with EventSource(sys.argv[1]) as source:
    levels = [level.name for level in source.datalevels]
    events = [[event.index.event_id, tel_id] for event in source for tel_id in event.trigger.tel]
key = ["event_id", "tel_id"]
intensities = [value for name in table.colnames if name.endswith("hillas_intensity") for value in table[name]]
print(json.dumps({
    "rows": [[int(row[name]) for name in key] for row in table[key]],
    "events": [[int(value) for value in ids] for ids in events],
    "levels": levels,
    "parametrized": sum(bool(value == value) for value in intensities),
}))
`;

interface ReadFile {
  readonly rows: readonly (readonly number[])[];
  readonly events: readonly (readonly number[])[];
  readonly levels: readonly string[];
  readonly parametrized: number;
}

describe('files of real data', () => {
  before(skipWithoutCtapipeOrTestData);

  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  async function processed(input: string, flags: readonly string[]): Promise<{ file: ReadFile; stdout: string }> {
    const { exitCode, stdout, stderr } = await cherenkit(
      ['process', '-i', input, '-o', 'out.h5', '--overwrite', ...flags],
      folder.path,
    );
    expect(exitCode, stderr).to.equal(0);
    const check = await cherenkit(['check', 'out.h5'], folder.path);
    expect(check.stdout).to.include('out.h5: no problems');
    const output = await ctapipePython(['-c', READ, folder.join('out.h5')], { cwd: folder.path });
    return { file: JSON.parse(output) as ReadFile, stdout };
  }

  const KEEP_ALL = '--SoftwareTrigger.min_telescopes=0';
  const CALIBRATION = "--EventTypeFilter.allowed_types=['SINGLE_PE']";
  const DL0_REJECTED = '2 images, ImageProcessor: both gain channels';
  const CASES: readonly (readonly [
    what: string,
    input: string,
    flags: readonly string[],
    nRows: number,
    levels: string,
    rejected: string,
  ])[] = [
    [
      'DL0 data, with images of both gain channels',
      TRIGGERS,
      ['--camera-frame', '--write-showers', '--write-muon-parameters'],
      9,
      'DL1_PARAMETERS,DL1_MUON,DL2',
      DL0_REJECTED,
    ],
    ['DL0 data, with triggers without telescopes', TRIGGERS, [KEEP_ALL], 9, 'DL1_PARAMETERS', DL0_REJECTED],
    ['calibration events', TRIGGERS, [CALIBRATION, '--write-images'], 2, 'DL1_IMAGES,DL1_PARAMETERS', DL0_REJECTED],
    [
      'an LST that is calibrated by its event builder',
      'lst_r1v1_pe/LST-1.1.Run02008.0000.fits.fz',
      [],
      6,
      'DL1_PARAMETERS',
      '1 image, ImageProcessor: both gain channels',
    ],
    ['an LST without calibration', 'lst_evb/LST-1.1.Run02008.0000.fits.fz', ['--write-images'], 10, 'DL1_IMAGES', ''],
    ['an LST without calibration, triggers only', 'lst_evb/LST-1.1.Run02008.0000.fits.fz', [], 10, '', ''],
    [
      'a NectarCAM without calibration',
      'nectarcam_r1v1/NectarCAM.Run6000.0000.fits.fz',
      ['--write-images'],
      9,
      'DL1_IMAGES',
      '6 images, CameraCalibrator: no R1 waveforms',
    ],
  ];
  for (const [what, input, flags, nRows, levels, rejected] of CASES) {
    it(`have a row per telescope event, for ctapipe: ${what}`, async () => {
      const { file, stdout } = await processed(zfits(input), flags);
      expect(file.rows).to.have.length(nRows);
      expect(file.events).to.deep.equal(file.rows);
      expect(file.levels.join()).to.equal(levels);
      expect(file.parametrized > 0).to.equal(levels.includes('PARAMETERS') && !flags.includes(CALIBRATION));
      expect(stdout).to.include(rejected);
    }).timeout(60_000);
  }

  it('may have triggers of the array only, or no events', async () => {
    const triggers = folder.join(basename(TRIGGERS));
    copyFileSync(zfits(TRIGGERS), triggers);
    const { file } = await processed(triggers, [KEEP_ALL, '--write-images']);
    expect(file).to.deep.equal({ rows: [], events: [], levels: [], parametrized: 0 });
    const none = "--EventTypeFilter.allowed_types=['FLATFIELD']";
    await cherenkit(['process', '-i', triggers, '-o', 'none.h5', '--write-images', none], folder.path);
    expect((await cherenkit(['check', 'none.h5'], folder.path)).stdout).to.match(
      /no problems \(\d+ tables, 0 events\)/,
    );
  }).timeout(60_000);
});
