import {
  camelCase,
  CherenkitError,
  ExitCode,
  nameSome,
  type ComponentContext,
  type Json,
  type ReconstructionProperty,
  type StereoCombiner,
} from '@cherenkit/core';
import type { ModelDescription } from '../model/model-description.js';
import { StereoDispCombiner } from './stereo-disp-combiner.js';
import { StereoMeanCombiner } from './stereo-mean-combiner.js';

/** Combiners that a model may describe. */
const COMBINERS = { StereoMeanCombiner, StereoDispCombiner };

/**
 * Creates the stereo combiner that a model describes, with the values that it had when the model was trained.
 *
 * @param context - of the reconstructor
 * @param name - of the model, for messages
 * @throws CherenkitError MODEL_UNSUPPORTED (65) for an unknown combiner or value
 */
export function combinerOfModel(
  { combiner: { className, traits }, prefix }: ModelDescription,
  property: ReconstructionProperty,
  context: ComponentContext,
  name: string,
): StereoCombiner {
  const combiner = Object.entries(COMBINERS).find(([known]) => known === className)?.[1];
  if (!combiner) {
    throw unsupported(
      `${name}: the stereo combiner ${className} is unknown; expected ${nameSome(Object.keys(COMBINERS))}`,
    );
  }
  const values: Record<string, unknown> = { prefix, property };
  for (const [trait, { declaration }] of Object.entries(combiner.traits))
    values[trait] ??= declaration.default ?? undefined;
  for (const [key, value] of Object.entries(traits)) {
    const declared = Object.entries(combiner.traits).find(([trait]) => trait === camelCase(key));
    if (!declared) throw unsupported(`${name}: ${className} has no trait ${key}`);
    const [trait, { declaration }] = declared;
    const choices = 'choices' in declaration ? declaration.choices : undefined;
    const isKnown = choices
      ? choices.includes(value as string)
      : typeof value === typeof declaration.default || value === null;
    if (!isKnown) throw unsupported(`${name}: ${className}.${key} is ${JSON.stringify(value satisfies Json)}`);
    values[trait] = value ?? undefined;
  }
  return new combiner(childContext(context, className, values));
}

/** Context of a component whose values are not those of the configuration. */
export function childContext(context: ComponentContext, name: string, traits: object): ComponentContext {
  // Not a copy: some members are computed when they are used.
  return Object.create(context, {
    path: { value: `${context.path}.${name}` },
    traits: { value: traits },
  }) as ComponentContext;
}

function unsupported(problem: string): CherenkitError {
  const message = `${problem}. Train the model again, or convert it with a converter of this version.`;
  return new CherenkitError('MODEL_UNSUPPORTED', ExitCode.BAD_INPUT, message);
}
