import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  describeInstalled,
  installedBeside,
  installedCherenkit,
  installedProgram,
  packedPackages,
  run,
  runChecked,
} from '../support/packed-packages.js';

const TABLE = ['--table', '/simulation/event/subarray/shower'];

describeInstalled('@cherenkit/plugin-arrow installed from its package beside cherenkit', () => {
  it('adds the format that the error without it names', () => {
    const packageName = '@cherenkit/plugin-arrow';
    const without = installedCherenkit();
    expect(readdirSync(`${without}/node_modules`)).not.to.include('apache-arrow');
    runChecked(installedProgram(without, 'cherenkit'), ['process', '-i', 'toymodel:', '-o', 'arrow.h5'], without);
    const refused = run(
      installedProgram(without, 'cherenkit'),
      ['export', 'arrow.h5', ...TABLE, '-o', 'showers.arrow'],
      without,
    );
    expect(refused.status).to.equal(2);
    expect(refused.stderr).to.include(`npm install ${packageName}`);
    expect(readdirSync(without)).not.to.include('showers.arrow');

    const folder = installedBeside('arrow', [packedPackages().get(packageName) ?? '']);
    runChecked(installedProgram(folder, 'cherenkit'), ['process', '-i', 'toymodel:', '-o', 'toy.h5'], folder);
    const args = ['export', 'toy.h5', ...TABLE, '-o', 'showers.arrow'];
    const { status, stdout, stderr } = run(installedProgram(folder, 'cherenkit'), args, folder);
    expect([status, stderr], stderr).to.deep.equal([0, '']);
    expect(stdout).to.match(/^showers\.arrow: \d+ rows/);
    const bytes = readFileSync(`${folder}/showers.arrow`);
    expect([bytes.subarray(0, 6), bytes.subarray(-6)].map(String)).to.deep.equal(['ARROW1', 'ARROW1']);
    const lock = readFileSync(`${folder}/package-lock.json`, 'utf8');
    expect(lock).not.to.include('hasInstallScript');
  });
});
