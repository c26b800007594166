/**
 * Array elements and positions of CTAO North, and cameras, as plain data: files of real telescopes do not describe their
 * instrument.
 *
 * ```ts
 * console.log(CTAO_NORTH.elements.find(({ id }) => id === 1)?.name); // LSTN-01
 * console.log(LST_CAM.geometry.pixX.length); // 1855
 * ```
 */
export type { ArrayElement, ArraySite, ArraySubset } from './array-site.js';
export type { CameraData } from './camera-data.js';
export { CTAO_NORTH } from './ctao-north-data.js';
export { LST_CAM } from './lst-cam-data.js';
export { NECTAR_CAM } from './nectar-cam-data.js';
