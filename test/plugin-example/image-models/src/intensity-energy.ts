import { TableReconstructor, trait } from '@cherenkit/core';
import { Table } from '@cherenkit/tables';

/** Energy proportional to the intensity of an image and to its impact distance. */
export class IntensityEnergy extends TableReconstructor.withTraits({
  intensityPerTev: trait.number({
    default: 500,
    minimum: 1,
    unit: 'pe',
    help: 'Intensity of an image of a shower of 1 TeV at 100 m.',
  }),
}) {
  static override readonly help = 'Energies from intensities and impact distances of images.';
  static override readonly property = 'ENERGY';
  override readonly inputColumns = ['hillas_intensity', 'HillasReconstructor_tel_impact_distance'];

  override predictTable(table: Table): Table {
    const distance = table.numbers('HillasReconstructor_tel_impact_distance', 'm');
    const energy = table
      .numbers('hillas_intensity')
      .map((intensity, row) => ((intensity / this.traits.intensityPerTev) * (distance[row] ?? NaN)) / 100);
    return Table.of({
      [`${this.name}_tel_energy`]: { values: energy, unit: 'TeV' },
      [`${this.name}_tel_is_valid`]: Array.from(energy, (one) => one > 0),
    });
  }
}
