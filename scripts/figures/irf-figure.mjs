// Picture of docs/instrument-responses: responses and benchmarks of random events, made by the makers of plugin-irf.
import { subplots } from '@cherenkit/display';
import { radians, RandomStream, SPECTRA } from '@cherenkit/kernels';
import {
  BackgroundRate2dMaker,
  cutTable,
  EffectiveArea2dMaker,
  EnergyBiasResolution2dMaker,
  EnergyDispersion2dMaker,
  PSF3DMaker,
  resultTable,
  Sensitivity2dMaker,
  weightedEvents,
} from '@cherenkit/plugin-irf';
import {
  backgroundPicture,
  effectiveAreaPicture,
  energyBiasResolutionPicture,
  energyDispersionPictures,
  pointSpreadPicture,
  sensitivityPicture,
} from '@cherenkit/plugin-irf/display';
import { buildComponent } from '@cherenkit/testing';
import { Table } from '@cherenkit/tables';

const N_GAMMAS = 60_000;
const N_PROTONS = 30_000;
const SECONDS = 50 * 3600;
/** Share of the showers that are detected and selected. */
const [GAMMA_SHARE, PROTON_SHARE] = [0.4, 0.004];
const SHOWERS = { energyMin: 0.01, energyMax: 100, spectralIndex: -2, maxImpact: 800, viewconeMin: 0 };
const MAX_OFFSET = 4;

export async function irfFigure() {
  const random = new RandomStream(7);
  const config = {
    DefaultTrueEnergyBins: { true_energy_min: '20 GeV', true_energy_max: '50 TeV', true_energy_n_bins_per_decade: 8 },
    DefaultRecoEnergyBins: { reco_energy_min: '30 GeV', reco_energy_max: '30 TeV' },
    DefaultFoVOffsetBins: { fov_offset_max: `${MAX_OFFSET} deg`, fov_offset_n_bins: 2 },
    EnergyDispersion2dMaker: { fov_offset_n_bins: 1 },
  };
  const maker = (kind) => buildComponent(kind, { config });
  const gammas = loaded(random, N_GAMMAS, GAMMA_SHARE, 1);
  const protons = loaded(random, N_PROTONS, PROTON_SHARE, 0.4);
  const { showers } = gammas;
  const background = weightedEvents(protons, { target: SPECTRA.IRFDOC_PROTON_SPECTRUM, seconds: SECONDS }).events;
  const sensitivity = await maker(Sensitivity2dMaker);
  const spectrum = SPECTRA.CRAB_HEGRA;
  const weights = { target: spectrum, seconds: SECONDS, offsetEdges: sensitivity.fovOffsetBins };
  const signal = weightedEvents(gammas, weights).events.filter('theta < 0.1');
  const edges = sensitivity.recoEnergyBins;
  const thetaCuts = cutTable(edges, new Float64Array(edges.length - 1).fill(0.1), { unit: 'deg' });
  const { events } = gammas;
  const input = { events, showers, isPointLike: false };
  const draw = (picture, title, result) => picture(resultTable(result), title);
  const pictures = [
    draw(
      effectiveAreaPicture,
      'Effective area',
      (await maker(EffectiveArea2dMaker)).makeEffectiveArea({ ...input, name: 'EFFECTIVE AREA' }),
    ),
    draw(
      energyDispersionPictures,
      'Energy dispersion',
      (await maker(EnergyDispersion2dMaker)).makeEnergyDispersion(input),
    )[0],
    draw(pointSpreadPicture, 'Point spread function', (await maker(PSF3DMaker)).makePointSpread(events)),
    draw(backgroundPicture, 'Background', (await maker(BackgroundRate2dMaker)).makeBackgroundRate(background, SECONDS)),
    draw(
      energyBiasResolutionPicture,
      'Energy bias and resolution',
      (await maker(EnergyBiasResolution2dMaker)).makeBiasResolution(events),
    ),
    draw(sensitivityPicture, 'Sensitivity', sensitivity.makeSensitivity({ signal, background, thetaCuts, spectrum })),
  ];
  return { 'images/instrument-responses.svg': subplots(2, 3, pictures).toSvg() };
}

/** Random events, detected with a probability that rises with the energy and falls with the angle to the pointing. */
function loaded(random, nEvents, share, energyScale) {
  const columns = { true_energy: [], reco_energy: [], theta: [], true_source_fov_offset: [] };
  while (columns.theta.length < nEvents) {
    const energy = 1 / (1 / SHOWERS.energyMin - random.uniform() * (1 / SHOWERS.energyMin - 1 / SHOWERS.energyMax));
    const offset = MAX_OFFSET * Math.sqrt(random.uniform());
    const detected = (energy / (energy + 0.1)) ** 1.5 * Math.exp(-0.5 * (offset / 3) ** 2);
    if (random.uniform() > detected) continue;
    const scatter = 0.08 + 0.03 / Math.sqrt(energy);
    const bias = 0.03 / energy ** 0.5 - 0.02;
    const blur = 0.04 + 0.03 / Math.sqrt(energy) + 0.01 * offset;
    columns.true_energy.push(energy);
    columns.reco_energy.push(energyScale * energy * Math.exp(bias + scatter * random.normal()));
    columns.theta.push(Math.hypot(blur * random.normal(), blur * random.normal()));
    columns.true_source_fov_offset.push(offset);
  }
  const events = Table.of({
    true_energy: { values: columns.true_energy, unit: 'TeV' },
    reco_energy: { values: columns.reco_energy, unit: 'TeV' },
    theta: { values: columns.theta, unit: 'deg' },
    true_source_fov_offset: { values: columns.true_source_fov_offset, unit: 'deg' },
    reco_source_fov_offset: { values: columns.true_source_fov_offset, unit: 'deg' },
    weight: columns.theta.map(() => 1),
  });
  const showers = { ...SHOWERS, nShowers: (10 * nEvents) / share, viewconeMax: radians(MAX_OFFSET) };
  return { file: 'random', events, nRead: nEvents, showers, primaryIds: new Set() };
}
