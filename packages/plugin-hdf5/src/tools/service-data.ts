import {
  dataModel,
  type ProvenanceActivity,
  type SubarrayDescription,
  type TelescopeDescription,
} from '@cherenkit/core';
import { Table } from '@cherenkit/tables';
import { fileIdentity, formatUtc, type FileIdentity } from '../writer/reference-metadata.js';

/** A file of CTAO's service data: JSON, or a table in FITS or ECSV. */
export interface ServiceFile {
  /** Path below the output directory, with the folders. */
  readonly path: string;
  readonly content: object | Table;
}

/** Id of the array among those of the service data, as ctapipe writes it. */
const SUBARRAY_ID = 1;
const VERSION = '1.0';
const IDENTIFIERS_VERSION = '2.0';
const IDENTIFIERS = 'https://gitlab.cta-observatory.org/cta-computing/common/identifiers';

/** What the reference metadata of a file say of it. */
interface Product {
  readonly description: string;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly modelUrl: string;
  readonly format: 'json' | 'ecsv';
  readonly instrumentClass?: string;
}

/**
 * Yields the files of CTAO's service data for an array, from which ctapipe's `SubarrayDescription.from_service_data` creates
 * it. Files of telescopes, which are links to those of their type in ctapipe, are files of their own. Source: ctapipe 0.32
 * `DumpInstrumentTool.write_service_data`.
 *
 * @param source - input, for the metadata of the tables of cameras
 */
export function* serviceFiles(
  subarray: SubarrayDescription,
  source: string,
  activity: ProvenanceActivity | undefined,
): Generator<ServiceFile> {
  const { name, telIds, referenceLocation } = subarray;
  const site = referenceLocation.lat > 0 ? 'CTAO-North' : 'CTAO-South';
  const metadata = (product: Product): Record<string, string> =>
    referenceOf(product, site, fileIdentity(product.description, activity));
  const identifiers = (description: string, kind: string): Record<string, string> =>
    metadata({
      description,
      modelName: `ctao.common.identifiers.${kind}`,
      modelVersion: IDENTIFIERS_VERSION,
      modelUrl: IDENTIFIERS,
      format: 'json',
    });

  yield {
    path: 'instrument/instrument.meta.json',
    content: metadata({
      description: `Instrument description for ${name}`,
      modelName: 'CTAO Service Data',
      modelVersion: VERSION,
      modelUrl: '',
      format: 'json',
      instrumentClass: 'Subarray',
    }),
  };
  yield {
    path: 'instrument/array-element-ids.json',
    content: {
      metadata: identifiers(`Array element IDs for ${name}`, 'array_elements'),
      array_elements: telIds.map((id) => ({ id, name: `TEL${threeDigits(id)}` })),
    },
  };
  yield {
    path: 'instrument/subarray-ids.json',
    content: {
      metadata: identifiers(`Subarray IDs for ${name}`, 'subarrays'),
      subarrays: [{ id: SUBARRAY_ID, name, site, array_element_ids: telIds }],
    },
  };
  const positions = metadata({
    description: `Array element positions for ${name}`,
    modelName: 'unknown',
    modelVersion: 'unknown',
    modelUrl: 'unknown',
    format: 'ecsv',
  });
  yield {
    path: `instrument/positions/${site}_ArrayElementPositions.ecsv`,
    content: positionsTable(subarray, site, positions),
  };
  const types: TelescopeDescription[] = [];
  for (const [telId, telescope] of subarray.tel) {
    if (!types.some((type) => type.equals(telescope))) {
      const type = `TEL-TYPE-${String(types.length).padStart(2, '0')}`;
      types.push(telescope);
      yield* telescopeFiles(telescope, type, source);
    }
    yield* telescopeFiles(telescope, threeDigits(telId), source);
  }
}

