import { TableReconstructor } from '@cherenkit/core';
import { degrees, radians, telescopeToAltAz } from '@cherenkit/kernels';
import { Table } from '@cherenkit/tables';

/** The direction on the image axis, at a distance from the centroid that increases with the elongation of the image. */
export class ElongationDisp extends TableReconstructor {
  static override readonly help = 'Directions from the shape of images.';
  static override readonly property = 'DISP';
  override readonly inputColumns = [
    'hillas_width',
    'hillas_length',
    'hillas_fov_lon',
    'hillas_fov_lat',
    'hillas_psi',
    'hillas_skewness',
    'telescope_pointing_altitude',
    'telescope_pointing_azimuth',
  ];

  override predictTable(table: Table): Table {
    const [width, length] = [table.numbers('hillas_width'), table.numbers('hillas_length')];
    const skewness = table.numbers('hillas_skewness');
    const disp = width.map((one, row) => Math.sign(skewness[row] ?? NaN) * (1 - one / (length[row] ?? NaN)));
    const [lon, lat] = ['hillas_fov_lon', 'hillas_fov_lat'].map((name) => table.numbers(name, 'rad'));
    const psi = table.numbers('hillas_psi', 'rad');
    const [alt, az] = ['telescope_pointing_altitude', 'telescope_pointing_azimuth'].map((name) =>
      table.numbers(name, 'rad'),
    );
    const directions = Array.from(disp, (one, row) => {
      const along = radians(one);
      const fovLon = (lon?.[row] ?? NaN) + along * Math.cos(psi[row] ?? NaN);
      const fovLat = (lat?.[row] ?? NaN) + along * Math.sin(psi[row] ?? NaN);
      return telescopeToAltAz({ fovLon, fovLat }, { alt: alt?.[row] ?? NaN, az: az?.[row] ?? NaN });
    });
    return Table.of({
      [`${this.name}_tel_parameter`]: { values: disp, unit: 'deg' },
      [`${this.name}_tel_sign_score`]: skewness.map((one) => Math.min(1, Math.abs(one))),
      [`${this.name}_tel_alt`]: { values: directions.map((one) => degrees(one.alt)), unit: 'deg' },
      [`${this.name}_tel_az`]: { values: directions.map((one) => degrees(one.az)), unit: 'deg' },
      [`${this.name}_tel_is_valid`]: directions.map((one) => Number.isFinite(one.alt)),
    });
  }
}
