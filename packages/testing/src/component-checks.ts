import { checkManifest, formatManifest, manifestOf, walkPlan } from '@cherenkit/core/internal';
import { definePlugin, type ComponentClass } from '@cherenkit/core';
import { buildRun } from './build-component.js';
import type { ConformanceCheck, ConformanceOptions } from './conformance-check.js';
import { firstDifference } from './first-difference.js';
import { ensure } from './test-case.js';

/** Checks for components of all kinds. */
export function componentChecks(component: ComponentClass, options: ConformanceOptions): ConformanceCheck[] {
  return [
    {
      name: 'has a help text and a valid manifest',
      run: async () => {
        ensure(Object.hasOwn(component, 'help') && component.help !== '', `${component.name} has no \`static help\``);
        const manifest = manifestOf(
          definePlugin({ name: 'component-under-test', apiVersion: 1, components: [component] }),
        );
        const checked = await checkManifest(manifest);
        ensure(!('fault' in checked), `the manifest is invalid: ${'fault' in checked ? checked.fault : ''}`);
        const difference = firstDifference(JSON.parse(formatManifest(manifest)), manifest);
        ensure(difference === undefined, `the manifest changes when it is written and read: ${difference}`);
      },
    },
    {
      name: 'is restored from a stored configuration',
      run: async () => {
        const first = await buildRun(component, options);
        const stored = JSON.parse(JSON.stringify(first.run.configuration)) as object;
        const second = await buildRun(component, { ...options, config: stored });
        const difference = firstDifference(second.run.configuration, stored);
        ensure(difference === undefined, `the configuration changes when it is stored and read: ${difference}`);
        const paths = [...walkPlan(first.run.plan)].map(({ path }) => path);
        const again = [...walkPlan(second.run.plan)].map(({ path }) => path);
        ensure(
          firstDifference(again, paths) === undefined,
          `other components are created from the stored configuration: ${again.join(', ')}`,
        );
      },
    },
  ];
}
