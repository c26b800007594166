import { Container } from './container.js';
import { TelescopeImpactParameterContainer } from './dl2-container.js';
import { field } from './field.js';
import { ImageParametersContainer } from './image-parameters-container.js';

/** The true shower. */
export class SimulatedShowerContainer extends Container.withFields('true', {
  energy: field.float64('Energy of the primary particle', { unit: 'TeV' }),
  alt: field.float64('Altitude of the origin', { unit: 'deg' }),
  az: field.float64('Azimuth of the origin', { unit: 'deg' }),
  coreX: field.float64('Core position, towards north', { unit: 'm' }),
  coreY: field.float64('Core position, towards west', { unit: 'm' }),
  hFirstInt: field.float64('Height of the first interaction', { unit: 'm' }),
  xMax: field.float64('Depth of the shower maximum', { unit: 'g.cm**-2' }),
  startingGrammage: field.float64('Depth at which the particle was started', { unit: 'g.cm**-2' }),
  showerPrimaryId: field.int64('Primary particle as CORSIKA numbers it: 0 gamma, 1 electron, 101 proton', {
    initial: 32767,
  }),
}) {}

/** What the simulation knows of one telescope's part in the event. */
export class SimulatedCameraContainer extends Container.withFields('', {
  trueImageSum: field.int32('Photo-electrons from the shower in all pixels'),
  trueImage: field.int32Array('Photo-electrons from the shower in each pixel'),
  trueParameters: field.optional(ImageParametersContainer, 'Parameters of the true image'),
  impact: field.container(TelescopeImpactParameterContainer, 'True distance from the shower axis'),
}) {}

/** The truth about one event. */
export class SimulatedEventContainer extends Container.withFields('', {
  shower: field.optional(SimulatedShowerContainer, 'The true shower; none for calibration events'),
  tel: field.byTelescope(SimulatedCameraContainer),
}) {}

/** How the showers of a run were simulated. */
export class SimulationConfigContainer extends Container.withFields('', {
  runNumber: field.int32('Run'),
  corsikaVersion: field.int64('Version of CORSIKA, times 1000'),
  simtelVersion: field.int64('Version of sim_telarray'),
  energyRangeMin: field.float32('Lower limit of the energies', { unit: 'TeV' }),
  energyRangeMax: field.float32('Upper limit of the energies', { unit: 'TeV' }),
  prodSiteBTotal: field.float64('Geomagnetic field', { unit: 'uT' }),
  prodSiteBDeclination: field.float64('Declination of the geomagnetic field', { unit: 'rad' }),
  prodSiteBInclination: field.float64('Inclination of the geomagnetic field', { unit: 'rad' }),
  prodSiteAlt: field.float64('Height of the observatory above sea level', { unit: 'm' }),
  spectralIndex: field.float64('Index of the power law of the energies'),
  showerProgStart: field.int64('Start of the shower simulation, unix time'),
  showerProgId: field.int64('Program of the shower simulation: 1 CORSIKA'),
  detectorProgStart: field.int64('Start of the detector simulation, unix time'),
  detectorProgId: field.int64('Program of the detector simulation: 1 sim_telarray'),
  nShowers: field.int64('Showers simulated'),
  showerReuse: field.int64('Uses of each shower'),
  maxAlt: field.float32('Largest altitude', { unit: 'rad' }),
  minAlt: field.float32('Smallest altitude', { unit: 'rad' }),
  maxAz: field.float32('Largest azimuth', { unit: 'rad' }),
  minAz: field.float32('Smallest azimuth', { unit: 'rad' }),
  diffuse: field.int64('Whether the directions were diffuse', { initial: 0 }),
  maxViewconeRadius: field.float32('Largest angle from the centre of the view cone', { unit: 'deg' }),
  minViewconeRadius: field.float32('Smallest angle from the centre of the view cone', { unit: 'deg' }),
  maxScatterRange: field.float32('Largest distance of the cores', { unit: 'm' }),
  minScatterRange: field.float32('Smallest distance of the cores', { unit: 'm' }),
  corePosMode: field.int64('Shape in which the cores were scattered: 0 fixed, 1 circle, 2 rectangle'),
  atmosphere: field.int64('Model of the atmosphere'),
  corsikaIactOptions: field.int64('Options of the IACT part of CORSIKA'),
  corsikaLowEModel: field.int64('Hadronic model at low energies'),
  corsikaHighEModel: field.int64('Hadronic model at high energies'),
  corsikaBunchsize: field.float64('Photons per bunch'),
  corsikaWlenMin: field.float64('Shortest wavelength of the photons', { unit: 'nm' }),
  corsikaWlenMax: field.float64('Longest wavelength of the photons', { unit: 'nm' }),
  corsikaLowEDetail: field.int64('Details of the hadronic model at low energies'),
  corsikaHighEDetail: field.int64('Details of the hadronic model at high energies'),
}) {}

/** How many showers were simulated, by energy and core distance. */
export class SimulatedShowerDistribution extends Container.withFields('', {
  obsId: field.int32('Observation block'),
  histId: field.int64('Histogram in the file'),
  nEntries: field.int64('Showers in the histogram'),
  binsEnergy: field.float64Array('Edges of the energy bins', 'TeV'),
  binsCoreDist: field.float64Array('Edges of the core distance bins', 'm'),
  histogram: field.float64Array('Showers per energy bin (rows) and core distance bin (columns)'),
}) {}
