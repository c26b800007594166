import { Container } from './container.js';
import { TelescopeImpactParameterContainer } from './dl2-container.js';
import { field } from './field.js';
import { ImageParametersContainer } from './image-parameters-container.js';

/** True properties of a simulated shower. */
export class SimulatedShowerContainer extends Container.withFields('true', {
  /** Energy of the primary particle, TeV. */
  energy: field.float64('Energy of the primary particle', { unit: 'TeV' }),
  /** Altitude of the origin, rad. */
  alt: field.float64('Altitude of the origin', { unit: 'deg' }),
  /** Azimuth of the origin, rad. */
  az: field.float64('Azimuth of the origin', { unit: 'deg' }),
  /** Core position, towards north, m. */
  coreX: field.float64('Core position, towards north', { unit: 'm' }),
  /** Core position, towards west, m. */
  coreY: field.float64('Core position, towards west', { unit: 'm' }),
  /** Height of the first interaction, m. */
  hFirstInt: field.float64('Height of the first interaction', { unit: 'm' }),
  /** Depth of the shower maximum, g.cm**-2. */
  xMax: field.float64('Depth of the shower maximum', { unit: 'g.cm**-2' }),
  /** Depth at which the particle was started, g.cm**-2. */
  startingGrammage: field.float64('Depth at which the particle was started', { unit: 'g.cm**-2' }),
  /** Primary particle as CORSIKA numbers it: 0 gamma, 1 electron, 101 proton. */
  showerPrimaryId: field.int64('Primary particle as CORSIKA numbers it: 0 gamma, 1 electron, 101 proton', {
    initial: 32767,
  }),
}) {}

/** True image and impact distance for one telescope. */
export class SimulatedCameraContainer extends Container.withFields('', {
  /** Photo-electrons from the shower in all pixels. */
  trueImageSum: field.int32('Photo-electrons from the shower in all pixels'),
  /** Photo-electrons from the shower in each pixel. */
  trueImage: field.int32Array('Photo-electrons from the shower in each pixel', { dims: ['n_pixels'] }),
  /** Parameters of the true image. */
  trueParameters: field.optional(ImageParametersContainer, 'Parameters of the true image'),
  /** True distance from the shower axis. */
  impact: field.container(TelescopeImpactParameterContainer, 'True distance from the shower axis'),
}) {}

/** Simulation truth of an event. */
export class SimulatedEventContainer extends Container.withFields('', {
  /** The true shower; none for calibration events. */
  shower: field.optional(SimulatedShowerContainer, 'The true shower; none for calibration events'),
  /** Truth for each telescope, by telescope id. */
  tel: field.byTelescope(SimulatedCameraContainer, 'Truth for each telescope, by telescope id'),
}) {}

