import { defineObject } from './define-object.js';

/** Configuration of the shower and detector simulation. */
export interface McRunHeader {
  /** Shower program: 1 CORSIKA. */
  readonly showerProgId: number;
  readonly showerProgVers: number;
  /** Start time, Unix time, s. */
  readonly showerProgStart: number;
  /** Detector program: 1 sim_telarray. */
  readonly detectorProgId: number;
  readonly detectorProgVers: number;
  /** Start time, Unix time, s. */
  readonly detectorProgStart: number;
  /** Observation level above sea level, m. */
  readonly obsheight: number;
  readonly nShowers: number;
  /** Number of uses of each shower. */
  readonly nUse: number;
  readonly corePosMode: number;
  /** Minimum and maximum core distance, or widths along x and y, m; see `corePosMode`. */
  readonly coreRange: Float32Array;
  /** Minimum and maximum altitude, rad. */
  readonly altRange: Float32Array;
  /** Minimum and maximum azimuth, rad. */
  readonly azRange: Float32Array;
  readonly diffuse: number;
  /** Minimum and maximum opening angle, deg, unlike the other angles. */
  readonly viewcone: Float32Array;
  /** Minimum and maximum energy, TeV. */
  readonly eRange: Float32Array;
  readonly spectralIndex: number;
  /** Magnetic field, uT. */
  readonly bTotal: number;
  /** Inclination of the magnetic field, rad. */
  readonly bInclination: number;
  /** Declination of the magnetic field, rad. */
  readonly bDeclination: number;
  readonly injectionHeight: number;
  readonly atmosphere: number;
  readonly corsikaIactOptions: number;
  readonly corsikaLowEModel: number;
  readonly corsikaHighEModel: number;
  readonly corsikaBunchsize: number;
  /** Minimum wavelength of Cherenkov photons, nm. */
  readonly corsikaWlenMin: number;
  /** Maximum wavelength of Cherenkov photons, nm. */
  readonly corsikaWlenMax: number;
  readonly corsikaLowEDetail: number;
  readonly corsikaHighEDetail: number;
}

/** Object id that sim_telarray writes. */
const OBJECT_ID = -1;

/** Object 2001: simulation run header. Written by `write_hess_mcrunheader` in `io_hess.c`. */
export const MC_RUN_HEADER = defineObject<McRunHeader>({
  type: 2001,
  name: 'MCRunHeader',
  versions: [4],
  read: (reader) => ({
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
  writeVersion: 4,
  idOf: () => OBJECT_ID,
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
});
