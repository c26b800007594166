import { checkExpression, compileExpression, ExpressionError } from '@cherenkit/expression';
import {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  ImageParametersContainer,
  MuonParametersContainer,
  MuonRingContainer,
} from '../../../event/index.js';

/** Names that an expression may use; `true` for any. */
export type ExpressionNames = readonly string[] | true;

/** Describes the mistake in an expression; undefined for a valid one. */
export function expressionMistake(text: string, names: ExpressionNames): string | undefined {
  if (names === true) return checkExpression(text)?.message;
  return checkExpression(text, names)?.message ?? mistakeInAttributes(text, names);
}

/** What a name in quality criteria of images and muon rings may stand for: containers with default values. */
function examplesOf(name: string): readonly unknown[] | undefined {
  const inTelescopeFrame = new ImageParametersContainer();
  const inCameraFrame = new ImageParametersContainer({
    hillas: new CameraHillasParametersContainer(),
    timing: new CameraTimingParametersContainer(),
  });
  switch (name) {
    case 'parameters':
      return [inTelescopeFrame, inCameraFrame, new MuonParametersContainer()];
    case 'dl1_params':
      return [inTelescopeFrame, inCameraFrame];
    case 'ring':
      return [new MuonRingContainer()];
    default:
      return undefined;
  }
}

/** A misspelt attribute, or a unit that does not fit: found by evaluating the expression on default values. */
function mistakeInAttributes(text: string, names: readonly string[]): string | undefined {
  const expression = compileExpression(text, names);
  let mistake: string | undefined;
  const [varied, ...others] = [...expression.names].filter((name) => names.includes(name));
  const fixed = others.map((name) => [name, examplesOf(name)?.[0]] as const);
  const examples = varied === undefined ? undefined : examplesOf(varied);
  if (!examples || fixed.some(([, value]) => value === undefined)) return undefined;
  for (const example of examples) {
    try {
      expression.evaluate(new Map<string, unknown>([[varied ?? '', example], ...fixed]));
      return undefined;
    } catch (error) {
      if (!ExpressionError.is(error) || !('problem' in error)) return undefined;
      const { message } = error.problem as { readonly message: string };
      // Other errors depend on the values.
      if (!/has no attribute|cannot combine|cannot convert/.test(message)) return undefined;
      mistake ??= message;
    }
  }
  return mistake;
}
