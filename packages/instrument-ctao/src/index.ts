/**
 * Array elements, positions and cameras of CTAO North, as plain data: files of real telescopes do not describe their
 * instrument.
 *
 * ```ts
 * console.log(CTAO_NORTH.elements.find(({ id }) => id === 1)?.name); // LSTN-01
 * console.log(LST_CAM.geometry.pixX.length); // 1855
 * ```
 */
export { CTAO_NORTH, type ArrayElement, type ArraySite, type ArraySubset } from './ctao-north-data.js';
export { LST_CAM, type CameraData } from './lst-cam-data.js';
