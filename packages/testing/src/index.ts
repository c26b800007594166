/**
 * Tools for tests of plugins: simulated showers, a small array, components built from a configuration, and tests of the
 * contract of each kind of component.
 *
 * ```ts
 * conformance(PlaneFitReconstructor, { runner: { describe, it } });
 *
 * const reconstructor = await buildComponent(PlaneFitReconstructor, { config: { PlaneFitReconstructor: { min_telescopes: 3 } } });
 * const event = showerEvent(smallSubarray(), { energy: 5, coreX: 40 });
 * reconstructor.reconstruct(event);
 * ```
 */
export { buildComponent, openSource, type BuildOptions } from './build-component.js';
export { conformance, conformanceChecks, type TestRunner } from './conformance.js';
export type { ConformanceCheck, ConformanceOptions } from './conformance-check.js';
export type { ShowerTruth } from './shower-light.js';
export { showerEvent, showerEvents, type ShowerEventOptions } from './shower-event.js';
export { ShowerEventSource } from './shower-event-source.js';
export { smallSubarray } from './small-subarray.js';
export { TemporaryFolder } from './node/temporary-folder.js';
