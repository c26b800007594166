import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { REPOSITORY_ROOT } from '../support/repository-root.js';

/** Written by make_onnx_graph_reference.py. */
const MODEL = Buffer.from(
  (
    JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'onnx-graphs.json'), 'utf8')) as {
      readonly energy: { readonly model: string };
    }
  ).energy.model,
  'base64',
);

describeInstalled('@cherenkit/plugin-onnx installed from its package beside cherenkit', () => {
  it('applies the model that is refused without it, without other packages or scripts', () => {
    const packageName = '@cherenkit/plugin-onnx';
    const toy = ['process', '-i', 'toymodel:', '--write-parameters', '--write-showers', '-o', 'toy.h5'];
    const apply = ['apply-models', '-i', 'toy.h5', '-r', 'energy.onnx', '-o', 'out.h5', '--skip-missing-models'];
    const tarball = packedPackages().get(packageName) ?? '';
    expect(statSync(tarball).size).to.be.lessThan(8e6);
    const without = installedCherenkit();
    writeFileSync(`${without}/energy.onnx`, MODEL);
    runChecked(installedProgram(without, 'cherenkit'), toy, without);
    const refused = run(installedProgram(without, 'cherenkit'), apply, without);
    expect(refused.status).to.equal(65);
    expect(refused.stderr).to.include(`npm install ${packageName}`);

    const folder = installedBeside('onnx', [tarball]);
    expect(readdirSync(`${folder}/node_modules`)).not.to.include('onnxruntime-web');
    writeFileSync(`${folder}/energy.onnx`, MODEL);
    runChecked(installedProgram(folder, 'cherenkit'), toy, folder);
    const { status, stderr } = run(
      installedProgram(folder, 'cherenkit'),
      [...apply, '--graph-runner', 'OnnxGraphRunner'],
      folder,
    );
    expect(status, stderr).to.equal(0);
    expect(readFileSync(`${folder}/package-lock.json`, 'utf8')).not.to.include('hasInstallScript');
  });
});