function* telescopeFiles(
  { camera, optics }: TelescopeDescription,
  name: string,
  source: string,
): Generator<ServiceFile> {
  const base = `instrument/array-elements/${name}/${name}`;
  const ofCamera = ({ columns, meta }: Table): Table => new Table(columns.values(), { ...meta, SOURCE: source });
  const description = new Table([], {
    TAB_VER: '1.0',
    optics_name: optics.name,
    size_type: optics.sizeType,
    equivalent_focal_length: optics.equivalentFocalLength,
    effective_focal_length: optics.effectiveFocalLength,
    reflector_shape: optics.reflectorShape,
    n_mirrors: BigInt(optics.nMirrors),
    n_mirror_tiles: BigInt(optics.nMirrorTiles),
    mirror_area: optics.mirrorArea,
  });
  yield { path: `${base}.tel_optics.ecsv`, content: description };
  yield { path: `${base}.camgeom.fits.gz`, content: ofCamera(dataModel.geometryTable(camera.geometry)) };
  yield { path: `${base}.camreadout.fits.gz`, content: ofCamera(dataModel.readoutTable(camera.readout)) };
}

function positionsTable(subarray: SubarrayDescription, site: string, metadata: Record<string, string>): Table {
  const { telIds, tel, telCoords, referenceLocation } = subarray;
  const { x, y, z } = referenceLocation.itrs;
  const metres = (values: Float64Array): { values: Float32Array; unit: string } => ({
    values: Float32Array.from(values),
    unit: 'm',
  });
  return Table.of(
    {
      ae_id: { type: 'int64', values: telIds.map(BigInt) },
      name: Array.from(tel.values(), ({ name }) => name),
      x: metres(telCoords.x),
      y: metres(telCoords.y),
      z: metres(telCoords.z),
    },
    { reference_x: `${x} m`, reference_y: `${y} m`, reference_z: `${z} m`, site, ...metadata },
  );
}

/** Reference metadata with ctapipe's names. Source: ctapipe 0.32 `Reference.to_dict`. */
function referenceOf(
  product: Product,
  site: string,
  { productId, activity, stopTime }: FileIdentity,
): Record<string, string> {
  return {
    'CTA REFERENCE VERSION': '1',
    'CTA CONTACT EMAIL': 'unknown',
    'CTA CONTACT NAME': 'unknown',
    'CTA CONTACT ORGANIZATION': 'unknown',
    'CTA PRODUCT CREATION TIME': formatUtc(stopTime),
    'CTA PRODUCT DATA ASSOCIATION': 'Subarray',
    'CTA PRODUCT DATA CATEGORY': 'Other',
    'CTA PRODUCT DATA LEVELS': '',
    'CTA PRODUCT DATA MODEL NAME': product.modelName,
    'CTA PRODUCT DATA MODEL URL': product.modelUrl,
    'CTA PRODUCT DATA MODEL VERSION': product.modelVersion,
    'CTA PRODUCT DESCRIPTION': product.description,
    'CTA PRODUCT FORMAT': product.format,
    'CTA PRODUCT ID': productId,
    'CTA PROCESS ID': '',
    'CTA PROCESS SUBTYPE': '',
    'CTA PROCESS TYPE': 'Other',
    'CTA ACTIVITY ID': activity.id,
    'CTA ACTIVITY NAME': activity.name,
    'CTA ACTIVITY SOFTWARE NAME': 'cherenkit',
    'CTA ACTIVITY SOFTWARE VERSION': activity.softwareVersion,
    'CTA ACTIVITY START TIME': formatUtc(activity.startTime),
    'CTA ACTIVITY STOP TIME': formatUtc(stopTime),
    'CTA ACTIVITY TYPE': 'software',
    'CTA INSTRUMENT CLASS': product.instrumentClass ?? 'Other',
    'CTA INSTRUMENT ID': 'unspecified',
    'CTA INSTRUMENT SITE': site,
    'CTA INSTRUMENT SUBTYPE': 'unspecified',
    'CTA INSTRUMENT TYPE': 'unspecified',
    'CTA INSTRUMENT VERSION': 'unspecified',
  };
}

function threeDigits(id: number): string {
  return String(id).padStart(3, '0');
}
