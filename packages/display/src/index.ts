export { CameraDisplay } from './camera/camera-display.js';
export type {
  CameraDisplayOptions,
  CoordinateOptions,
  EllipsePlace,
  HighlightOptions,
  MomentsOptions,
  MuonRing,
  OverlayOptions,
  OverlayStyle,
} from './camera/camera-display-options.js';
export type { CameraViewFrame } from './camera/camera-plane.js';
export type { PixelSelection } from './camera/pixel-mask.js';
export { hillasOverlay, type HillasOverlay, type HillasParameters } from './camera/hillas-overlay.js';
export { COLOR_MAP_NAMES, ColorMap, colorMap } from './color/color-map.js';
export { ColorNorm, limitsOf, type NormName, type ValueLimits } from './color/color-norm.js';
export type { Theme, ThemeName } from './layout/theme.js';
export { AxisTransform, type AxisLimits } from './scene/axis-transform.js';
export { indexRaster, type IndexRaster } from './scene/index-raster.js';
export { fillDots, paint, type PaintContext, type PaintOptions } from './scene/paint.js';
export { ChangingPicture, Picture } from './scene/picture.js';
export { PixelLayout, type PixelOutline } from './scene/pixel-layout.js';
export type * from './scene/scene.js';
export { toSvg } from './scene/to-svg.js';
export { ArrayDisplay } from './array/array-display.js';
export type {
  ArrayDisplayOptions,
  ContourOptions,
  LineOptions,
  PerTelescope,
  ScatterOptions,
  VectorOptions,
} from './array/array-display-options.js';
export type { ArrayViewFrame } from './array/array-frame.js';
export { contourLines } from './array/contour-lines.js';
export { telescopeTypeColors } from './array/telescope-colors.js';
export { axisTicks, type AxisTick } from './layout/axis-ticks.js';
export type { MarkerName } from './layout/marker-marks.js';
export {
  AxesDisplay,
  type AxesDisplayOptions,
  type AxesLineOptions,
  type AxesPointOptions,
  type AxesTextOptions,
  type HeatMapOptions,
} from './views/axes-display.js';
export { SkyDisplay, type SkyDisplayOptions, type SkyImage, type SummedImage } from './views/sky-display.js';
export { subplots, type SubplotsOptions } from './views/subplots.js';
export { WaveformDisplay, type WaveformDisplayOptions, type WaveformTrace } from './views/waveform-display.js';
export {
  histogramPlot,
  resolutionBins,
  resolutionPlot,
  scatterPlot,
  thetaSquaredPlot,
  type HistogramOptions,
  type ResolutionBin,
  type ResolutionOptions,
  type ScatterPlotOptions,
  type ThetaSquaredOptions,
} from './plots/distribution-plots.js';
export { histogram, quantile, type Histogram } from './plots/histogram.js';
export type { AxisScale } from './plots/scaled-transform.js';
export { PlotPicture, type PlotPictureOptions } from './plots/plot-picture.js';
export {
  cameraPicture,
  eventPicture,
  eventTitle,
  groundPicture,
  skyPicture,
  waveformPicture,
  type CameraPictureOptions,
  type EventPictureOptions,
  type WaveformPictureOptions,
} from './event/event-pictures.js';
export { eventText, telescopeText, type EventTextOptions } from './terminal/event-text.js';
export { cameraText, waveformText, type TerminalOptions } from './terminal/terminal-pictures.js';
export { escapeHtml, htmlPage, PAGE_THEME, plotsHtml, type HtmlPage } from './page/html-page.js';
