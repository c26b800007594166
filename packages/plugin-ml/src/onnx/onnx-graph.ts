import { NumberList } from './number-list.js';
import { ProtobufDefect, ProtobufReader } from './protobuf-reader.js';

/** Attribute of a node: the members that the file has. */
interface OnnxAttribute {
  readonly integer?: number;
  readonly text?: string;
  /** Numbers of a list of floats, or of a one-dimensional tensor. */
  readonly floats: Float64Array;
  readonly integers: Float64Array;
  readonly texts: readonly string[];
}

/** Operation of a graph. */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** The parts of an ONNX model that models of Cherenkit use. Source: onnx.proto3 of ONNX 1.15. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  /** Names of the inputs. */
  readonly inputs: readonly string[];
  /** Names of the outputs. */
  readonly outputs: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads an ONNX model. Nothing is checked beyond the encoding.
 *
 * @throws ProtobufDefect
 */
export function readOnnx(bytes: Uint8Array): OnnxGraph {
  const graph = { nodes: [] as OnnxNode[], inputs: [] as string[], outputs: [] as string[] };
  const metadata = new Map<string, string>();
  let hasGraph = false;
  const reader = new ProtobufReader(bytes);
  while (reader.next()) {
    if (reader.field === 7) {
      hasGraph = true;
      readGraph(reader.bytes(), graph);
    } else if (reader.field === 14) {
      const [key, value] = readEntry(reader.bytes());
      metadata.set(key, value);
    } else reader.skip();
  }
  if (!hasGraph) throw new ProtobufDefect('there is no graph');
  return { ...graph, metadata };
}

function readEntry(bytes: Uint8Array): [key: string, value: string] {
  const reader = new ProtobufReader(bytes);
  let [key, value] = ['', ''];
  while (reader.next()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
    else reader.skip();
  }
  return [key, value];
}

function readGraph(bytes: Uint8Array, graph: { nodes: OnnxNode[]; inputs: string[]; outputs: string[] }): void {
  const reader = new ProtobufReader(bytes);
  while (reader.next()) {
    if (reader.field === 1) graph.nodes.push(readNode(reader.bytes()));
    else if (reader.field === 11) graph.inputs.push(readName(reader.bytes()));
    else if (reader.field === 12) graph.outputs.push(readName(reader.bytes()));
    else reader.skip();
  }
}

/** Name of an input or output, its field 1. */
function readName(bytes: Uint8Array): string {
  const reader = new ProtobufReader(bytes);
  let name = '';
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else reader.skip();
  }
  return name;
}

function readNode(bytes: Uint8Array): OnnxNode {
  const reader = new ProtobufReader(bytes);
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let operator = '';
  while (reader.next()) {
    if (reader.field === 1) inputs.push(reader.text());
    else if (reader.field === 2) outputs.push(reader.text());
    else if (reader.field === 4) operator = reader.text();
    else if (reader.field === 5) attributes.set(...readAttribute(reader.bytes()));
    else reader.skip();
  }
  return { operator, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): [name: string, attribute: OnnxAttribute] {
  const reader = new ProtobufReader(bytes);
  const floats = new NumberList();
  const integers = new NumberList();
  const texts = new TextList();
  let name = '';
  let integer: number | undefined;
  let text: string | undefined;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        name = reader.text();
        break;
      case 3:
        integer = reader.integer();
        break;
      case 4:
        text = reader.text();
        break;
      case 5:
        readTensor(reader.bytes(), floats);
        break;
      case 7:
        if (reader.isBytes) addFloats(reader.bytes(), floats);
        else floats.add(reader.float());
        break;
      case 8:
        if (reader.isBytes) for (const each of reader.packedIntegers()) integers.add(each);
        else integers.add(reader.integer());
        break;
      case 9:
        texts.add(reader);
        break;
      default:
        reader.skip();
    }
  }
  const values = { floats: floats.values, integers: integers.values, texts: texts.values };
  return [name, { ...values, ...(integer !== undefined && { integer }), ...(text !== undefined && { text }) }];
}

/** Element types of tensors. */
const FLOAT = 1;
const DOUBLE = 11;

/** Adds the numbers of a tensor of float32 or float64; its shape is not needed. */
function readTensor(bytes: Uint8Array, numbers: NumberList): void {
  const reader = new ProtobufReader(bytes);
  let type = 0;
  let raw: Uint8Array | undefined;
  while (reader.next()) {
    if (reader.field === 2) type = reader.integer();
    else if (reader.field === 9) raw = reader.bytes();
    else if (reader.field === 4) {
      if (reader.isBytes) addFloats(reader.bytes(), numbers);
      else numbers.add(reader.float());
    } else if (reader.field === 10) {
      if (reader.isBytes) addDoubles(reader.bytes(), numbers);
      else numbers.add(reader.double());
    } else reader.skip();
  }
  if (type !== FLOAT && type !== DOUBLE) {
    throw new ProtobufDefect(
      `a tensor has elements of type ${type}, expected ${FLOAT} (float32) or ${DOUBLE} (float64)`,
    );
  }
  if (raw && type === FLOAT) addFloats(raw, numbers);
  if (raw && type === DOUBLE) addDoubles(raw, numbers);
}

function addFloats(bytes: Uint8Array, numbers: NumberList): void {
  checkWhole(bytes, 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 4) numbers.add(view.getFloat32(at, true));
}

function addDoubles(bytes: Uint8Array, numbers: NumberList): void {
  checkWhole(bytes, 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 8) numbers.add(view.getFloat64(at, true));
}

function checkWhole({ length }: Uint8Array, size: number): void {
  if (length % size === 0) return;
  throw new ProtobufDefect(`a list of numbers has ${length} bytes, expected a multiple of ${size}`);
}

/** Number of different texts that are compared as bytes. */
const KNOWN_TEXTS = 8;

/** Texts of which only few are different, such as the modes of nodes: decoding each takes as long as reading all numbers. */
class TextList {
  readonly values: string[] = [];
  readonly #known: { readonly bytes: Uint8Array; readonly text: string }[] = [];

  /** Adds the text of the current field. */
  add(reader: ProtobufReader): void {
    const bytes = reader.bytes();
    const known = this.#known.find((each) => areEqual(each.bytes, bytes));
    const text = known?.text ?? new TextDecoder().decode(bytes);
    if (!known && this.#known.length < KNOWN_TEXTS) this.#known.push({ bytes, text });
    this.values.push(text);
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
