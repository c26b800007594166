import { writeFileSync } from 'node:fs';
import { createPipeline, EventSource, processEvent } from 'cherenkit';
import {
  CameraDescription,
  FunctionLogger,
  LOGGER,
  provide,
  ReconstructedEnergyContainer,
  SubarrayDescription,
  TelescopeDescription,
  type ArrayEvent,
} from '@cherenkit/core';
import { MemorySink } from '@cherenkit/io';
import { altAzToNominal, fitShower, groundToTilted, radians, RandomStream, ShowerLikelihood } from '@cherenkit/kernels';
import impact, { ImPACTReconstructor, writeNeutralTemplates } from '@cherenkit/plugin-impact';
import { buildComponent, showerEvent, smallSubarray, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { errorOf } from '../support/error-of.js';
import { impactFile, prepareReference } from '../support/impact-reference.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const NAME = 'ImPACTReconstructor';

describe('ImPACTReconstructor with images of a real file', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);

  /** Events of the reference, reconstructed from ctapipe's seeds. */
  async function reconstructed(traits: object, shared = true): Promise<Map<number, ArrayEvent>> {
    const config = { HillasReconstructor: {}, [NAME]: { root_dir: impactFile('affine'), ...traits } };
    await using source = await EventSource.open(inTestData('data', 'south_lsts_v036.simtel.zst'));
    const { subarray, run } = source;
    await using pipeline = await createPipeline({ subarray });
    await using reconstructor = await buildComponent(ImPACTReconstructor, {
      subarray,
      atmosphere: run.atmosphereDensityProfile,
      plugins: [impact],
      config,
    });
    await reconstructor.prepare();
    const energies = new Map(
      (await prepareReference('south_lsts_v036', 'affine')).map(({ event }) => [event.event_id, event.fits[0].seed[4]]),
    );
    const events = new Map<number, ArrayEvent>();
    for await (const event of source) {
      const energy = energies.get(event.index.eventId);
      if (energy === undefined) continue;
      processEvent(event, pipeline);
      if (shared) event.dl2.stereo.energy.set('seed', new ReconstructedEnergyContainer({ energy, isValid: true }));
      reconstructor.reconstruct(event);
      events.set(event.index.eventId, event);
    }
    return events;
  }

  it('selects the same pixels as ctapipe, and fits them at least as well', async () => {
    const events = await reconstructed({});
    const references = await prepareReference('south_lsts_v036', 'affine');
    expect(events.size).to.equal(references.length);
    let nValid = 0;
    for (const { event: reference, images, site } of references) {
      const event = events.get(reference.event_id);
      const geometry = event?.dl2.stereo.geometry.get(NAME);
      const energy = event?.dl2.stereo.energy.get(NAME);
      if (!geometry || !energy) throw new Error(`event ${reference.event_id} has no result`);
      if (!geometry.isValid) {
        // Templates that do not fit the images: the expectation is nowhere large enough.
        expect(geometry.reason).to.match(/at the limit of its range|do not determine all parameters/);
        expect(geometry.alt).to.be.NaN;
        continue;
      }
      nValid++;
      const pointing = { alt: Math.PI / 2 - site.zenith, az: site.azimuth };
      const { fovLon, fovLat } = altAzToNominal(geometry, pointing);
      const { coreTiltedX, coreTiltedY } = geometry;
      // The factor of the depth is not in the result: it is the best one for the other parameters.
      const likelihood = new ShowerLikelihood(images, site);
      const scales = Array.from({ length: 401 }, (_, i) => 0.8 + i / 1000);
      const points = scales.map((scale) =>
        Float64Array.of(fovLon, fovLat, coreTiltedX, coreTiltedY, energy.energy, scale),
      );
      const best = points.reduce((a, b) => (likelihood.value(b) < likelihood.value(a) ? b : a));
      expect(likelihood.value(best) - (reference.fits.at(-1)?.fval ?? NaN)).to.be.lessThan(0.1);
      const goodness = likelihood.goodness(best).reduce((sum, each) => sum + each, 0);
      expect(geometry.goodnessOfFit / goodness).to.be.closeTo(1, 0.01);
      expect(geometry.telescopes).to.deep.equal(reference.telescopes.map((each) => each.tel_id));
      expect(energy.telescopes).to.deep.equal(geometry.telescopes);
      expect(groundToTilted({ x: geometry.coreX, y: geometry.coreY, z: 0 }, pointing).x).to.be.closeTo(
        coreTiltedX,
        1e-3,
      );
      expect(event?.dl2.tel.get(1)?.impact.has(NAME)).to.equal(true);
    }
    expect(nValid).to.equal(3);
  });

  it('takes widths of charges and templates per telescope', async () => {
    const [plain, wide] = [
      await reconstructed({}),
      await reconstructed({
        pedestal_width: [['type', 'LST_*', 9]],
        spe_width: 0.1,
        template_path: [['type', '*', impactFile('affine', 'LSTS-design.template.gz')]],
        root_dir: '/none',
      }),
    ];
    const goodnessOf = (each: ArrayEvent | undefined): number =>
      each?.dl2.stereo.geometry.get(NAME)?.goodnessOfFit ?? NaN;
    const pairs = [...plain].map(([id, event]) => [goodnessOf(event), goodnessOf(wide.get(id))] as const);
    const ofBoth = pairs.filter((pair) => pair.every(Number.isFinite));
    expect(ofBoth).not.to.have.length(0);
    for (const [before, after] of ofBoth) expect(after).to.be.lessThan(before);
  });

  it('starts from the most likely energy if there is no estimate', async () => {
    for (const event of (await reconstructed({}, false)).values()) {
      const { isValid = false, energy = NaN } = event.dl2.stereo.energy.get(NAME) ?? {};
      if (isValid) expect(energy).to.be.within(0.01, 4);
    }
  });

  it('uses time gradients, with the same result each time', async () => {
    const options = { use_time_gradient: true, pedestal_width: 1.4 };
    const [first, second] = [await reconstructed(options), await reconstructed(options)];
    for (const [id, event] of first) {
      const result = event.dl2.stereo.geometry.get(NAME);
      expect(result).to.deep.equal(second.get(id)?.dl2.stereo.geometry.get(NAME));
    }
  });
});

