type UnaryOperator = '+' | '-' | '~' | 'not';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type BitOperator = '&' | '|' | '^' | '<<' | '>>';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';

/** Location of a node in the text, for messages, and height of its subtree. */
interface Place {
  readonly offset: number;
  readonly length: number;
  readonly height: number;
}

type ConstantNode = Place & {
  readonly kind: 'constant';
  readonly value: number | string | boolean | null;
};
type NameNode = Place & { readonly kind: 'name'; readonly name: string };
export type AttributeNode = Place & { readonly kind: 'attribute'; readonly object: Node; readonly name: string };
/** Omitted bounds are undefined. */
export type SliceNode = Place & {
  readonly kind: 'slice';
  readonly start: Node | undefined;
  readonly stop: Node | undefined;
  readonly step: Node | undefined;
};
/** `object[index]`, or `object[index, column]`. */
type IndexNode = Place & {
  readonly kind: 'index';
  readonly object: Node;
  readonly index: Node | SliceNode;
  readonly column: Node | undefined;
};
export type CallNode = Place & {
  readonly kind: 'call';
  readonly callee: Node;
  readonly positional: readonly Node[];
  readonly named: readonly { readonly name: string; readonly value: Node }[];
};
export type UnaryNode = Place & { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node };
export type BinaryNode = Place & {
  readonly kind: 'binary';
  readonly operator: ArithmeticOperator | BitOperator;
  readonly left: Node;
  readonly right: Node;
};
/** `first op right op right ...`; each middle operand belongs to two comparisons. */
export type ComparisonNode = Place & {
  readonly kind: 'comparison';
  readonly first: Node;
  readonly links: readonly { readonly operator: ComparisonOperator; readonly right: Node }[];
};
export type LogicNode = Place & {
  readonly kind: 'logic';
  readonly operator: 'and' | 'or';
  readonly operands: readonly Node[];
};
type ConditionalNode = Place & {
  readonly kind: 'conditional';
  readonly condition: Node;
  readonly whenTrue: Node;
  readonly whenFalse: Node;
};
/** Tuple or list. */
export type ListNode = Place & { readonly kind: 'list'; readonly items: readonly Node[] };

/** Node of the syntax tree of an expression. */
export type Node =
  | ConstantNode
  | NameNode
  | AttributeNode
  | IndexNode
  | CallNode
  | UnaryNode
  | BinaryNode
  | ComparisonNode
  | LogicNode
  | ConditionalNode
  | ListNode;
