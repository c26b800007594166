import { sizeTypeFromMirrorArea, type GuessedTelescope, type ReflectorShape } from '@cherenkit/core';
import type { SquareMetres } from '@cherenkit/kernels';
import type { HistoryMeta } from '../objects/history-meta.js';

/** Values of the parameter MIRROR_CLASS. */
const MirrorClass = { SEGMENTED: 0, SOLID_PARABOLIC: 1, DUAL: 2 } as const;

/**
 * Identifies a telescope from its simulation parameters OPTICS_CONFIG_NAME, CAMERA_CONFIG_NAME and MIRROR_CLASS.
 * Undefined if one of them is missing or the mirror class is unknown.
 *
 * Source: ctapipe 0.32 `_telescope_from_meta`.
 */
export function telescopeFromMeta(meta: HistoryMeta, mirrorArea: SquareMetres): GuessedTelescope | undefined {
  const name = meta.get('OPTICS_CONFIG_NAME');
  const cameraName = meta.get('CAMERA_CONFIG_NAME');
  const mirrorClass = Number(meta.get('MIRROR_CLASS') ?? NaN);
  if (name === undefined || cameraName === undefined) return undefined;
  if (
    mirrorClass !== MirrorClass.SEGMENTED &&
    mirrorClass !== MirrorClass.SOLID_PARABOLIC &&
    mirrorClass !== MirrorClass.DUAL
  ) {
    return undefined;
  }
  return {
    type: sizeTypeFromMirrorArea(mirrorArea),
    name,
    cameraName,
    nMirrors: mirrorClass === MirrorClass.DUAL ? 2 : 1,
    reflectorShape: reflectorShape(meta, mirrorClass),
  };
}

function reflectorShape(meta: HistoryMeta, mirrorClass: number): ReflectorShape {
  if (mirrorClass === MirrorClass.DUAL) return 'SCHWARZSCHILD_COUDER';
  if (mirrorClass !== MirrorClass.SEGMENTED) return 'UNKNOWN';
  const number = (key: string) => Number(meta.get(key) ?? 0);
  if (number('PARABOLIC_DISH') === 1) return 'PARABOLIC';
  return number('DISH_SHAPE_Length') === number('FOCAL_Length') ? 'DAVIES_COTTON' : 'HYBRID';
}