/** Configuration of the shower and detector simulation of a run. */
export class SimulationConfigContainer extends Container.withFields('', {
  /** Run. */
  runNumber: field.int32('Run'),
  /** Version of CORSIKA, times 1000. */
  corsikaVersion: field.int64('Version of CORSIKA, times 1000'),
  /** Version of sim_telarray. */
  simtelVersion: field.int64('Version of sim_telarray'),
  /** Lower limit of the energies, TeV. */
  energyRangeMin: field.float32('Lower limit of the energies', { unit: 'TeV' }),
  /** Upper limit of the energies, TeV. */
  energyRangeMax: field.float32('Upper limit of the energies', { unit: 'TeV' }),
  /** Geomagnetic field, uT. */
  prodSiteBTotal: field.float64('Geomagnetic field', { unit: 'uT' }),
  /** Declination of the geomagnetic field, rad. */
  prodSiteBDeclination: field.float64('Declination of the geomagnetic field', { unit: 'rad' }),
  /** Inclination of the geomagnetic field, rad. */
  prodSiteBInclination: field.float64('Inclination of the geomagnetic field', { unit: 'rad' }),
  /** Height of the observatory above sea level, m. */
  prodSiteAlt: field.float64('Height of the observatory above sea level', { unit: 'm' }),
  /** Index of the power law of the energies. */
  spectralIndex: field.float64('Index of the power law of the energies'),
  /** Start of the shower simulation, unix time. */
  showerProgStart: field.int64('Start of the shower simulation, unix time'),
  /** Program of the shower simulation: 1 CORSIKA. */
  showerProgId: field.int64('Program of the shower simulation: 1 CORSIKA'),
  /** Start of the detector simulation, unix time. */
  detectorProgStart: field.int64('Start of the detector simulation, unix time'),
  /** Program of the detector simulation: 1 sim_telarray. */
  detectorProgId: field.int64('Program of the detector simulation: 1 sim_telarray'),
  /** Showers simulated. */
  nShowers: field.int64('Showers simulated'),
  /** Uses of each shower. */
  showerReuse: field.int64('Uses of each shower'),
  /** Largest altitude, rad. */
  maxAlt: field.float32('Largest altitude', { unit: 'rad' }),
  /** Smallest altitude, rad. */
  minAlt: field.float32('Smallest altitude', { unit: 'rad' }),
  /** Largest azimuth, rad. */
  maxAz: field.float32('Largest azimuth', { unit: 'rad' }),
  /** Smallest azimuth, rad. */
  minAz: field.float32('Smallest azimuth', { unit: 'rad' }),
  /** Whether the directions were diffuse. */
  diffuse: field.int64('Whether the directions were diffuse', { initial: 0 }),
  /** Largest angle from the centre of the view cone, rad. */
  maxViewconeRadius: field.float32('Largest angle from the centre of the view cone', { unit: 'deg' }),
  /** Smallest angle from the centre of the view cone, rad. */
  minViewconeRadius: field.float32('Smallest angle from the centre of the view cone', { unit: 'deg' }),
  /** Largest distance of the cores, m. */
  maxScatterRange: field.float32('Largest distance of the cores', { unit: 'm' }),
  /** Smallest distance of the cores, m. */
  minScatterRange: field.float32('Smallest distance of the cores', { unit: 'm' }),
  /** Shape in which the cores were scattered: 0 fixed, 1 circle, 2 rectangle. */
  corePosMode: field.int64('Shape in which the cores were scattered: 0 fixed, 1 circle, 2 rectangle'),
  /** Model of the atmosphere. */
  atmosphere: field.int64('Model of the atmosphere'),
  /** Options of the IACT part of CORSIKA. */
  corsikaIactOptions: field.int64('Options of the IACT part of CORSIKA'),
  /** Hadronic model at low energies. */
  corsikaLowEModel: field.int64('Hadronic model at low energies'),
  /** Hadronic model at high energies. */
  corsikaHighEModel: field.int64('Hadronic model at high energies'),
  /** Photons per bunch. */
  corsikaBunchsize: field.float64('Photons per bunch'),
  /** Shortest wavelength of the photons, m. */
  corsikaWlenMin: field.float64('Shortest wavelength of the photons', { unit: 'nm' }),
  /** Longest wavelength of the photons, m. */
  corsikaWlenMax: field.float64('Longest wavelength of the photons', { unit: 'nm' }),
  /** Details of the hadronic model at low energies. */
  corsikaLowEDetail: field.int64('Details of the hadronic model at low energies'),
  /** Details of the hadronic model at high energies. */
  corsikaHighEDetail: field.int64('Details of the hadronic model at high energies'),
}) {}

/** Histogram of the simulated showers, by energy and core distance. */
export class SimulatedShowerDistribution extends Container.withFields('', {
  /** Observation Block ID. */
  obsId: field.int32('Observation Block ID'),
  /** Histogram ID. */
  histId: field.int64('Histogram ID'),
  /** Showers in the histogram. */
  nEntries: field.int64('Showers in the histogram'),
  /** Edges of the energy bins, TeV. */
  binsEnergy: field.float64Array('Edges of the energy bins', { unit: 'TeV', dims: ['n_energy_edges'] }),
  /** Edges of the core distance bins, m. */
  binsCoreDist: field.float64Array('Edges of the core distance bins', { unit: 'm', dims: ['n_distance_edges'] }),
  /** Showers per energy bin (rows) and core distance bin (columns). */
  histogram: field.float64Array('Showers per energy bin (rows) and core distance bin (columns)', {
    dims: ['n_energies', 'n_distances'],
  }),
}) {}
