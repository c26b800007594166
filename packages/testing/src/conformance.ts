import { DataWriter, EventSource, TableExporter, type ComponentClass } from '@cherenkit/core';
import {
  dataVolumeReducerSuite,
  gainSelectorSuite,
  imageExtractorSuite,
  invalidPixelHandlerSuite,
} from './calibration-cases.js';
import { componentChecks } from './component-checks.js';
import { isOfKind, type ConformanceCheck, type ConformanceOptions } from './conformance-check.js';
import { dataWriterChecks } from './data-writer-checks.js';
import { tableExporterChecks } from './table-exporter-checks.js';
import { eventSourceChecks } from './event-source-checks.js';
import { imageCleanerSuite, imageModifierSuite, imageParametrizerSuite } from './image-cases.js';
import { monitoringSourceSuite } from './monitoring-cases.js';
import { reconstructorSuite } from './reconstructor-cases.js';
import { stereoCombinerSuite } from './stereo-combiner-cases.js';
import { testCaseChecks } from './test-case-checks.js';
import type { KindSuite } from './test-case.js';

/** Functions that register tests, as provided by mocha, node:test, Jest and Vitest. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}

const SUITES: readonly KindSuite[] = [
  dataVolumeReducerSuite,
  gainSelectorSuite,
  imageCleanerSuite,
  imageExtractorSuite,
  imageModifierSuite,
  imageParametrizerSuite,
  invalidPixelHandlerSuite,
  monitoringSourceSuite,
  reconstructorSuite,
  stereoCombinerSuite,
];

/**
 * Registers tests that check a component against the contract of its kind: results must be deterministic, independent of
 * other events, and finite if valid; events with one telescope, without telescopes, with NaN and with saturated pixels must be
 * handled.
 *
 * @example
 * ```ts
 * conformance(PlaneFitReconstructor, { runner: { describe, it } });
 * ```
 *
 * @param options - `runner` registers tests. Default: the global `describe` and `it`
 * @throws TypeError if there is no test runner
 */
export function conformance(
  component: ComponentClass,
  { runner, ...options }: ConformanceOptions & { readonly runner?: TestRunner } = {},
): void {
  const { describe, it } = runner ?? globalRunner();
  describe(`${component.name} as ${component.kind}`, () => {
    for (const { name, run } of conformanceChecks(component, options)) it(name, run);
  });
}

/** Returns the tests of `conformance` as a list, for use without a test runner. */
export function conformanceChecks(component: ComponentClass, options: ConformanceOptions = {}): ConformanceCheck[] {
  const checks = componentChecks(component, options);
  const suite = SUITES.find(({ kind }) => kind === component.kind);
  if (suite) checks.push(...testCaseChecks(component, suite, options));
  if (isOfKind(component, EventSource)) checks.push(...eventSourceChecks(component, options));
  if (isOfKind(component, DataWriter)) checks.push(...dataWriterChecks(component, options));
  if (isOfKind(component, TableExporter)) checks.push(...tableExporterChecks(component, options));
  return checks;
}

function globalRunner(): TestRunner {
  const { describe, it } = globalThis as Partial<TestRunner>;
  if (describe && it) return { describe, it };
  throw new TypeError(
    'There are no global functions describe and it; pass those of the test runner: { runner: { describe, it } }.',
  );
}
