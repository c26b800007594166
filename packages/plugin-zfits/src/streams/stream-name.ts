/** Names of the conventions for the files of a telescope. Source: ctapipe_io_zfits 0.5 `filename_conventions`. */
export const NAMING_CONVENTIONS = ['acada_dpps_icd', 'acada_rel1', 'lst'] as const;
export type NamingConvention = (typeof NAMING_CONVENTIONS)[number] | 'nectarcam' | 'triggers';

/** Parts of the name of a file: the run, its stream, and the number of the file in the stream. */
export interface StreamName {
  readonly name: string;
  /** Process that wrote the file; several write the events of a telescope in parallel. */
  readonly stream: string;
  /** Number of the file in the stream: chunk or subrun. */
  readonly chunk: number;
  /** Time at which the file was created, as 20231013T220427; empty if the convention has none. */
  readonly timestamp: string;
  /** Parts that are the same for all files of a run of a telescope. */
  readonly run: string;
}

const PATTERNS: Readonly<Record<NamingConvention, RegExp>> = {
  // TEL001_SDH0001_20231013T220427_SBID0000000002000000013_OBSID0000000002000000027_TEL_SHOWER_CHUNK000.fits.fz
  acada_dpps_icd:
    /^(?<tel>TEL\d+)_(?<stream>SDH\d+)_(?<timestamp>\d{8}T\d{6})(?<ids>(?:_SBID\d+)?(?:_OBSID\d+)?(?:_\w+?)?)_CHUNK(?<chunk>\d+)(?<suffix>.*)$/,
  // Tel001_SDH_3001_20231003T204445_sbid2000000008_obid2000000016_9.fits.fz
  acada_rel1:
    /^(?<tel>Tel\d+)_(?<stream>SDH_\d+)_(?<timestamp>\d{8}T\d{6})(?<ids>_sbid\d+_obid\d+)_(?<chunk>\d+)(?<suffix>.*)$/,
  // LST-1.1.Run02008.0000.fits.fz
  lst: /^(?<tel>LST-\d+)\.(?<stream>\d+)\.(?<ids>Run\d+)\.(?<chunk>\d+)(?<suffix>.*)$/,
  // SUB001_SWAT001_20231013T220427_SBID0000000002000002008_OBSID0000000002000002108_SUBARRAY_CHUNK000.fits.fz
  triggers:
    /^(?<tel>SUB\d+)_(?<stream>SWAT\d+)_(?<timestamp>\d{8}T\d{6})(?<ids>(?:_SBID\d+)?(?:_OBSID\d+)?(?:_\w+?)?)_CHUNK(?<chunk>\d+)(?<suffix>.*)$/,
  // NectarCAM.Run6000.0000.fits.fz: the names do not distinguish parallel files from those that follow.
  nectarcam: /^(?<tel>NectarCAM)(?<stream>)\.(?<ids>Run\d+)\.(?<chunk>\d+)(?<suffix>.*)$/,
};

/** Parses the name of a file, without folders; undefined if it does not follow the convention. */
export function parseStreamName(name: string, convention: NamingConvention): StreamName | undefined {
  const groups = PATTERNS[convention].exec(name)?.groups;
  if (groups === undefined || !/\.fits\.fz$/.test(name)) return undefined;
  const { tel, stream, timestamp = '', ids, chunk, suffix } = groups;
  return { name, stream, chunk: Number(chunk), timestamp, run: [tel, ids, suffix].join(' ') };
}
