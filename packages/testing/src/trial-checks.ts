import type { Component, ComponentClass } from '@cherenkit/core';
import { buildComponent } from './build-component.js';
import type { ConformanceCheck, ConformanceOptions } from './conformance-check.js';
import { firstDifference, snapshotOf } from './first-difference.js';
import { smallSubarray } from './small-subarray.js';
import type { Exercise, Trial } from './trial.js';

/** The checks that follow from trials: each on its own, and what they tell together. */
export function trialChecks(
  component: ComponentClass,
  exercise: Exercise,
  options: ConformanceOptions,
): ConformanceCheck[] {
  const { subarray = smallSubarray() } = options;
  const build = (array = subarray): Promise<Component> => buildComponent(component, { ...options, subarray: array });
  const trials = exercise.trials(subarray, options);

  const copes = trials.map((trial) => ({
    name: `copes with ${trial.name}`,
    run: async () => void perform(trial, await build()),
  }));
  const together: ConformanceCheck[] = [
    {
      name: 'leaves what it is given as it is',
      run: async () => {
        const built = await build();
        for (const trial of trials) {
          const attempt = trial.start();
          const before = snapshotOf(attempt.untouched());
          attempt.perform(built);
          same(snapshotOf(attempt.untouched()), before, `${trial.name} was changed`);
        }
      },
    },
    {
      name: 'is deterministic',
      run: async () => {
        const [one, other] = [await build(), await build()];
        for (const trial of trials) {
          const before = perform(trial, one);
          same(perform(trial, other), before, `${trial.name} has another result in another instance`);
          same(perform(trial, one), before, `${trial.name} has another result the second time`);
        }
      },
    },
    {
      name: 'gives each event the same result whichever came before it',
      run: async () => {
        const [inOrder, reversed] = [await build(), await build()];
        const expected = trials.map((trial) => perform(trial, inOrder));
        for (const [index, trial] of [...trials.entries()].reverse()) {
          same(perform(trial, reversed), expected[index], `${trial.name} has another result after other events`);
        }
      },
    },
  ];
  const telIds = new Set(trials.flatMap(({ telId }) => telId ?? []));
  if (telIds.size > 0) {
    together.push({
      name: 'gives a telescope the same result where it is alone in the array',
      run: async () => {
        const whole = await build();
        for (const telId of telIds) {
          const alone = await build(subarray.selectSubarray([telId]));
          for (const trial of trials.filter((each) => each.telId === telId)) {
            const what = `${trial.name} has another result in an array of one telescope`;
            same(perform(trial, alone), perform(trial, whole), what);
          }
        }
      },
    });
  }
  const { verifyAll } = exercise;
  if (verifyAll) {
    together.push({
      name: 'has a result for every event, valid for some',
      run: async () => {
        const built = await build();
        verifyAll(trials.map((trial) => trial.start().perform(built)));
      },
    });
  }
  return [...copes, ...together];
}

/** @throws Error with the name of the trial */
function perform(trial: Trial, component: Component): unknown {
  try {
    return snapshotOf(trial.start().perform(component));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${component.name}, ${trial.name}: ${reason}`, { cause });
  }
}

function same(now: unknown, before: unknown, what: string): void {
  const difference = firstDifference(now, before);
  if (difference !== undefined) throw new Error(`${what}: ${difference}`);
}
