// Figure of docs/algorithms: what each step rejects.
import { Drawing } from './drawing.mjs';

const STEPS = [
  ['event', ''],
  ['EventTypeFilter', 'events of other types'],
  ['SoftwareTrigger', 'telescopes, events with too few'],
  ['ImageCleaner', 'images without a pixel'],
  ['ImageQualityQuery', 'images that fail a criterion'],
  ['StereoQualityQuery', 'images, for a reconstructor'],
];

export function selectionFigure() {
  const drawing = new Drawing('what each step rejects');
  STEPS.forEach(([name, rejected], i) => {
    const y = 1.1 - 0.45 * i;
    if (i > 0) drawing.arrow([-0.75, y + 0.32], [-0.75, y + 0.13], '', 'axis');
    drawing.box([-1.3, y - 0.13], [-0.2, y + 0.13], name);
    if (rejected) {
      drawing.arrow([-0.2, y], [-0.02, y], '', 'value');
      drawing.text([0.04, y], rejected, 'value');
    }
  });
  return { 'algorithms/selection.svg': drawing.svg() };
}
