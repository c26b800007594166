import { TableReconstructor } from '@cherenkit/core';
import { Table } from '@cherenkit/tables';

/** Gamma-ray score from the ratio of width to length, which is small for gamma rays. */
export class WidthClassifier extends TableReconstructor {
  static override readonly help = 'Particle types from width and length of images.';
  static override readonly property = 'PARTICLE_TYPE';
  override readonly inputColumns = ['hillas_width', 'hillas_length'];

  override predictTable(table: Table): Table {
    const length = table.numbers('hillas_length');
    const prediction = table.numbers('hillas_width').map((width, row) => 1 - width / (length[row] ?? NaN));
    return Table.of({
      [`${this.name}_tel_prediction`]: prediction,
      [`${this.name}_tel_is_valid`]: Array.from(prediction, (score) => score >= 0),
    });
  }
}
