import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { axeViolations } from '../../support/axe-violations.js';
import { launchChromium, skipWithoutChromium } from '../../support/chromium.js';
import { cherenkit } from '../../support/run-command.js';

const COMMON = {
  features: ['hillas_intensity', 'hillas_length', 'hillas_width', 'HillasReconstructor_tel_impact_distance'],
  QualityQuery: {
    quality_criteria: [
      ['valid', 'HillasReconstructor_is_valid'],
      ['<b>wide</b>', 'hillas_width > 0'],
    ],
  },
};
const FAST = { max_iter: 8, random_state: 1 };
const CONFIGURATION = {
  EnergyRegressor: { ...COMMON, model_config: FAST, log_target: true },
  ParticleClassifier: { ...COMMON, model_config: FAST },
  DispReconstructor: { ...COMMON, norm_config: FAST, sign_config: FAST },
  CrossValidator: { n_cross_validations: 2 },
};

/** Titles of plots, and inputs, by the tool. */
const TOOLS = {
  energy: { inputs: ['-i', 'gamma.h5'], plots: ['Energy resolution', 'Energy bias', 'Energy migration, array events'] },
  particle: {
    inputs: ['--signal', 'gamma.h5', '--background', 'proton.h5'],
    plots: ['Receiver operating characteristic', 'Separation', 'Scores, MST_MST_NectarCam'],
  },
  disp: { inputs: ['-i', 'gamma.h5'], plots: ['Angular resolution', 'Signs of disp', 'disp, LST_LST_LSTCam'] },
};

describe('report of a training', function () {
  this.timeout(300_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const train = async (name: keyof typeof TOOLS, ...args: readonly string[]): Promise<string> => {
    const options = ['-c', 'train.json', '-o', `${name}.onnx`, '--report-page', `${name}.html`, '--overwrite', ...args];
    const { exitCode, stdout, stderr } = await cherenkit(
      ['train', name, ...TOOLS[name].inputs, ...options],
      folder.path,
    );
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include(`${name}.html`);
    return folder.readText(`${name}.html`);
  };

  before(async () => {
    writeFileSync(folder.join('train.json'), JSON.stringify(CONFIGURATION));
    for (const [particle, seed] of [
      ['gamma', 5],
      ['proton', 6],
    ] as const) {
      const url = `toymodel:?array=north&events=60&seed=${seed}&particle=${particle}`;
      await cherenkit(
        ['process', '-i', url, '-o', `${particle}.h5`, '--write-parameters', '--write-showers', '-q'],
        folder.path,
      );
    }
  });

  for (const name of ['energy', 'particle', 'disp'] as const) {
    it(`shows plots, metrics, importances and settings: ${name}`, async () => {
      const page = await train(name);
      for (const title of TOOLS[name].plots) expect(page).to.include(`<title>${title}</title>`);
      for (const text of ['2 folds of array events', 'HillasReconstructor_tel_impact_distance', 'max_iter 8'])
        expect(page).to.include(text);
      expect(page).to.match(/<th scope="row">array events<\/th><td>\d+<\/td>/);
      // Texts of configurations are not markup.
      expect(page).to.include('criterion &#60;b&#62;wide').and.not.to.include('<b>');
      expect(page)
        .to.include(`default-src 'none'`)
        .and.not.to.match(/<script|https?:\/\/(?!www\.w3\.org)/);
      expect(page).not.to.match(/NaN|undefined|Infinity/);
    });
  }

  it('is the same for each run', async () => {
    expect(await train('energy')).to.equal(await train('energy'));
  });

  it('is written without cross-validation, too', async () => {
    const page = await train('energy', '--folds', '0');
    expect(page).to.include('There was no cross-validation').and.include('Importance of the features');
  });

  it('has no mistakes in a browser, light and dark, wide and narrow', async function () {
    skipWithoutChromium.call(this);
    await train('particle');
    const browser = await launchChromium();
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
        const page = await context.newPage();
        const problems: string[] = [];
        page.on('console', (message) => problems.push(message.text()));
        page.on('pageerror', (error) => problems.push(String(error)));
        await page.goto(pathToFileURL(folder.join('particle.html')).href);
        expect(await axeViolations(page)).to.deep.equal([]);
        expect(problems).to.deep.equal([]);
        // Plots have the colours of the page, whose content does not overflow.
        const [background, plot, width] = await page.evaluate(() => [
          getComputedStyle(document.body).backgroundColor,
          getComputedStyle(document.querySelector('figure svg rect') ?? document.body).fill,
          String(document.documentElement.scrollWidth),
        ]);
        expect(plot).to.equal(background);
        expect(background).to.equal(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(22, 24, 29)');
        expect(Number(width)).to.be.at.most(390);
        await context.close();
      }
    } finally {
      await browser.close();
    }
  });
});
