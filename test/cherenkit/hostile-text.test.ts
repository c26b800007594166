import { readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';

/** Clears a terminal, in 7 and 8 bits, reverses text, and adds a line that looks like one of the log. */
const HOSTILE = 'x\x1b[2J\x9b2J\u202e\r\n2026-01-01 00:00:00.000Z ERROR: forged';
const AS_YAML = JSON.stringify(HOSTILE);
/** Anything that reaches the terminal raw. */
const RAW = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^2026-01-01/mu;

describe('text of files and configurations', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = new TemporaryFolder()));
  afterEach(() => folder[Symbol.dispose]());

  const TOY = ['-i', 'toymodel:?events=1&showers=1&array=chec', '-o', 'out.h5', '--overwrite'];
  const config = (text: string): string[] => {
    writeFileSync(folder.join('mine.yaml'), text);
    return ['-c', 'mine.yaml'];
  };

  for (const [place, text] of [
    ['an unknown section', `${JSON.stringify(`X${HOSTILE}`)}: {}`],
    ['an unknown trait', `ImageProcessor: { ${AS_YAML}: 1 }`],
    ['a key outside of sections', `${AS_YAML}: 1`],
    ['a component', `ImageProcessor: { image_cleaner_type: ${AS_YAML} }`],
    ['a number', `EventSource: { max_events: ${AS_YAML} }`],
    ['a telescope pattern', `TailcutsImageCleaner: { picture_threshold_pe: [[type, "*", 1], [type, ${AS_YAML}, 2]] }`],
    ['an expression', `StereoQualityQuery: { quality_criteria: [[${AS_YAML}, ${AS_YAML}]] }`],
    ['an input', `EventSource: { input_url: ${AS_YAML} }`],
    ['an output', `DataWriter: { output_path: ${JSON.stringify(`no/${HOSTILE}`)} }`],
    ['a plugin', `plugins: [${AS_YAML}]`],
    ['an alias', `ImageProcessor: *${'a\x9b2J'}`],
    ['a tag', `ImageProcessor: !${'a\x9b2J'} 1`],
  ] as const) {
    it(`is escaped in messages about ${place}`, async () => {
      const args = /input|output/.test(place) ? [] : TOY;
      const { stdout, stderr } = await cherenkit(
        ['process', ...args, ...config(text), '-v', '--log-file', 'log'],
        folder.path,
      );
      expect(stderr).to.not.equal('');
      expect(stdout + stderr).to.not.match(RAW);
      if (folder.files.includes('log')) expect(readFileSync(folder.join('log'), 'utf8')).to.not.match(RAW);
    });
  }

  it('is escaped in the output of config show, explain and check', async () => {
    const name = `a${HOSTILE.replaceAll('/', '')}.yaml`;
    writeFileSync(folder.join(name), 'EventSource: { max_events: 5 }');
    for (const command of [
      ['config', 'show', '-c', name],
      ['config', 'explain', 'EventSource.max_events', '-c', name],
      ['config', 'check', name],
      ['config', 'check', name.replace('yaml', 'json')],
      ['plugins', 'list', '-c', name, '--plugin', HOSTILE],
      ['events', HOSTILE],
    ]) {
      const { stdout, stderr } = await cherenkit(command, folder.path);
      expect(stdout + stderr, command[1]).to.not.match(RAW);
    }
  });
});