describe('ImPACTReconstructor', () => {
  it('gives an invalid result with a reason for events that it cannot reconstruct', async () => {
    await using reconstructor = await buildComponent(ImPACTReconstructor, { plugins: [impact] });
    const event = showerEvent(smallSubarray());
    reconstructor.reconstruct(event);
    const { geometry, energy } = event.dl2.stereo;
    expect(geometry.get(NAME)).to.include({ isValid: false, reason: 'the atmosphere is unknown' });
    expect(energy.get(NAME)).to.include({ isValid: false, reason: 'the atmosphere is unknown' });
    const single = showerEvent(smallSubarray(), {}, { telIds: [1] });
    reconstructor.reconstruct(single);
    expect(single.dl2.stereo.geometry.get(NAME)?.reason).to.contain('1 of at least 2 images');
  });

  it('names the cameras without templates, and where they were expected', async () => {
    await using reconstructor = await buildComponent(ImPACTReconstructor, {
      plugins: [impact],
      traits: { rootDir: '/none' },
    });
    const error = await errorOf(reconstructor.prepare());
    expect(error).to.include({ code: 'TEMPLATES_MISSING', exitCode: 66 });
    expect(error.message).to.match(
      /^\/none: there are no image templates for the cameras? .*\.templates\.h5 or .*\.template\.gz\. Set ImPACTReconstructor\.root_dir/,
    );
  });

  it('reads templates of cameras whose names file systems do not allow, and warns of other cameras and of NaN', async () => {
    using folder = new TemporaryFolder();
    const sink = new MemorySink();
    const axes = { xMin: radians(-1), xMax: radians(1), nX: 2, yMin: radians(-1), yMax: radians(1), nY: 2 };
    const images = [Float32Array.of(1, 1, 1, NaN)];
    await writeNeutralTemplates(sink, { axes, keys: Float64Array.of(20, 0, 1, 0, 0), images, cameraName: 'A-B' });
    writeFileSync(folder.join('A_B.templates.h5'), sink.bytes ?? '');
    const warnings: string[] = [];
    const small = smallSubarray();
    const { name, optics, camera } = small.telescope(1);
    const renamed = new CameraDescription('A/B', camera.geometry, camera.readout);
    const subarray = new SubarrayDescription({
      name: 'One',
      telPositions: new Map([[1, small.position(1)]]),
      telDescriptions: new Map([[1, new TelescopeDescription(name, optics, renamed)]]),
      referenceLocation: small.referenceLocation,
    });
    await using reconstructor = await buildComponent(ImPACTReconstructor, {
      plugins: [impact],
      subarray,
      traits: { rootDir: folder.path },
      services: [provide(LOGGER, new FunctionLogger((_level, message) => warnings.push(message)))],
    });
    await reconstructor.prepare();
    const path = folder.join('A_B.templates.h5');
    const ofFile = warnings.filter((warning) => warning.startsWith(path));
    expect(ofFile).to.have.length(2);
    expect(ofFile[0]).to.contain('1 of 1 templates have nodes without a number');
    expect(ofFile[1]).to.contain('the templates are of the camera A-B, and are used for A/B.');
  });

  it('requires an atmosphere', async () => {
    await using reconstructor = await buildComponent(ImPACTReconstructor, { plugins: [impact] });
    expect(() => reconstructor.checkReady()).to.throw('requires the density profile of the atmosphere');
  });
});

describe('errors of a fit', () => {
  before(skipWithoutTestData);

  it('contain the true parameters of images that agree with the templates', async () => {
    // Charges drawn from the expectation of a shower: the fit finds it within its errors.
    const random = new RandomStream(3);
    const [{ images, site, event }] = await prepareReference('gamma_diffuse_north_alpha_600', 'curved');
    const truth = Float64Array.from(event.tight.values).with(5, 1);
    const charges = new ShowerLikelihood(images, site).expected(truth);
    const ideal = images.map((image, i) => ({
      ...image,
      charge: charges[i].map((mean) => {
        const variance = image.pedestalWidth ** 2 + mean * (1 + image.speWidth ** 2);
        return mean + Math.sqrt(variance) * random.normal();
      }),
    }));
    const seed = truth.map((value, i) => value + [2e-4, -2e-4, 5, -5, 0.02, 0][i]);
    const fit = fitShower(new ShowerLikelihood(ideal, site), [seed]);
    expect(fit.covariance).not.to.equal(undefined);
    truth.forEach((value, i) => {
      const deviation = Math.sqrt(fit.covariance?.[7 * i] ?? NaN);
      expect(Math.abs(fit.parameters[i] - value), `parameter ${i}`).to.be.at.most(3 * deviation);
    });
    expect(Math.sqrt(fit.covariance?.[0] ?? NaN)).to.be.within(radians(0.002), radians(0.05));
  });
});
