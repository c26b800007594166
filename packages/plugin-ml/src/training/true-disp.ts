import { altAzToTelescope, degrees } from '@cherenkit/kernels';
import { columnFrom, type Column, type Table } from '@cherenkit/tables';
import { pointingsOf } from '../reconstruction/telescope-pointing-columns.js';

/**
 * True disp of telescope events, degrees: the distance of the source from the centroid of the image, with the sign of its projection on the
 * image axis. Source: ctapipe 0.32 `compute_true_disp`.
 *
 * @param projects - whether the distance is that along the image axis
 */
export function trueDisp(table: Table, projects: boolean): Column {
  const pointings = pointingsOf(table);
  const [alt, az] = ['true_alt', 'true_az'].map((name) => table.numbers(name, 'rad'));
  const [lon, lat, psi] = ['fov_lon', 'fov_lat', 'psi'].map((name) => table.numbers(`hillas_${name}`, 'rad'));
  const values = Float64Array.from({ length: table.nRows }, (_, row) => {
    const pointing = { alt: pointings.alt[row], az: pointings.az[row] };
    const source = altAzToTelescope({ alt: alt[row], az: az[row] }, pointing);
    const deltaLon = source.fovLon - lon[row];
    const deltaLat = source.fovLat - lat[row];
    const along = Math.cos(psi[row]) * deltaLon + Math.sin(psi[row]) * deltaLat;
    const distance = projects ? Math.abs(along) : Math.hypot(deltaLon, deltaLat);
    return degrees(Math.sign(along) * distance);
  });
  return columnFrom('true_disp', { values, unit: 'deg', description: 'True disp' });
}
