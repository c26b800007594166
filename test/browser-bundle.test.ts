import { build } from 'esbuild';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

/** The packages needed for a reconstruction from file to stereo result. */
const PACKAGES = [
  '@cherenkit/kernels',
  '@cherenkit/core',
  '@cherenkit/plugin-simtel',
  '@cherenkit/plugin-extractors',
  '@cherenkit/plugin-cleaners',
  '@cherenkit/plugin-hillas',
  '@cherenkit/plugin-ml',
  '@cherenkit/plugin-muon',
  '@cherenkit/plugin-fits',
  '@cherenkit/plugin-hdf5',
  '@cherenkit/plugin-impact',
  '@cherenkit/plugin-irf',
  '@cherenkit/plugin-monitoring',
  '@cherenkit/plugin-toymodel',
  '@cherenkit/plugin-zfits',
  '@cherenkit/display',
];

describe('a bundle for browsers', () => {
  for (const name of PACKAGES) {
    it(`includes ${name} without Node modules`, async () => {
      const { errors, metafile, outputFiles } = await build({
        stdin: { contents: `export * from '${name}';`, resolveDir: REPOSITORY_ROOT },
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        keepNames: true,
        logLevel: 'silent',
      });
      expect(errors).to.deep.equal([]);
      expect(outputFiles[0]?.text.length).to.be.greaterThan(0);
      const inputs = Object.keys(metafile.inputs);
      expect(
        inputs.filter((file) => /\/(node[-./]|\w+\.node\.)/.test(file.replace(/.*node_modules/, ''))),
      ).to.deep.equal([]);
    });
  }
});
