import { CherenkitError, ExitCode, nameSome, trait, type Logger } from '@cherenkit/core';
import { isPointLike } from '@cherenkit/kernels';
import { Table } from '@cherenkit/tables';
import type { LoadedEvents } from '../events/dl2-event-loader.js';
import { spectrumNames } from '../events/event-weighter.js';
import { refusedIrf } from '../irf-error.js';

/** Particles whose events are loaded. */
export type Particle = 'gammas' | 'protons' | 'electrons';

/** Traits of tools that load gammas, protons and electrons. */
export const PARTICLE_TRAITS = {
  gammaFile: trait.optional(trait.path({ help: 'DL2 file of gammas.' })),
  gammaTargetSpectrum: trait.oneOf(spectrumNames, {
    default: 'CRAB_HEGRA',
    help: 'Spectrum to which gammas are weighted.',
  }),
  protonFile: trait.optional(trait.path({ help: 'DL2 file of protons.' })),
  protonTargetSpectrum: trait.oneOf(spectrumNames, {
    default: 'IRFDOC_PROTON_SPECTRUM',
    help: 'Spectrum to which protons are weighted.',
  }),
  electronFile: trait.optional(trait.path({ help: 'DL2 file of electrons.' })),
  electronTargetSpectrum: trait.oneOf(spectrumNames, {
    default: 'IRFDOC_ELECTRON_SPECTRUM',
    help: 'Spectrum to which electrons are weighted.',
  }),
  chunkSize: trait.integer({ default: 100_000, minimum: 1, help: 'Number of events to read at once.' }),
  obsTime: trait.quantity({
    default: 50,
    unit: 'h',
    exclusiveMinimum: 0,
    help: 'Observation time to which events are weighted, for the sensitivity and the background rate.',
  }),
  overwrite: trait.boolean({ default: false, help: 'Replace existing output files.' }),
};

export const SECONDS_PER_HOUR = 3600;

/** @throws CherenkitError INPUT_NOT_NAMED (2) for a file that is not given */
export function requiredFile(path: string | undefined, flag: string, purpose: string): string {
  if (path !== undefined && path !== '') return path;
  throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, `${purpose} needs a file. Give ${flag} FILE.`);
}

/** Describes what was loaded, as a table for the output. */
export function inputsTable(loaded: ReadonlyMap<Particle, Omit<LoadedEvents, 'events'>>, seconds: number): Table {
  const rows = [...loaded];
  const of = (value: (input: Omit<LoadedEvents, 'events'>) => number): Float64Array =>
    Float64Array.from(rows, ([, input]) => value(input));
  return Table.of({
    particle: rows.map(([particle]) => particle),
    file: rows.map(([, { file }]) => file.replace(/[^\x20-\x7e]+/g, encodeURIComponent)),
    n_showers: of(({ showers }) => showers.nShowers),
    n_events: of(({ nRead }) => nRead),
    n_preselected: of(({ nPreselected }) => nPreselected),
    energy_min: { values: of(({ showers }) => showers.energyMin), unit: 'TeV' },
    energy_max: { values: of(({ showers }) => showers.energyMax), unit: 'TeV' },
    spectral_index: of(({ showers }) => showers.spectralIndex),
    max_impact: { values: of(({ showers }) => showers.maxImpact), unit: 'm' },
    viewcone_min: { values: of(({ showers }) => (showers.viewconeMin * 180) / Math.PI), unit: 'deg' },
    viewcone_max: { values: of(({ showers }) => (showers.viewconeMax * 180) / Math.PI), unit: 'deg' },
    pointing_alt: { values: of(({ pointing }) => pointing.alt), unit: 'deg' },
    pointing_az: { values: of(({ pointing }) => pointing.az), unit: 'deg' },
    obs_time: { values: of(() => seconds), unit: 's' },
  });
}

/** Ids of particles in simulations of CORSIKA and sim_telarray. Those of electrons and positrons differ in sign. */
const PRIMARY_IDS: Readonly<Record<Particle, readonly number[]>> = { gammas: [0], electrons: [1, -1], protons: [101] };

const KNOWN_PARTICLES = Object.entries(PRIMARY_IDS);

/**
 * Reports how many events were selected, and warns of particles that are neither gammas, protons nor electrons.
 *
 * @throws CherenkitError IRF_REFUSED (2) for gammas, protons or electrons in the place of others
 */
export function checkLoaded(logger: Logger, particle: Particle, loaded: LoadedEvents): void {
  const { file, nPreselected, nRead, showers, primaryIds } = loaded;
  const others = [...primaryIds].filter((id) => !PRIMARY_IDS[particle].includes(id));
  const known = others.flatMap((id) => KNOWN_PARTICLES.find(([, ids]) => ids.includes(id))?.[0] ?? []);
  const given = `${file}: given as the file of ${particle}, but true_shower_primary_id is that of`;
  if (known.length > 0) {
    throw refusedIrf(
      `${given} ${nameSome([...new Set(known)])}. Check --gamma-file, --proton-file and --electron-file.`,
    );
  }
  if (others.length > 0) logger.warning(`${given} particles ${nameSome(others)}.`);
  const source = isPointLike(showers) ? 'from one direction' : 'diffuse';
  logger.info(`${file}: ${nPreselected} of ${nRead} ${particle} (${source}) meet the quality criteria.`);
}
