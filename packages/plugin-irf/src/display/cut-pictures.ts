import type { Picture } from '@cherenkit/display';
import { cutEdges, type SelectionCuts } from '../cuts/selection-cuts.js';
import { energyAxes, type IrfPictureOptions } from './binned-table.js';

/** Draws cuts on gammaness, angle to the source and number of telescopes; the range in which they are valid is shaded. */
export function cutPictures(cuts: SelectionCuts, options: IrfPictureOptions = {}): Picture[] {
  const tables = [
    ['Cut on gammaness', `least ${cuts.classifier} prediction`, cuts.gh, undefined],
    ['Cut on the direction', 'largest angle to the source (deg)', cuts.theta, 'deg'],
    ['Cut on the multiplicity', 'least number of telescopes', cuts.multiplicity, undefined],
  ] as const;
  const { min, max } = cuts.validEnergy;
  const { theme = 'light' } = options;
  return tables.flatMap(([title, yLabel, table, unit]): Picture[] => {
    if (table === undefined) return [];
    const axes = energyAxes(title, yLabel, options, { xLabel: 'reconstructed energy (TeV)' });
    axes.shade({ x: [min, max] }, { color: theme === 'dark' ? '#2f3a48' : '#e4ecf5' });
    return [axes.steps(cutEdges(table), table.numbers('cut', unit), { color: 'tab:blue' })];
  });
}
