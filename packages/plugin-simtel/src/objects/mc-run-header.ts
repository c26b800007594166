import { objectKind } from './object-kind.js';

/** How the showers and the detector were simulated. */
export interface McRunHeader {
  /** 1 is CORSIKA. */
  readonly showerProgId: number;
  readonly showerProgVers: number;
  /** Unix time, s. */
  readonly showerProgStart: number;
  /** 1 is sim_telarray. */
  readonly detectorProgId: number;
  readonly detectorProgVers: number;
  /** Unix time, s. */
  readonly detectorProgStart: number;
  /** Height of the observatory above sea level, m. */
  readonly obsheight: number;
  readonly nShowers: number;
  /** Uses of each shower. */
  readonly nUse: number;
  readonly corePosMode: number;
  /** m. */
  readonly coreRange: Float32Array;
  /** rad. */
  readonly altRange: Float32Array;
  /** rad. */
  readonly azRange: Float32Array;
  readonly diffuse: number;
  /** deg, alone among the angles here. */
  readonly viewcone: Float32Array;
  /** TeV. */
  readonly eRange: Float32Array;
  readonly spectralIndex: number;
  /** Microtesla. */
  readonly bTotal: number;
  /** rad. */
  readonly bInclination: number;
  /** rad. */
  readonly bDeclination: number;
  readonly injectionHeight: number;
  readonly atmosphere: number;
  readonly corsikaIactOptions: number;
  readonly corsikaLowEModel: number;
  readonly corsikaHighEModel: number;
  readonly corsikaBunchsize: number;
  /** nm. */
  readonly corsikaWlenMin: number;
  /** nm. */
  readonly corsikaWlenMax: number;
  readonly corsikaLowEDetail: number;
  readonly corsikaHighEDetail: number;
}

/** The header of the simulation has none. */
const NO_ID = -1;

/** Object 2001: the header of the simulation. Written by `write_hess_mcrunheader`. */
export const MC_RUN_HEADER = objectKind<McRunHeader>(
  2001,
  'MCRunHeader',
  [4],
  (reader) => ({
    showerProgId: reader.int32(),
    showerProgVers: reader.int32(),
    showerProgStart: reader.int32(),
    detectorProgId: reader.int32(),
    detectorProgVers: reader.int32(),
    detectorProgStart: reader.int32(),
    obsheight: reader.float32(),
    nShowers: reader.int32(),
    nUse: reader.int32(),
    corePosMode: reader.int32(),
    coreRange: reader.float32s(2),
    altRange: reader.float32s(2),
    azRange: reader.float32s(2),
    diffuse: reader.int32(),
    viewcone: reader.float32s(2),
    eRange: reader.float32s(2),
    spectralIndex: reader.float32(),
    bTotal: reader.float32(),
    bInclination: reader.float32(),
    bDeclination: reader.float32(),
    injectionHeight: reader.float32(),
    atmosphere: reader.int32(),
    corsikaIactOptions: reader.int32(),
    corsikaLowEModel: reader.int32(),
    corsikaHighEModel: reader.int32(),
    corsikaBunchsize: reader.float32(),
    corsikaWlenMin: reader.float32(),
    corsikaWlenMax: reader.float32(),
    corsikaLowEDetail: reader.int32(),
    corsikaHighEDetail: reader.int32(),
  }),
  {
    version: 4,
    idOf: () => NO_ID,
    write(writer, header) {
      writer.int32(header.showerProgId);
      writer.int32(header.showerProgVers);
      writer.int32(header.showerProgStart);
      writer.int32(header.detectorProgId);
      writer.int32(header.detectorProgVers);
      writer.int32(header.detectorProgStart);
      writer.float32(header.obsheight);
      writer.int32(header.nShowers);
      writer.int32(header.nUse);
      writer.int32(header.corePosMode);
      writer.float32s(header.coreRange);
      writer.float32s(header.altRange);
      writer.float32s(header.azRange);
      writer.int32(header.diffuse);
      writer.float32s(header.viewcone);
      writer.float32s(header.eRange);
      writer.float32(header.spectralIndex);
      writer.float32(header.bTotal);
      writer.float32(header.bInclination);
      writer.float32(header.bDeclination);
      writer.float32(header.injectionHeight);
      writer.int32(header.atmosphere);
      writer.int32(header.corsikaIactOptions);
      writer.int32(header.corsikaLowEModel);
      writer.int32(header.corsikaHighEModel);
      writer.float32(header.corsikaBunchsize);
      writer.float32(header.corsikaWlenMin);
      writer.float32(header.corsikaWlenMax);
      writer.int32(header.corsikaLowEDetail);
      writer.int32(header.corsikaHighEDetail);
    },
  },
);
