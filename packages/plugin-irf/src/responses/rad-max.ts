import type { Table } from '@cherenkit/tables';
import { cutEdges, type ValidRange } from '../cuts/selection-cuts.js';
import { energyAxis, gadfResponse, offsetAxis, type BinnedResult } from './binned-result.js';

/** Table of the cuts on the direction, in one bin of the angle to the pointing. Source: pyirf 0.14 `create_rad_max_hdu`. */
export function radMax(thetaCuts: Table, { min, max }: ValidRange): BinnedResult {
  const axes = [energyAxis(cutEdges(thetaCuts)), offsetAxis(Float64Array.of(min, max))];
  const column = { name: 'RAD_MAX', unit: 'deg', values: thetaCuts.numbers('cut', 'deg') };
  return gadfResponse('RAD_MAX', { response: 'RAD_MAX', form: 'RAD_MAX_2D', isPointLike: true }, axes, column);
}
