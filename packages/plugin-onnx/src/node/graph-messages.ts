/** What the thread of ONNX Runtime is asked for. */
export type GraphRequest =
  | { readonly kind: 'open'; readonly graph: number; readonly bytes: Uint8Array }
  | {
      readonly kind: 'run';
      readonly graph: number;
      readonly input: string;
      readonly output: string;
      readonly rows: Float32Array;
      readonly nFeatures: number;
    };

/** Its reply: the numbers of an output, or the reason why there are none. */
export type GraphReply = { readonly values?: Float32Array | Float64Array } | { readonly error: string };
