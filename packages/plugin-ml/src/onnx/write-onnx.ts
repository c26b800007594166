import type { TreeEnsemble } from '@cherenkit/kernels';
import { ProtobufWriter } from './protobuf-writer.js';

/** A part of a graph: trees with an input and an output of their own. */
export interface OnnxPart {
  /** Unique; names of inputs, outputs and dimensions begin with it. */
  readonly name: string;
  readonly nFeatures: number;
  readonly trees: TreeEnsemble;
  /** Function of the sum: the sum itself, or 1 / (1 + exp(-sum)). */
  readonly link: Link;
}

export type Link = 'identity' | 'logistic';

/** Names of the input and the output of a part. */
export function endsOf(name: string): { readonly input: string; readonly output: string } {
  return { input: `${name}_rows`, output: `${name}_values` };
}

/** Versions of the format and of the operators: those of ONNX 1.12, which onnxruntime 1.12 and later read. */
const IR_VERSION = 8;
const OPERATORS = [
  ['', 17],
  ['ai.onnx.ml', 3],
] as const;

/** Types of attributes and elements. */
const [FLOAT, INTEGER, TEXT, FLOATS, INTEGERS, TEXTS] = [1, 2, 3, 6, 7, 8];

/**
 * Writes an ONNX model of tree ensembles, one `TreeEnsembleRegressor` per part. Values of leaves are stored as float32.
 *
 * @param producer - name and version of the program
 * @param metadata - texts by their keys
 */
export function writeOnnx(
  graphName: string,
  parts: readonly OnnxPart[],
  producer: readonly [name: string, version: string],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  return ProtobufWriter.message((model) => {
    model.integer(1, IR_VERSION).text(2, producer[0]).text(3, producer[1]);
    model.message(7, (graph) => {
      for (const part of parts) writeNodes(graph, part);
      graph.text(2, graphName);
      for (const { name, nFeatures } of parts) writeEnd(graph, 11, endsOf(name).input, `${name}_n`, nFeatures);
      for (const { name } of parts) writeEnd(graph, 12, endsOf(name).output, `${name}_n`, 1);
    });
    for (const [domain, version] of OPERATORS) model.message(8, (set) => set.text(1, domain).integer(2, version));
    for (const [key, value] of Object.entries(metadata))
      model.message(14, (entry) => entry.text(1, key).text(2, value));
  });
}

/** Each part has a name of its own for its number of rows: onnxruntime shares buffers between equal names. */
function writeEnd(graph: ProtobufWriter, field: number, name: string, rows: string, columns: number): void {
  graph.message(field, (end) => {
    end.text(1, name).message(2, (type) =>
      type.message(1, (tensor) =>
        tensor.integer(1, FLOAT).message(2, (shape) => {
          shape.message(1, (dimension) => dimension.text(2, rows));
          shape.message(1, (dimension) => dimension.integer(1, columns));
        }),
      ),
    );
  });
}

function writeNodes(graph: ProtobufWriter, { name, trees, link }: OnnxPart): void {
  const { input, output } = endsOf(name);
  // onnxruntime ignores the post_transform LOGISTIC of a regressor.
  const sums = link === 'identity' ? output : `${name}_sums`;
  graph.message(1, (node) => {
    node.text(1, input).text(2, sums).text(3, `${name}_trees`).text(4, 'TreeEnsembleRegressor');
    writeTrees(node, trees);
    node.text(7, 'ai.onnx.ml');
  });
  if (link === 'logistic') {
    graph.message(1, (node) => node.text(1, sums).text(2, output).text(3, `${name}_sigmoid`).text(4, 'Sigmoid'));
  }
}

function writeTrees(node: ProtobufWriter, { feature, threshold, left, value, roots, base }: TreeEnsemble): void {
  const nNodes = feature.length;
  const tree = new Int32Array(nNodes);
  const id = new Int32Array(nNodes);
  roots.forEach((root, i) => {
    const end = i + 1 < roots.length ? roots[i + 1] : nNodes;
    for (let at = root; at < end; at++) [tree[at], id[at]] = [i, at - root];
  });
  const isLeaf = Uint8Array.from(left, (child, at) => Number(child === at));
  const leaves = Array.from(isLeaf.keys()).filter((at) => isLeaf[at] === 1);
  const idOf = (child: number, at: number): number => (isLeaf[at] ? 0 : child - (at - id[at]));
  const attribute = (name: string, type: number, write: (writer: ProtobufWriter) => void): void => {
    node.message(5, (writer) => {
      writer.text(1, name);
      write(writer);
      writer.integer(20, type);
    });
  };
  const integers = (name: string, values: ArrayLike<number>): void =>
    attribute(name, INTEGERS, (writer) => writer.integers(8, values));
  const floats = (name: string, values: ArrayLike<number>): void =>
    attribute(name, FLOATS, (writer) => writer.floats(7, values));

  attribute('n_targets', INTEGER, (writer) => writer.integer(3, 1));
  attribute('aggregate_function', TEXT, (writer) => writer.text(4, 'SUM'));
  attribute('post_transform', TEXT, (writer) => writer.text(4, 'NONE'));
  floats('base_values', [base]);
  integers('nodes_treeids', tree);
  integers('nodes_nodeids', id);
  integers('nodes_featureids', feature);
  floats(
    'nodes_values',
    Float32Array.from(threshold, (each, at) => (isLeaf[at] ? 0 : each)),
  );
  attribute('nodes_modes', TEXTS, (writer) => {
    for (const each of isLeaf) writer.text(9, each ? 'LEAF' : 'BRANCH_LEQ');
  });
  integers('nodes_truenodeids', left.map(idOf));
  integers(
    'nodes_falsenodeids',
    left.map((child, at) => idOf(child + 1, at)),
  );
  integers('nodes_missing_value_tracks_true', new Uint8Array(nNodes));
  integers(
    'target_treeids',
    Int32Array.from(leaves, (at) => tree[at]),
  );
  integers(
    'target_nodeids',
    Int32Array.from(leaves, (at) => id[at]),
  );
  integers('target_ids', new Uint8Array(leaves.length));
  floats(
    'target_weights',
    Float64Array.from(leaves, (at) => value[at]),
  );
}
