import type { Component, ComponentClass } from '@cherenkit/core';
import { buildComponent } from './build-component.js';
import type { ConformanceCheck, ConformanceOptions } from './conformance-check.js';
import { firstDifference, snapshotOf } from './first-difference.js';
import { smallSubarray } from './small-subarray.js';
import type { KindSuite, TestCase } from './test-case.js';

/** Checks based on the test cases of a kind: one check per case, and checks of all cases together. */
export function testCaseChecks(
  component: ComponentClass,
  suite: KindSuite,
  options: ConformanceOptions,
): ConformanceCheck[] {
  const { subarray = smallSubarray() } = options;
  const build = (array = subarray): Promise<Component> => buildComponent(component, { ...options, subarray: array });
  const cases = suite.cases(subarray, options);

  const single = cases.map((testCase) => ({
    name: `handles ${testCase.name}`,
    run: async () => void perform(testCase, await build()),
  }));
  const together: ConformanceCheck[] = [
    {
      name: 'does not modify its input',
      run: async () => {
        const array = snapshotOf(subarray);
        const built = await build();
        for (const testCase of cases) {
          const caseRun = testCase.start();
          const inputs = (): unknown => snapshotOf(caseRun.inputs());
          const before = inputs();
          caseRun.perform(built);
          ensureEqual(inputs(), before, `${testCase.name} was modified`);
        }
        ensureEqual(snapshotOf(subarray), array, 'the subarray was modified');
      },
    },
    {
      name: 'is deterministic',
      run: async () => {
        const [one, other] = [await build(), await build()];
        for (const testCase of cases) {
          const before = perform(testCase, one);
          ensureEqual(perform(testCase, other), before, `${testCase.name} has another result in another instance`);
          ensureEqual(perform(testCase, one), before, `${testCase.name} has another result the second time`);
        }
      },
    },
    {
      name: 'does not depend on the order of events',
      run: async () => {
        const [inOrder, reversed] = [await build(), await build()];
        const expected = cases.map((testCase) => perform(testCase, inOrder));
        for (const [index, testCase] of [...cases.entries()].reverse()) {
          ensureEqual(
            perform(testCase, reversed),
            expected[index],
            `${testCase.name} has another result after other events`,
          );
        }
      },
    },
  ];
  const telIds = new Set(cases.flatMap(({ telId }) => telId ?? []));
  if (telIds.size > 0) {
    together.push({
      name: 'does not depend on other telescopes in the array',
      run: async () => {
        const whole = await build();
        for (const telId of telIds) {
          const alone = await build(subarray.selectSubarray([telId]));
          for (const testCase of cases.filter((each) => each.telId === telId)) {
            const message = `${testCase.name} has another result in a subarray of one telescope`;
            ensureEqual(perform(testCase, alone), perform(testCase, whole), message);
          }
        }
      },
    });
  }
  const { verifyAll } = suite;
  if (verifyAll) {
    together.push({
      name: 'gives a result for every event, and a valid one for some',
      run: async () => {
        const built = await build();
        verifyAll(cases.map((testCase) => testCase.start().perform(built)));
      },
    });
  }
  return [...single, ...together];
}

/** Runs a test case. @throws Error with the name of the test case */
function perform(testCase: TestCase, component: Component): unknown {
  try {
    return snapshotOf(testCase.start().perform(component));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${component.name}, ${testCase.name}: ${reason}`, { cause });
  }
}

function ensureEqual(now: unknown, before: unknown, message: string): void {
  const difference = firstDifference(now, before);
  if (difference !== undefined) throw new Error(`${message}: ${difference}`);
}
