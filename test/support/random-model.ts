import { arrangeTrees, RandomStream, type TreeEnsemble } from '@cherenkit/kernels';
import { TrainedTrees, type Role, type WritableModel } from '@cherenkit/plugin-ml';

/** Trees with random splits; values of leaves are float32, as files store them. */
function randomTrees(seed: number, nFeatures: number, nTrees = 3, maxDepth = 5): TreeEnsemble {
  const random = new RandomStream(seed);
  const [feature, threshold, left, right, value]: [number[], number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const grow = (depth: number): number => {
    const node = feature.length;
    const isLeaf = depth === maxDepth || random.uniform() < 0.2;
    feature.push(isLeaf ? -1 : random.uint32() % nFeatures);
    threshold.push(random.normal());
    value.push(isLeaf ? Math.fround(random.normal()) : 0);
    left.push(0);
    right.push(0);
    if (!isLeaf) [left[node], right[node]] = [grow(depth + 1), grow(depth + 1)];
    return node;
  };
  const roots = Array.from({ length: nTrees }, () => grow(0));
  return arrangeTrees({ feature, threshold, left, right, value, roots, base: Math.fround(random.normal()) }, nFeatures);
}

/** Options of {@link randomModel}. */
export interface RandomModelOptions extends Partial<WritableModel> {
  readonly types?: readonly string[];
  readonly seed?: number;
}

/** A model with random trees. */
export function randomModel({
  types = ['LST_LST_LSTCam'],
  seed = 1,
  ...given
}: RandomModelOptions = {}): WritableModel {
  const model = {
    reconstructor: 'EnergyRegressor' as const,
    prefix: 'ExtraTreesRegressor',
    target: 'true_energy',
    unit: 'TeV',
    logTarget: true,
    features: ['hillas_intensity', 'hillas_width', 'area'],
    featureUnits: new Map([['hillas_width', 'deg']]),
    generatedFeatures: [['area', 'hillas_width * hillas_length'] as const],
    qualityCriteria: [['bright', 'hillas_intensity > 50'] as const],
    combiner: { className: 'StereoMeanCombiner', traits: { weights: 'none', log_target: false } },
    details: { note: 'random' },
    ...given,
  };
  const roles: readonly Role[] = model.reconstructor === 'DispReconstructor' ? ['norm', 'sign'] : ['model'];
  const telescopeTypes = types.map((type, i) => ({
    type,
    nPixels: 1855,
    roles: new Map(
      roles.map((role, k) => {
        const trees = randomTrees(10 * seed + 2 * i + k, model.features.length);
        const link = role === 'sign' || model.reconstructor === 'ParticleClassifier' ? 'logistic' : 'identity';
        const trained = new TrainedTrees(trees, link, model.features.length);
        return [role, { className: 'ExtraTreesRegressor', parameters: { n_estimators: 3 }, trained }];
      }),
    ),
  }));
  return { ...model, telescopeTypes };
}
