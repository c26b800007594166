import { definePlugin } from '@cherenkit/core';
import { CameraCoefficientsCalculator } from './coefficients/camera-coefficients-calculator.js';
import { BaseAggregator, StatisticsAggregator } from './statistics/base-aggregator.js';
import { BaseChunking } from './statistics/base-chunking.js';
import { HistogramAggregator } from './statistics/histogram-aggregator.js';
import {
  MedianOutlierDetector,
  OutlierDetector,
  RangeOutlierDetector,
  StdOutlierDetector,
} from './statistics/outlier-detectors.js';
import { PixelStatisticsCalculator } from './statistics/pixel-statistics-calculator.js';
import { PlainAggregator } from './statistics/plain-aggregator.js';
import { SigmaClippingAggregator } from './statistics/sigma-clipping-aggregator.js';
import { SizeChunking } from './statistics/size-chunking.js';
import { TimeChunking } from './statistics/time-chunking.js';
import { CameraCoefficientsTool } from './tools/camera-coefficients-tool.js';
import { PixelStatisticsCalculatorTool } from './tools/pixel-statistics-calculator-tool.js';

export type { CalibrationStatistics, CameraCoefficients } from './coefficients/camera-coefficients-calculator.js';
export type { StoredStatistics } from './coefficients/stored-statistics.js';
export { UnusableReason } from './coefficients/unusable-pixels.js';
export type { AggregatedContent, EventSample } from './statistics/base-aggregator.js';
export type { CalibrationSample } from './statistics/pixel-statistics-calculator.js';
export type { PythonValue } from './statistics/python-pickle.js';
export {
  BaseAggregator,
  BaseChunking,
  CameraCoefficientsCalculator,
  CameraCoefficientsTool,
  HistogramAggregator,
  MedianOutlierDetector,
  OutlierDetector,
  PixelStatisticsCalculator,
  PixelStatisticsCalculatorTool,
  PlainAggregator,
  RangeOutlierDetector,
  SigmaClippingAggregator,
  SizeChunking,
  StatisticsAggregator,
  StdOutlierDetector,
  TimeChunking,
};

export default definePlugin({
  name: 'monitoring',
  apiVersion: 1,
  kinds: [BaseAggregator, BaseChunking, CameraCoefficientsCalculator, OutlierDetector, PixelStatisticsCalculator],
  bases: [StatisticsAggregator],
  components: [
    CameraCoefficientsCalculator,
    CameraCoefficientsTool,
    HistogramAggregator,
    MedianOutlierDetector,
    PixelStatisticsCalculator,
    PixelStatisticsCalculatorTool,
    PlainAggregator,
    RangeOutlierDetector,
    SigmaClippingAggregator,
    SizeChunking,
    StdOutlierDetector,
    TimeChunking,
  ],
});
